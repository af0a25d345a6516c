import type { Action } from "../action.ts";
import { ourMarker } from "../comment-marker.ts";
import { closingKey, wasClosedByApp, wasClosingTold } from "../closing.ts";
import { documentsBranch } from "../names.ts";
import { areDocumentsThere, documentsOf, documentsTrunk, isComplete } from "./commit-documents.ts";
import { deleteBranches } from "./delete-branches.ts";
import { pathInUrl } from "../path-in-url.ts";
import { pushedAfterMerge } from "../rounds.ts";
import type { Situation } from "./rule.ts";

/** Last of all: the closing comment, then the issue. Closed once; whoever reopens it has a reason. */
export function close(situation: Situation): readonly Action[] {
  const { state, facts, frozen, render } = situation;
  if (
    !isComplete(situation) ||
    !areDocumentsThere(situation) ||
    (facts.ended === null && hasUnshippedCommits(situation))
  ) {
    return [];
  }
  const isTidy = deleteBranches(situation).every((action) =>
    action.kind === "delete-branch" ? `delete-branch:${action.branch}` in state.refusals : true,
  );
  if (!isTidy) return [];
  const round = facts.rounds.at(-1)!;
  const marker = ourMarker(facts.number, "closed", closingKey(round.number), frozen);
  const comment: Action = {
    kind: "post-comment",
    on: facts.number,
    marker,
    body: `${marker}\n${render.closingComment(facts, documentLinks(situation))}`,
  };
  // Without its comment somebody deleted that.
  if (wasClosedByApp(state, facts.rounds)) return [];
  if (!wasClosingTold(state, round.number)) {
    const refusal = state.refusals[`post-comment:${facts.number}:${marker}`];
    if (refusal === undefined || refusal.transient) return [comment];
  }
  return state.issue.state === "open" ? [{ kind: "close-issue", reason: "completed" }] : [];
}

/** Commits on the hotfix branch that came after its merge: somebody is not done. */
function hasUnshippedCommits({ state, facts, graph }: Situation): boolean {
  return facts.rounds.some((round) => pushedAfterMerge(state, graph, facts.rounds, round) !== null);
}

function documentLinks(situation: Situation): readonly { readonly name: string; readonly url: string }[] {
  const { state, facts } = situation;
  const pull = state.pullRequests.find((each) => each.head === documentsBranch(facts.number));
  if (pull !== undefined && pull.state !== "merged") return [{ name: "Documents", url: pull.url }];
  const branch = documentsTrunk(situation)?.name ?? state.repository.defaultBranch;
  const path = pathInUrl(branch);
  return documentsOf(situation).map((document) => ({
    name: document.name,
    url: `${facts.repository.url}/blob/${path}/${document.path}`,
  }));
}
