import { counted } from "../documents/counted.ts";
import { code, inline, join, link, plain, prose, type SafeMarkdown, shorten } from "../documents/markdown.ts";
import { linesOfConflict } from "../incident/lines-of-conflict.ts";
import type { ConflictFacts, ForecastFacts } from "../incident/state/forecast-facts.ts";
import type { Verdict } from "./verdict.ts";

export interface ForecastInput {
  /** One for each target that is known of, at least one. */
  readonly forecasts: readonly ForecastFacts[];
  readonly repositoryUrl: string;
  readonly mayNamePeople: boolean;
}

const MOST_FILES = 50;
const MOST_HUNKS = 20;
const MOST_COMMITS = 3;

/** What merging the hotfix into its targets would give, as things stand. It never fails: production comes first. */
export function forecastVerdict(input: ForecastInput): Verdict {
  const { forecasts } = input;
  const open = forecasts.filter((each) => conflictsOf(each).length > 0 || each.markers.length > 0);
  const unknown = forecasts.filter(({ outcome }) => outcome.kind === "unknown");
  const isClean = open.length + unknown.length === 0;
  return {
    conclusion: isClean ? "success" : "neutral",
    title: plain(titleOf(forecasts, open, unknown)),
    summary: [
      `**${headlineOf(forecasts, open, unknown)}**`,
      `**What to do:** ${adviceOf(open, unknown)}`,
      ...forecasts.map((forecast) => targetText(forecast, input)),
      "Worked out file by file; renames are not followed.",
    ].join("\n\n"),
    annotations: [],
    blockers: [],
  };
}

function titleOf(
  forecasts: readonly ForecastFacts[],
  open: readonly ForecastFacts[],
  unknown: readonly ForecastFacts[],
): string {
  if (open.length > 0) {
    const parts = open.map((each) => `${each.target} in ${counted(filesOf(each), "file")}`);
    return `Conflicts with ${parts.join(", ")}`;
  }
  if (unknown.length > 0) return `Not known for ${unknown.map(({ target }) => target).join(", ")}`;
  return `Merges cleanly into ${forecasts.map(({ target }) => target).join(", ")}`;
}

function headlineOf(
  forecasts: readonly ForecastFacts[],
  open: readonly ForecastFacts[],
  unknown: readonly ForecastFacts[],
): string {
  if (open.length > 0) return `Advice: the fix conflicts with ${names(open)}.`;
  if (unknown.length > 0) return `Not known: what merging into ${names(unknown)} gives.`;
  return `The fix merges cleanly into ${names(forecasts)}.`;
}

function adviceOf(open: readonly ForecastFacts[], unknown: readonly ForecastFacts[]): string {
  if (open.length > 0) {
    return "Ship to production first. Afterwards somebody resolves the conflicts below on the back-merge branch; ask those who wrote the other side to be there.";
  }
  return unknown.length > 0
    ? "Nothing now. After the merge to production the app tries, and says what it finds."
    : "Nothing: the app brings the fix there after the merge to production.";
}

function targetText(forecast: ForecastFacts, input: ForecastInput): string {
  const target = code(forecast.target).markdown;
  const at = `at ${code(forecast.into.slice(0, 7)).markdown}`;
  const { outcome, markers } = forecast;
  const lines = markers
    .slice(0, MOST_FILES)
    .map((path) => `- Conflict markers stand in ${code(path).markdown}.`);
  switch (outcome.kind) {
    case "clean":
      return [`${target} ${at}: merges cleanly.`, ...lines].join("\n");
    case "unknown":
      return [`${target} ${at}: not known, because ${prose(outcome.because).markdown}.`, ...lines].join("\n");
    case "conflicts": {
      const files = outcome.files.slice(0, MOST_FILES);
      const hidden = outcome.files.length - files.length;
      return [
        `${target} ${at}:`,
        "",
        ...lines,
        ...files.map((file) => fileLine(file, forecast.target, input)),
        ...(hidden > 0 ? [`- ${counted(hidden, "more file")}.`] : []),
      ].join("\n");
    }
  }
}

function fileLine(file: ConflictFacts, target: string, input: ForecastInput): string {
  const path = code(file.path).markdown;
  if (file.settledAs !== null) return `- ${path}: the app settles it, the higher version stays.`;
  const hunks = file.hunks.slice(0, MOST_HUNKS).map(linesOfConflict);
  const places = [...hunks, ...(file.hunks.length > MOST_HUNKS ? ["…"] : [])].join(", ");
  const what =
    file.sentence === null
      ? `line${places.includes(",") || places.includes("–") ? "s" : ""} ${places} of ${code(target).markdown}`
      : prose(file.sentence).markdown;
  const others = file.commits.slice(0, MOST_COMMITS).map((commit) => {
    const subject = shorten(commit.message.split("\n", 1)[0]!, 80);
    const hash = link(code(commit.sha.slice(0, 7)), commit.url, input.repositoryUrl);
    const parts: readonly SafeMarkdown[] = [
      hash,
      inline(subject),
      ...(input.mayNamePeople ? [inline(`(${commit.author})`)] : []),
    ];
    return join(parts, " ").markdown;
  });
  return `- ${path}: ${what}.${others.length === 0 ? "" : ` There since: ${others.join("; ")}.`}`;
}

function conflictsOf({ outcome }: ForecastFacts): readonly ConflictFacts[] {
  return outcome.kind === "conflicts" ? outcome.files.filter(({ settledAs }) => settledAs === null) : [];
}

function filesOf(forecast: ForecastFacts): number {
  return new Set([...conflictsOf(forecast).map(({ path }) => path), ...forecast.markers]).size;
}

function names(forecasts: readonly ForecastFacts[]): string {
  return forecasts.map(({ target }) => code(target).markdown).join(", ");
}
