import type { Issue, Repository } from "../model.ts";
import { nodeId } from "../node-id.ts";
import { commentsOf, issueInList } from "../present-issue.ts";
import { repositoryBlock } from "../present-repository.ts";
import { unverified } from "../unverified.ts";
import { type Act, recordEvent } from "./act.ts";

unverified(
  "issues/transfer-history",
  "A transferred issue takes its history along; under its old number GraphQL finds nothing and REST answers 404 instead of a redirect.",
);

/** Moves an issue with its comments to another repository, under the next number there. Labels that the other repository does not have are lost. */
export function transferIssue(act: Act, issue: Issue, target: Repository): Issue {
  const { hub, repository, actor } = act;
  const there: Act = { ...act, repository: target };
  const id = hub.nextId();
  target.lastNumber += 1;
  const moved: Issue = {
    ...issue,
    id,
    nodeId: nodeId("I", id),
    number: target.lastNumber,
    labels: issue.labels.flatMap((label) => target.labels.get(label.name.toLowerCase()) ?? []),
    events: [...issue.events],
  };
  target.issues.set(moved.number, moved);
  const old = issueInList(hub, repository, issue);
  for (const comment of commentsOf(repository, issue)) {
    repository.comments.delete(comment.id);
    target.comments.set(comment.id, { ...comment, issue: moved });
  }
  repository.issues.delete(issue.number);
  recordEvent(there, moved, "transferred", { from: repository });
  const left = {
    issue: old,
    changes: {
      new_issue: issueInList(hub, target, moved),
      new_repository: repositoryBlock(hub, target),
    },
  };
  hub.emit("issues", "transferred", left, { sender: actor, repository });
  const arrived = {
    issue: issueInList(hub, target, moved),
    changes: { old_issue: old, old_repository: repositoryBlock(hub, repository) },
  };
  hub.emit("issues", "opened", arrived, { sender: actor, repository: target });
  return moved;
}
