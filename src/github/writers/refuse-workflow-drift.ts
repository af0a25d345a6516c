import { type Saying, saying } from "../../incident/say.ts";
import type { Sha } from "../../incident/state/commit-facts.ts";
import type { ShellCommand } from "../../incident/state/problem.ts";
import { WORKFLOW_DRIFT_QUERY } from "../documents/write-queries.ts";
import { statusOf } from "../http-status.ts";
import { refused } from "../problem-error.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { isNotFound, runGraphql } from "../run-graphql.ts";

interface DriftAnswer {
  readonly repository: {
    readonly defaultBranchRef: { readonly name: string } | null;
    readonly there: { readonly oid: string } | null;
    readonly here: { readonly oid: string } | null;
  } | null;
}

/**
 * GitHub answers 403 or 404 when a ref, tag or release is to point at a commit whose workflow files differ from those of the default branch, and
 * the app has no permission for workflows (F19). That is no lag and no missing object: the files are compared, and a person gets the commands that
 * do the same. Returns the error to throw.
 *
 * @param what subject of the sentence, e.g. `Creating the tag v1.4.3`
 */
export async function refuseWorkflowDrift(
  client: RepositoryClient,
  commit: Sha,
  error: unknown,
  what: Saying,
  commands: readonly ShellCommand[],
): Promise<unknown> {
  const status = statusOf(error);
  const isWorded = /without `?workflows?`? permission/iu.test(refusalText(error));
  if (status !== 403 && status !== 404 && !isWorded) return error;
  const { repository } = await runGraphql<DriftAnswer>(
    client,
    WORKFLOW_DRIFT_QUERY,
    { commit: `${commit}:.github/workflows` },
    isNotFound,
  );
  if (!isWorded && repository?.there?.oid === repository?.here?.oid) return error;
  const branch = repository?.defaultBranchRef?.name ?? saying("the default branch");
  return refused(
    "workflow-drift",
    saying(
      "{what} was refused: the workflow files at {commit} differ from those on {branch}, and this app has no permission for workflows",
      { what, commit: commit.slice(0, 7), branch },
    ),
    saying("Run the commands of the status comment in a clone; the app goes on from what you push"),
    commands,
  );
}
