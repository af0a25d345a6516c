import { personOf, webFlow } from "../identity.ts";
import { actOf } from "../collaboration/act.ts";
import type { Repository } from "../model.ts";
import { readNodeId } from "../node-id.ts";
import type { Context } from "../router.ts";
import { editTree, isTreePath, type TreeChange } from "../tree-edit.ts";
import { unverified } from "../unverified.ts";
import { commitByOid } from "./git-object.ts";
import { GraphqlProblem, notFound, unprocessable } from "./problem.ts";
import { scopeOf } from "./query.ts";
import { apply } from "./ref-mutations.ts";
import { demandWrite, type Fields, type Scope, visibleRepository } from "./scope.ts";

unverified(
  "graphql/create-commit-refusals",
  "the error types for a missing branch, a missing path and bad base64",
);

interface CreateCommitInput {
  readonly branch: {
    readonly id?: string | null;
    readonly repositoryNameWithOwner?: string | null;
    readonly branchName?: string | null;
  };
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly expectedHeadOid: string;
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
}

/** Many files in one commit, only while the branch is where the caller saw it (platform §3). */
export async function createCommitOnBranch(context: Context, input: CreateCommitInput): Promise<Fields> {
  const { scope, branch } = target(context, input.branch);
  demandWrite(scope, { contents: "write" }, "push");
  const { repository, hub } = scope;
  const { git } = repository;
  const head = git.branch(branch);
  if (head === undefined) throw notFound(`Branch not found`);
  if (head !== input.expectedHeadOid) throw stale(input.expectedHeadOid);
  const tree = await git.read(`${head}^{tree}`);
  const changes = await changesOf(scope, head, input);
  const act = actOf(scope);
  const { headline, body } = input.message;
  const oid = await git.writeCommit({
    tree: await editTree(git, tree?.oid, changes),
    parents: [head],
    author: personOf(act.actor, hub.now()),
    committer: webFlow(hub.now()),
    message: body ? `${headline}\n\n${body}` : headline,
  });
  const ref = `refs/heads/${branch}`;
  try {
    await apply(scope, [{ ref, before: head, after: oid, force: false }]);
  } catch (error) {
    if (error instanceof GraphqlProblem && error.type === "STALE_DATA") throw stale(input.expectedHeadOid);
    throw error;
  }
  return { commit: () => commitByOid(scope, oid), ref: () => scope.types.ref(scope, ref) };
}

function stale(expected: string): GraphqlProblem {
  return new GraphqlProblem(
    "STALE_DATA",
    `Expected branch to point to "${expected}" but it did not. Pull and try again.`,
  );
}

function target(
  context: Context,
  branch: CreateCommitInput["branch"],
): { readonly scope: Scope; readonly branch: string } {
  if (branch.id) return targetById(context, branch.id);
  const [owner = "", name = ""] = (branch.repositoryNameWithOwner ?? "").split("/");
  const repository = visibleRepository(context, owner, name);
  if (repository === undefined) {
    throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  const branchName = (branch.branchName ?? "").replace(/^refs\/heads\//, "");
  return { scope: scopeOf(context, repository), branch: branchName };
}

function targetById(context: Context, id: string): { readonly scope: Scope; readonly branch: string } {
  const [owner, ref] = (readNodeId(id)?.key ?? "").split(/:(.*)/s);
  const repository: Repository | undefined = context.hub.repositories.get(Number(owner));
  if (repository === undefined || ref === undefined) {
    throw notFound(`Could not resolve to a node with the global id of '${id}'`);
  }
  return { scope: scopeOf(context, repository), branch: ref.replace(/^refs\/heads\//, "") };
}

/** Always plain files: no executable bit, no symbolic link. */
async function changesOf(
  scope: Scope,
  head: string,
  input: CreateCommitInput,
): Promise<ReadonlyMap<string, TreeChange>> {
  const { git } = scope.repository;
  const additions = input.fileChanges?.additions ?? [];
  const deletions = input.fileChanges?.deletions ?? [];
  const changes = new Map<string, TreeChange>();
  for (const { path } of [...additions, ...deletions]) {
    if (!isTreePath(path)) throw unprocessable(`Invalid path: ${path}`);
    if (changes.has(path)) throw unprocessable(`A path was requested more than once: ${path}`);
    changes.set(path, null);
  }
  for (const { path } of deletions) {
    if ((await git.read(`${head}:${path}`)) === undefined) {
      throw unprocessable(
        `A path was requested for deletion which does not exist as of commit oid \`${head}\`: ${path}`,
      );
    }
  }
  for (const { path, contents } of additions) {
    const bytes = Buffer.from(contents, "base64");
    if (bytes.toString("base64").replace(/=+$/, "") !== contents.replaceAll(/\s/g, "").replace(/=+$/, "")) {
      throw unprocessable(`The contents of ${path} are not valid base64`);
    }
    changes.set(path, { mode: "100644", oid: await git.writeBlob(bytes) });
  }
  return changes;
}
