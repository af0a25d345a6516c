import type { Issue } from "../model.ts";
import { pullRequestBody } from "../present-pull.ts";
import type { JsonObject } from "../router.ts";
import type { Act } from "./act.ts";

/** Announces a change of a pull request: the webhook `pull_request`. */
export async function emitPullRequest(
  act: Act,
  issue: Issue,
  action: string,
  extra: JsonObject = {},
): Promise<void> {
  const { hub, repository, actor } = act;
  const body = await pullRequestBody(hub, repository, issue);
  const payload = { number: issue.number, pull_request: body, ...extra };
  hub.emit("pull_request", action, payload, { sender: actor, repository });
}
