import type { Config } from "../../config/schema.ts";
import { isOpeningCommit } from "../../incident/opening-commit.ts";
import type { CommitFacts } from "../../incident/state/commit-facts.ts";
import type { PropertyFinding } from "../property-finding.ts";

type MessageSettings = Config["checks"]["message"];

/** What the app knows and a corrected message may say. */
export interface MessageContext {
  readonly incident: { readonly number: number; readonly id: string };
  /** One line, such as `all checkouts fail`. */
  readonly impact: string;
}

/** Commits of people whose message leaves the convention, each with the corrected text. Merges and the opening commit are none. */
export function messageFindings(
  commits: readonly CommitFacts[],
  context: MessageContext,
  settings: MessageSettings,
): readonly PropertyFinding[] {
  return commits
    .filter((commit) => commit.parents.length < 2 && !isOpeningCommit(commit, context.incident.number))
    .flatMap((commit) => {
      const faults = faultsOf(commit.message, settings);
      if (faults.length === 0) return [];
      const text = correctedMessage(commit.message, context, settings);
      return [
        {
          code: "message",
          level: "failure" as const,
          path: null,
          line: null,
          sentence: `The message of ${commit.sha.slice(0, 7)} ${faults.join(" and ")}.`,
          nextStep: "Reword it to the text below, or give the merge that message.",
          text,
        },
      ];
    });
}

function faultsOf(message: string, settings: MessageSettings): readonly string[] {
  const [subject = "", second = ""] = message.split("\n");
  const missing = settings.trailers.filter((name) => trailerOf(message, name) === null);
  return [
    ...(subject.startsWith(settings.prefix) ? [] : [`does not begin with "${settings.prefix.trim()}"`]),
    ...(subject.length > settings.subjectLength
      ? [`has a subject of ${subject.length} characters (at most ${settings.subjectLength})`]
      : []),
    ...(second.trim() === "" ? [] : ["has no empty line below the subject"]),
    ...(missing.length === 0 ? [] : [`has no trailer ${missing.join(" or ")}`]),
  ];
}

/** The message as the convention wants it: what the person wrote stays, in their words. */
export function correctedMessage(
  message: string,
  context: MessageContext,
  settings: MessageSettings,
): string {
  const [first = "", ...rest] = message.replaceAll("\r", "").trim().split("\n");
  const bare = first.replace(/^(?:hotfix|fix|bugfix|chore|feat)(?:\([^)]*\))?!?:\s*/iu, "").trim();
  const whole = `${settings.prefix}${bare === "" ? context.impact : bare}`;
  const subject = whole.length <= settings.subjectLength ? whole : cut(whole, settings.subjectLength);
  const overflow = subject === whole ? [] : [whole];
  const names = new Set(settings.trailers.map((name) => name.toLowerCase()));
  const body = rest.filter((line) => !names.has(line.split(":")[0]!.trim().toLowerCase()));
  const trailers = settings.trailers.map(
    (name) =>
      `${name}: ${trailerOf(message, name) ?? (name.toLowerCase() === "incident" ? context.incident.id : context.impact)}`,
  );
  const text = [...overflow, body.join("\n").trim()].filter(Boolean).join("\n\n");
  return [subject, text, trailers.join("\n")].filter((part) => part !== "").join("\n\n");
}

/** Cut between words where there is one to cut at. */
function cut(text: string, length: number): string {
  const shortened = text.slice(0, length - 1);
  const space = shortened.lastIndexOf(" ");
  return `${(space > length / 2 ? shortened.slice(0, space) : shortened).trimEnd()}…`.toWellFormed();
}

/** Value of a trailer in the last paragraph, or null. */
function trailerOf(message: string, name: string): string | null {
  const last =
    message
      .replaceAll("\r", "")
      .trim()
      .split(/\n\s*\n/u)
      .at(-1) ?? "";
  const line = last
    .split("\n")
    .find((candidate) => candidate.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  const value = line?.slice(name.length + 1).trim() ?? "";
  return value === "" ? null : value;
}
