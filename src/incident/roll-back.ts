import semver from "semver";
import type { Config } from "../config/schema.ts";
import { baseTag } from "./version.ts";
import { commitGraphOf } from "./commit-graph.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { parseTagName } from "./names.ts";
import type { IncidentState } from "./state.ts";

/** The newest full release before the first hotfix shipped. */
export function rollbackTag(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
): string | null {
  const first = firstShipped(rounds);
  if (first !== null) return baseTag(state, config, commitGraphOf(state), first)?.name ?? null;
  return releasesOf(state, config, rounds)[0]?.name ?? null;
}

/**
 * What to go back to if nothing else helps. While nothing has shipped and production stands exactly at its newest release, that one has the fault, and going
 * back to it would change nothing: then the release before it. null: there is none.
 */
export function goBackTo(state: IncidentState, config: Config, rounds: readonly RoundFacts[]): string | null {
  if (firstShipped(rounds) !== null) return rollbackTag(state, config, rounds);
  const [newest, before] = releasesOf(state, config, rounds);
  const isRunning = newest !== undefined && newest.commit === state.production?.head;
  return (isRunning ? before : newest)?.name ?? null;
}

function firstShipped(rounds: readonly RoundFacts[]): string | null {
  return rounds.find((round) => round.mergeCommit !== null && !round.isEmptyMerge)?.mergeCommit ?? null;
}

/** Full releases on production that are not of this incident, the highest version first. */
function releasesOf(state: IncidentState, config: Config, rounds: readonly RoundFacts[]) {
  const ours = new Set(rounds.map((round) => round.mergeCommit));
  const tags = state.tags.flatMap((tag) => {
    const version = parseTagName(config.tag.format, tag.name);
    const isCandidate = version !== null && semver.prerelease(version) === null && tag.onProduction;
    return isCandidate && !ours.has(tag.commit) ? [{ name: tag.name, commit: tag.commit, version }] : [];
  });
  return tags.toSorted((one, other) => semver.rcompare(one.version, other.version));
}
