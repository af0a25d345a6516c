import type { Action, OutcomeValue } from "./action.ts";
import { createdBranch, headMoved, ourCommit, ownHeadMoved } from "./advance-branch.ts";
import { openedPullRequest } from "./advance-pull-request.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { Instant } from "./state/instant.ts";

/** On the branch itself, or in a pull request where that is protected. */
export function committedDocuments(
  state: IncidentState,
  action: Extract<Action, { kind: "commit-documents" }>,
  value: Extract<OutcomeValue, { kind: "documents" }>,
  app: Actor,
  at: Instant,
): IncidentState {
  const { fallback } = action;
  const branch = value.pullRequest === null || fallback === null ? action.branch : fallback.branch;
  const paths = new Set(action.files.map((file) => file.path));
  const written = {
    ...state,
    documents: [
      ...state.documents.filter((document) => !paths.has(document.path)),
      ...action.files.map((file) => ({ path: file.path, branch, text: file.text })),
    ],
  };
  if (value.pullRequest === null || fallback === null) {
    const commit = ourCommit(state, {
      sha: value.sha,
      tree: value.sha,
      parents: [action.expectedHead],
      message: action.message,
      committedAt: at,
    });
    return ownHeadMoved(headMoved(written, branch, commit), branch, commit);
  }
  const made = createdBranch(
    written,
    { branch, from: action.expectedHead, tree: value.sha, message: action.message },
    value.sha,
    app,
    at,
  );
  const opening = {
    head: branch,
    base: action.branch,
    title: fallback.title,
    body: fallback.body,
  };
  const number = value.pullRequest;
  return openedPullRequest(
    made,
    { ...opening, draft: false },
    {
      kind: "pull-request",
      number,
      nodeId: "",
      url: `${state.repository.url}/pull/${number}`,
      isDraft: false,
      headSha: value.sha,
    },
    app,
    at,
  );
}
