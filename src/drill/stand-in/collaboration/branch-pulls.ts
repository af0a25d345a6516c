import type { Issue, PullRequest, Repository } from "../model.ts";

/** A pull request with its number's title, state and history. */
export interface OpenPull {
  readonly issue: Issue;
  readonly pull: PullRequest;
}

export function pullsOf(repository: Repository): readonly OpenPull[] {
  return [...repository.issues.values()].flatMap((issue) =>
    issue.pullRequest === null ? [] : [{ issue, pull: issue.pullRequest }],
  );
}

/** Open pull requests, oldest first. */
export function openPulls(repository: Repository): readonly OpenPull[] {
  return pullsOf(repository).filter(({ issue }) => issue.state === "open");
}

/** Open pull requests whose head is this commit. */
export function pullsAt(repository: Repository, sha: string): readonly OpenPull[] {
  return openPulls(repository).filter(({ pull }) => pull.head.sha === sha);
}
