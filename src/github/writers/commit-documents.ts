import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { Sha } from "../../incident/state/commit-facts.ts";
import type { ActionOf } from "../action-of.ts";
import { CREATE_COMMIT } from "../documents/mutations.ts";
import { buildBlobsQuery } from "../documents/write-queries.ts";
import type { FileAnswer } from "../documents/answers.ts";
import { statusOf } from "../http-status.ts";
import { notYet } from "../problem-error.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { GraphqlFailure, isNotFound, runGraphql } from "../run-graphql.ts";
import { isServerFault } from "../server-fault.ts";
import { openPullRequest } from "./open-pull-request.ts";

type Documents = ActionOf<"commit-documents">;

/** All files in one commit, bound to the head that was looked at. Where the branch refuses direct commits: a branch of ours and a pull request. */
export async function commitDocuments(client: RepositoryClient, action: Documents): Promise<OutcomeValue> {
  for (const { path } of action.files) assertIsDocument(path);
  try {
    const sha = await commit(client, action, action.branch, action.expectedHead);
    return { kind: "documents", sha, pullRequest: null };
  } catch (error) {
    const isRefusal = error instanceof GraphqlFailure && isProtection(error);
    if (!isRefusal && !isStale(error) && !isServerFault(error)) throw error;
    const now = await readFiles(client, action, action.branch);
    // An answer that was lost, or a pass that crashed after its commit (F3, F6).
    if (now.isWritten && now.head !== null) {
      return { kind: "documents", sha: now.head, pullRequest: null };
    }
    if (isRefusal && action.fallback !== null) return commitByPullRequest(client, action, action.fallback);
    if (isRefusal) throw error;
    if (isServerFault(error)) throw error;
    throw notYet(
      "branch-moved",
      saying("{branch} moved while the documents were committed", { branch: action.branch }),
    );
  }
}

async function commit(
  client: RepositoryClient,
  action: Documents,
  branch: string,
  expectedHead: Sha,
): Promise<Sha> {
  const [headline, ...body] = action.message.split("\n");
  const answer = await runGraphql<{ createCommitOnBranch: { commit: { oid: string } | null } | null }>(
    client,
    CREATE_COMMIT,
    {
      input: {
        branch: { repositoryNameWithOwner: `${client.owner}/${client.repo}`, branchName: branch },
        expectedHeadOid: expectedHead,
        message: { headline, body: body.join("\n").trim() },
        fileChanges: {
          additions: action.files.map(({ path, text }) => ({
            path,
            contents: Buffer.from(text, "utf8").toString("base64"),
          })),
        },
      },
    },
  );
  const oid = answer.createCommitOnBranch?.commit?.oid;
  if (oid === undefined) throw new Error("GitHub made the commit but did not name it");
  return oid;
}

/** The branch may be there from an earlier try, with or without the commit. */
async function commitByPullRequest(
  client: RepositoryClient,
  action: Documents,
  { branch, title, body }: NonNullable<Documents["fallback"]>,
): Promise<OutcomeValue> {
  let now = await readFiles(client, action, branch);
  if (now.head === null) {
    await createRef(client, branch, action.expectedHead);
    now = { head: action.expectedHead, isWritten: false };
  }
  const head = now.head ?? action.expectedHead;
  const sha = now.isWritten ? head : await commit(client, action, branch, head);
  const opened = await openPullRequest(client, {
    kind: "open-pull-request",
    head: branch,
    base: action.branch,
    title,
    body,
    draft: false,
  });
  return {
    kind: "documents",
    sha,
    pullRequest: opened.kind === "pull-request" ? opened.number : null,
  };
}

async function createRef(client: RepositoryClient, branch: string, sha: Sha): Promise<void> {
  try {
    await client.octokit.rest.git.createRef({
      owner: client.owner,
      repo: client.repo,
      ref: `refs/heads/${branch}`,
      sha,
    });
  } catch (error) {
    // It is there after all: the next pass sees it and goes on from its head.
    if (statusOf(error) === 422)
      throw notYet("github-lagging", saying("GitHub does not show {what} yet", { what: branch }));
    throw error;
  }
}

/** Head of a branch, and whether it holds the files as they are wanted. */
async function readFiles(
  client: RepositoryClient,
  action: Documents,
  branch: string,
): Promise<{ readonly head: Sha | null; readonly isWritten: boolean }> {
  const { repository } = await runGraphql<{
    repository: ({ ref: { target: { oid: string } | null } | null } & Record<string, unknown>) | null;
  }>(
    client,
    buildBlobsQuery(action.files.length),
    {
      ref: `refs/heads/${branch}`,
      ...Object.fromEntries(
        action.files.map(({ path }, index) => [`file${index}`, `refs/heads/${branch}:${path}`]),
      ),
    },
    isNotFound,
  );
  return {
    head: repository?.ref?.target?.oid ?? null,
    isWritten: action.files.every(
      ({ text }, index) => (repository?.[`file${index}`] as FileAnswer | null | undefined)?.text === text,
    ),
  };
}

function isProtection(failure: GraphqlFailure): boolean {
  return (
    failure.errors.some((error) => error.type === "BRANCH_PROTECTION_RULE_VIOLATION") ||
    /repository rule violations?|protected branch|changes must be made through|cannot update this protected|push declined/iu.test(
      failure.message,
    )
  );
}

function isStale(error: unknown): boolean {
  return (
    error instanceof GraphqlFailure &&
    (error.errors.some((each) => each.type === "STALE_DATA") ||
      /expected branch to point to/iu.test(error.message))
  );
}

/** The last door before a write (S25): a document is a Markdown file in a folder that is not git's or GitHub's. */
function assertIsDocument(path: string): void {
  const parts = path.split("/");
  const isSafe = path.endsWith(".md") && parts.every((part) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/u.test(part));
  if (!isSafe) throw new Error(`not a path of a document: ${JSON.stringify(path)}`);
}
