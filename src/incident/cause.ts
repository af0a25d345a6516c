import semver from "semver";
import type { Config } from "../config/schema.ts";
import { commitGraphOf, contains } from "./commit-graph.ts";
import type { CauseFacts } from "./facts.ts";
import { parseTagName } from "./names.ts";
import type { CommitFacts, IncidentState, Sha } from "./state.ts";
import type { StatedFacts } from "./stated-facts.ts";

/** What a person confirmed, with the lines of the commit and the version that brought it, as far as they were read. */
export function causeOf(state: IncidentState, config: Config, { cause }: StatedFacts): CauseFacts | null {
  if (cause === null) return null;
  const { what, by, at, url } = cause;
  if ("text" in what) return { kind: "text", by, at, url, text: what.text };
  const lookedUp = state.lookedUp?.find(({ commit }) => commit.sha === what.sha);
  return {
    kind: "commit",
    by,
    at,
    url,
    commit: lookedUp?.commit ?? commitGraphOf(state).get(what.sha) ?? unreadCommit(state, what.sha),
    carriedBy: carriedBy(state, config, what.sha),
    hunks: lookedUp?.hunks ?? [],
    moreHunks: lookedUp?.moreHunks ?? 0,
  };
}

/** The lowest version whose commit contains it, as far back as production's history was read; null: none, or not known. */
function carriedBy(
  state: IncidentState,
  config: Config,
  sha: Sha,
): { readonly tag: string; readonly url: string } | null {
  const graph = commitGraphOf(state);
  const versions = state.tags
    .filter((tag) => tag.onProduction)
    .flatMap((tag) => {
      const version = parseTagName(config.tag.format, tag.name);
      return version === null || semver.prerelease(version) !== null ? [] : [{ ...tag, version }];
    })
    .toSorted((one, other) => semver.compare(one.version, other.version));
  // A version below the history that was read may contain it unseen: then nothing is claimed.
  const first = versions.find((tag) => graph.has(tag.commit) && contains(graph, tag.commit, sha));
  if (first === undefined || !graph.has(sha)) return null;
  return { tag: first.name, url: `${state.repository.url}/releases/tag/${encodeURIComponent(first.name)}` };
}

/** It was there when it was named, and cannot be read now. */
function unreadCommit(state: IncidentState, sha: Sha): CommitFacts {
  return {
    sha,
    tree: sha,
    parents: [],
    message: "",
    author: "ghost",
    committedAt: state.issue.createdAt,
    url: `${state.repository.url}/commit/${sha}`,
  };
}
