import semver from "semver";
import type { Config } from "../config/schema.ts";
import { ancestryOf, type CommitGraph } from "./commit-graph.ts";
import { parseTagName, tagName } from "./names.ts";
import type { IncidentState } from "./state.ts";
import type { Sha } from "./state/commit-facts.ts";
import type { TagFacts } from "./state/release-facts.ts";

/** Patch numbers that are tried before giving up: names can be taken by other incidents, or burned. */
const TRIES = 1000;

/**
 * The next version for this merge commit: patch + 1 on the highest full release that it contains, names that are taken left out. Allocated at merge
 * time, so that two hotfixes in flight never want the same one. null: no name can be found.
 */
export function nextVersion(
  state: IncidentState,
  config: Config,
  graph: CommitGraph,
  mergeCommit: Sha,
): string | null {
  const { format, first } = config.tag;
  const base = baseTag(state, config, graph, mergeCommit);
  const taken = new Set(state.tags.map((tag) => tag.name));
  let version: string | null = base === null ? first : semver.inc(base.version, "patch");
  for (let tried = 0; version !== null && tried < TRIES; tried += 1) {
    const name = tagName(format, version);
    if (parseTagName(format, name) === null) return null;
    if (!taken.has(name) && state.refusals[`create-tag:${name}`]?.code !== "tag-taken") return version;
    version = semver.inc(version, "patch");
  }
  return null;
}

/** The highest full release below the merge commit: what it is counted from, and what one can go back to. Pre-releases are neither. */
export function baseTag(
  state: IncidentState,
  config: Config,
  graph: CommitGraph,
  mergeCommit: Sha,
): { readonly name: string; readonly version: string } | null {
  const ancestry = ancestryOf(graph, mergeCommit);
  const inWindow = new Set(state.production?.history.map((commit) => commit.sha));
  const candidates = state.tags.flatMap((tag) => {
    const version = parseTagName(config.tag.format, tag.name);
    // Older than what was read of production: on it means before the merge. In the window ancestry decides, so that a version which another hotfix
    // got after this merge is no base for it.
    const isBelow =
      tag.commit !== mergeCommit &&
      (ancestry.has(tag.commit) || (tag.onProduction && !inWindow.has(tag.commit)));
    return version !== null && semver.prerelease(version) === null && isBelow
      ? [{ name: tag.name, version }]
      : [];
  });
  return candidates.toSorted((one, other) => semver.rcompare(one.version, other.version))[0] ?? null;
}

/**
 * The version tag that is on the merge commit, made by us, by a person or by a release bot. Of several: the one we released, else the oldest annotated,
 * else the lowest, so that a tag which comes later changes nothing.
 */
export function tagOn(
  state: IncidentState,
  config: Config,
  mergeCommit: Sha,
): { tag: TagFacts; version: string } | null {
  const candidates = state.tags.flatMap((tag) => {
    const version = parseTagName(config.tag.format, tag.name);
    return tag.commit !== mergeCommit || version === null || semver.prerelease(version) !== null
      ? []
      : [{ tag, version, isReleased: isReleasedByUs(state, tag) }];
  });
  const [best] = candidates.toSorted(
    (one, other) =>
      Number(other.isReleased) - Number(one.isReleased) ||
      Number(other.tag.taggedAt !== null) - Number(one.tag.taggedAt !== null) ||
      (one.tag.taggedAt ?? "").localeCompare(other.tag.taggedAt ?? "") ||
      semver.compare(one.version, other.version),
  );
  return best === undefined ? null : { tag: best.tag, version: best.version };
}

function isReleasedByUs(state: IncidentState, tag: TagFacts): boolean {
  return state.releases.some(
    (release) => release.tag === tag.name && release.author.login === state.app.login,
  );
}
