import semver from "semver";
import type { Config } from "../config/schema.ts";
import { parseCommands } from "./parse-commands.ts";
import { commitGraphOf, contains } from "./commit-graph.ts";
import type { CauseFacts } from "./facts/cause-facts.ts";
import { parseTagName } from "./names.ts";
import { readingRank } from "./reading-rank.ts";
import { acceptedCommands, unansweredComments } from "./replies.ts";
import type { IncidentState } from "./state.ts";
import type { CommitFacts, HunkFacts, LookedUpCommitFacts, Sha } from "./state/commit-facts.ts";
import { type StatedFacts, statedIn } from "./stated-facts.ts";

const MOST_LOOKED_UP = 4;
const MOST_HUNKS = 5;

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
    ...hunksInQuestion(state, lookedUp),
  };
}

/** Of files that the issue names first, then source before what only lists packages. */
function hunksInQuestion(
  { issue }: IncidentState,
  lookedUp: LookedUpCommitFacts | undefined,
): { readonly hunks: readonly HunkFacts[]; readonly moreHunks: number } {
  const text = `${issue.title}\n${issue.body}`;
  const isNamed = ({ path }: HunkFacts): boolean => text.includes(path.slice(path.lastIndexOf("/") + 1));
  const all = (lookedUp?.hunks ?? []).toSorted(
    (one, other) => readingRank(one.path) - readingRank(other.path),
  );
  const hunks = [...all.filter(isNamed), ...all.filter((each) => !isNamed(each))];
  return {
    hunks: hunks.slice(0, MOST_HUNKS),
    moreHunks: Math.max(0, hunks.length - MOST_HUNKS) + (lookedUp?.moreHunks ?? 0),
  };
}

/** SHAs, or beginnings of them, that people named as the cause: the one that holds, and those that wait for an answer. */
export function causesToLookUp(state: IncidentState, config: Config): readonly string[] {
  const { cause } = statedIn(acceptedCommands(state));
  const held = cause !== null && "sha" in cause.what ? [cause.what.sha] : [];
  const asked = unansweredComments(state, config)
    .flatMap(({ body }) => parseCommands(body))
    .flatMap((parsed) =>
      parsed.ok && parsed.command.name === "cause" && "sha" in parsed.command.what
        ? [parsed.command.what.sha]
        : [],
    );
  return [...new Set([...held, ...asked])].slice(0, MOST_LOOKED_UP);
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
