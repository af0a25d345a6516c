import type { Sha } from "../../incident/state/commit-facts.ts";
import { CREATE_COMMIT } from "../documents/mutations.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { GraphqlFailure, runGraphql } from "../run-graphql.ts";

export interface FixCommit {
  readonly branch: string;
  readonly expectedHead: Sha;
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

export type FixOutcome =
  | { readonly kind: "committed"; readonly sha: Sha }
  /** The branch is not at the expected head any more. */
  | { readonly kind: "moved" }
  | { readonly kind: "refused"; readonly because: string };

/** One commit by the app, only while the branch is where it was looked at. */
export async function commitFixes(client: RepositoryClient, fix: FixCommit): Promise<FixOutcome> {
  const [headline, ...body] = fix.message.split("\n");
  const input = {
    branch: { repositoryNameWithOwner: `${client.owner}/${client.repo}`, branchName: fix.branch },
    expectedHeadOid: fix.expectedHead,
    message: { headline, body: body.join("\n").trim() },
    fileChanges: {
      additions: fix.files.map(({ path, bytes }) => ({
        path,
        contents: Buffer.from(bytes).toString("base64"),
      })),
    },
  };
  try {
    const answer = await runGraphql<{ createCommitOnBranch: { commit: { oid: string } | null } | null }>(
      client,
      CREATE_COMMIT,
      { input },
    );
    return { kind: "committed", sha: answer.createCommitOnBranch?.commit?.oid ?? "" };
  } catch (error) {
    if (!(error instanceof GraphqlFailure)) throw error;
    if (/expected branch to point to|stale/iu.test(error.message)) return { kind: "moved" };
    if (error.errors.some(({ type }) => type === "INTERNAL" || type === undefined)) throw error;
    return { kind: "refused", because: error.errors[0]?.message ?? "no reason given" };
  }
}

/** Whether the branch is one commit of this message ahead of where it was: the answer to an earlier try was lost. */
export async function isFixCommitted(
  { octokit, owner, repo }: RepositoryClient,
  fix: Pick<FixCommit, "branch" | "expectedHead" | "message">,
): Promise<boolean> {
  const { data } = await octokit.rest.repos.listCommits({ owner, repo, sha: fix.branch, per_page: 30 });
  const next = data.find(({ parents }) => parents.length === 1 && parents[0]?.sha === fix.expectedHead);
  return next?.commit.message.trim() === fix.message.trim();
}

/** Says under the verdict of a check run what became of a click on its button. The verdict stays. */
export async function tellOnCheckRun(
  { octokit, owner, repo }: RepositoryClient,
  run: { readonly id: number; readonly title: string | null; readonly summary: string | null },
  text: string,
): Promise<void> {
  await octokit.rest.checks.update({
    owner,
    repo,
    check_run_id: run.id,
    output: { title: run.title ?? "", summary: run.summary ?? "", text },
  });
}
