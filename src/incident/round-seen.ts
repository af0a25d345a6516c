import { type CommitGraph, contains } from "./commit-graph.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { acceptedCommands } from "./replies.ts";
import type { IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";
import type { CommentFacts } from "./state/issue-facts.ts";
import { earliest } from "./times.ts";

/**
 * The last round that was open when a comment was written. What is read in one pass happened one after the other: who said that it is over did not know of
 * a round that a push opened afterwards. GitHub's times are whole seconds, and nobody has seen what began in the same one. A round whose beginning
 * is not known counts as seen.
 */
export function roundSeen(
  state: IncidentState,
  graph: CommitGraph,
  rounds: readonly RoundFacts[],
  comment: CommentFacts,
): number {
  const isSeen = (round: RoundFacts, before: RoundFacts | undefined): boolean => {
    if (before === undefined || wasAskedFor(state, round, comment)) return true;
    const begun = begunAt(state, graph, round, before);
    return begun === null || Date.parse(begun) < Date.parse(comment.createdAt);
  };
  return rounds.findLast((round, index) => isSeen(round, rounds[index - 1]))!.number;
}

/** By this comment or an earlier one. */
function wasAskedFor(state: IncidentState, { number }: RoundFacts, comment: CommentFacts): boolean {
  return acceptedCommands(state).some(
    (each) => each.command.name === "again" && each.round === number && each.comment <= comment.id,
  );
}

/** The first push of something new after the merge of the round before, or when the branch was there; null: not known. */
function begunAt(
  state: IncidentState,
  graph: CommitGraph,
  round: RoundFacts,
  before: RoundFacts,
): Instant | null {
  const merged = before.pullRequest?.headSha;
  const pushes = state.pushes.filter(({ branch }) => branch === before.hotfixBranch);
  const late = pushes
    .slice(pushes.findLastIndex(({ after }) => after === merged) + 1)
    .find(
      (push) =>
        push.kind !== "branch_creation" &&
        push.kind !== "branch_deletion" &&
        isSince(push.at, before.pullRequest?.mergedAt ?? null) &&
        (merged === undefined || !contains(graph, merged, push.after)),
    );
  const created = state.pushes.find(
    (push) => push.branch === round.hotfixBranch && push.kind === "branch_creation",
  );
  return earliest([late?.at ?? null, created?.at ?? null, round.pullRequest?.createdAt ?? null]);
}

function isSince(instant: Instant, start: Instant | null): boolean {
  return start === null || Date.parse(instant) >= Date.parse(start);
}
