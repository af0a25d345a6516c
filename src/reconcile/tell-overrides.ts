import type { CommitState } from "../checks/commit-state.ts";
import type { Config } from "../config/schema.ts";
import type { OverridePoint } from "../documents/renderer.ts";
import { statusOf } from "../github/http-status.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import { createComment, findComment } from "../github/writers/create-comment.ts";
import { buildMarker } from "../incident/names.ts";
import type { Judged } from "./judge.ts";

/** The comment in the language of the repository. */
export type OverrideWriter = (locale: Config["locale"], point: OverridePoint) => string;

/**
 * One comment on the pull request for each override, because a reviewer looks there and not at the incident. Written before the check run turns neutral,
 * and only where it was not so before on this commit: then nobody can have deleted the comment yet, and what was deleted is not written again.
 */
export async function tellOverrides(
  client: RepositoryClient,
  state: CommitState,
  config: Config,
  judged: readonly (Judged & { readonly name: string })[],
  words: OverrideWriter | undefined,
): Promise<void> {
  const { pullRequest, subject, runs, repositoryUrl, mayNamePeople } = state;
  if (pullRequest === null || words === undefined || subject.kind === "pull-request") return;
  for (const { name, override } of judged) {
    const last = runs.findLast((run) => run.name === name);
    const wasRed =
      last?.status === "completed" && ["failure", "action_required"].includes(last.conclusion ?? "");
    if (override === null || !wasRed) continue;
    const { by, because, comment, url, check } = override.by;
    const fields = { comment: String(comment), check };
    const marker = buildMarker({ incident: subject.incident, kind: "override", fields });
    const point = {
      check: name,
      found: override.was,
      by,
      because,
      url,
      incident: subject.incident,
      repositoryUrl,
      mayNamePeople,
    };
    await tell(client, pullRequest, marker, `${marker}\n${words(config.locale, point)}`);
  }
}

/** A conversation that is locked or gone keeps nobody from anything: the check run says the same. */
async function tell(client: RepositoryClient, on: number, marker: string, body: string): Promise<void> {
  try {
    if ((await findComment(client, on, marker)) === null) await createComment(client, on, body, marker);
  } catch (error) {
    if (![403, 404, 410, 422].includes(statusOf(error) ?? 0)) throw error;
  }
}
