import { translated } from "../../incident/say.ts";
import type { IncidentFacts } from "../../incident/facts.ts";
import type { BackMergeFacts } from "../../incident/facts/round-facts.ts";
import { linesOfConflict } from "../../incident/lines-of-conflict.ts";
import type { ConflictFacts } from "../../incident/state/forecast-facts.ts";
import { code, type Command, command, join, type SafeMarkdown } from "../markdown.ts";
import { capped, commitView, type CommitView } from "./incident-view.ts";

/** What merging the fix into one target gives as things stand. */
export interface ForecastView {
  readonly target: string;
  /** `settled`: the conflicts are all such that the app resolves them. */
  readonly outcome: "clean" | "settled" | "conflicts" | "markers" | "unknown";
  readonly because: string;
  readonly files: readonly ConflictView[];
  readonly moreFiles: number;
  /** Names of the files with conflict markers, or of those that the app settles. */
  readonly names: SafeMarkdown;
}

export interface ConflictView {
  readonly path: string;
  /** `8–12, 30` of the target's file; empty where there are no lines to name. */
  readonly lines: string;
  readonly isOneLine: boolean;
  /** Why there are no lines; empty where there are. */
  readonly sentence: string;
  readonly commits: readonly CommitView[];
}

const MOST_FILES = 3;
const MOST_HUNKS = 4;
const MOST_COMMITS = 2;

/** null: nothing is known yet, or nothing is to be merged any more. */
export function forecastView(facts: IncidentFacts, backMerge: BackMergeFacts): ForecastView | null {
  const { forecast, target, state } = backMerge;
  if (forecast === null || state === "landed" || state === "merged" || state === "closed") return null;
  const { outcome, markers } = forecast;
  const conflicts = outcome.kind === "conflicts" ? outcome.files : [];
  const open = conflicts.filter((file) => file.settledAs === null);
  const files = capped(open, MOST_FILES);
  const isSettled = outcome.kind === "conflicts" && open.length === 0;
  return {
    target,
    outcome: markers.length > 0 ? "markers" : isSettled ? "settled" : outcome.kind,
    because: outcome.kind === "unknown" ? translated(outcome.because, facts.locale) : "",
    files: files.shown.map((file) => conflictView(facts, file)),
    moreFiles: files.more,
    names: namesOf(markers.length > 0 ? markers : conflicts.map((file) => file.path)),
  };
}

function conflictView(facts: IncidentFacts, file: ConflictFacts): ConflictView {
  const hunks = capped(file.hunks, MOST_HUNKS);
  const isOneLine = file.hunks.length === 1 && file.hunks.every(({ target }) => target.lines <= 1);
  return {
    path: file.path,
    lines: [...hunks.shown.map(linesOfConflict), ...(hunks.more > 0 ? ["…"] : [])].join(", "),
    isOneLine,
    sentence: translated(file.sentence ?? "", facts.locale),
    commits: file.commits.slice(0, MOST_COMMITS).map((commit) => commitView(facts, commit)),
  };
}

function namesOf(paths: readonly string[]): SafeMarkdown {
  const { shown, more } = capped(paths, MOST_FILES);
  return join([...shown.map(code), ...(more > 0 ? [code(`+${more}`)] : [])], ", ");
}

/**
 * What a person types to get the conflict into their clone: the side that the back-merge branch lacks is merged into it. `what` is the tag, or the
 * shipped commit, where that is not on the branch yet.
 */
export function resolvingCommands(backMerge: BackMergeFacts, what: string | null): readonly Command[] {
  const { branch, target, forecast } = backMerge;
  const start = command("git fetch && git switch", [branch]);
  if (forecast !== null && forecast.markers.length > 0) return [start, command("git pull", [])];
  const lacksFix = forecast !== null && forecast.hotfix !== backMerge.pullRequest?.headSha;
  const missing = lacksFix && what !== null ? what : `origin/${target}`;
  return [start, command("git pull && git merge", [missing])];
}
