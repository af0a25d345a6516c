import semver from "semver";
import type { Config } from "../config/schema.ts";
import { ancestryOf, commitGraphOf } from "./commit-graph.ts";
import type { SuspectFacts, SuspectReason } from "./facts/cause-facts.ts";
import type { IncidentTimes } from "./facts/incident-times.ts";
import { parseTagName } from "./names.ts";
import { parseOpeningMessage } from "./opening-commit.ts";
import type { IncidentState } from "./state.ts";
import type { Sha, SuspectCommitFacts } from "./state/commit-facts.ts";
import { earliest } from "./times.ts";

const HOUR = 3_600_000;
const LARGE = 200;
const MOST = 10;

/**
 * Commits that may have caused it, likeliest first: named in the issue, or changing what the issue names, before those of the service; what came with the last
 * version before it, late, and much at once. What speaks equally for several leaves the newest first.
 */
export function rankedSuspects(
  state: IncidentState,
  config: Config,
  service: string | null,
  times: IncidentTimes,
): readonly SuspectFacts[] {
  const start = earliest([times.impactStarted, times.declared])!;
  const shipped = shippedLast(state, config, times.declared);
  const text = `${state.issue.title}\n${state.issue.body}`.toLowerCase();
  return (
    state.suspects
      // Empty, whichever incident it opened; of the second of the declaration, it would be the most recent of all.
      .filter(({ message }) => parseOpeningMessage(message) === null)
      .map((commit) => {
        const { touched: _touched, inService: _inService, lines: _lines, ...plain } = commit;
        const reasons = reasonsOf(commit, { start, service, shipped, text });
        const suspect: SuspectFacts = { ...plain, reasons: reasons.map(([reason]) => reason) };
        return { suspect, weight: reasons.reduce((sum, [, weight]) => sum + weight, 0) };
      })
      .toSorted(
        (one, other) =>
          other.weight - one.weight ||
          Date.parse(other.suspect.committedAt) - Date.parse(one.suspect.committedAt),
      )
      .slice(0, MOST)
      .map(({ suspect }) => suspect)
  );
}

interface Scene {
  readonly start: string;
  readonly service: string | null;
  readonly shipped: Shipped | null;
  readonly text: string;
}

function reasonsOf(
  commit: SuspectCommitFacts,
  { start, service, shipped, text }: Scene,
): readonly (readonly [SuspectReason, number])[] {
  const before = Date.parse(start) - Date.parse(commit.committedAt);
  const reasons: (readonly [SuspectReason, number])[] = [];
  // Seven digits are what people copy; fewer are any word.
  if (mentions(text, commit.sha)) reasons.push([{ kind: "mentioned" }, 16]);
  if (commit.touched !== undefined && commit.touched.length > 0) {
    reasons.push([{ kind: "named", paths: commit.touched }, 8]);
  }
  if (shipped?.commits.has(commit.sha) === true) {
    reasons.push([{ kind: "shipped-last", tag: shipped.tag, after: shipped.after }, 4]);
  }
  if (commit.inService === true && service !== null) reasons.push([{ kind: "service", service }, 2]);
  if (before >= 0 && before < 24 * HOUR) {
    reasons.push([{ kind: "recent", milliseconds: before }, before < HOUR ? 3 : before < 6 * HOUR ? 2 : 1]);
  }
  if (commit.lines !== undefined && commit.lines >= LARGE) {
    reasons.push([{ kind: "large", lines: commit.lines }, 1]);
  }
  return reasons;
}

function mentions(text: string, sha: Sha): boolean {
  return [...text.matchAll(/(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/gu)].some(([word]) =>
    sha.startsWith(word),
  );
}

interface Shipped {
  readonly tag: string;
  readonly after: string | null;
  readonly commits: ReadonlySet<Sha>;
}

/** What the newest version before the declaration brought, as far as history was read. */
function shippedLast(state: IncidentState, config: Config, declared: string): Shipped | null {
  const graph = commitGraphOf(state);
  const isBefore = (at: string | null | undefined): boolean =>
    at === null || at === undefined || Date.parse(at) <= Date.parse(declared);
  const versions = state.tags
    .filter((tag) => tag.onProduction && graph.has(tag.commit))
    .filter((tag) => isBefore(tag.taggedAt ?? graph.get(tag.commit)?.committedAt))
    .flatMap((tag) => {
      const version = parseTagName(config.tag.format, tag.name);
      return version === null || semver.prerelease(version) !== null ? [] : [{ ...tag, version }];
    })
    .toSorted((one, other) => semver.rcompare(one.version, other.version));
  const [newest, previous] = versions;
  // Without the version before it, all of history would count as new.
  if (newest === undefined || previous === undefined) return null;
  const known = ancestryOf(graph, previous.commit);
  const commits = [...ancestryOf(graph, newest.commit)].filter((sha) => !known.has(sha));
  return { tag: newest.name, after: previous.name, commits: new Set(commits) };
}
