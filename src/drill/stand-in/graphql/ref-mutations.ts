import { ZERO_OID } from "../hub.ts";
import { readNodeId } from "../node-id.ts";
import { ruleViolationMessage } from "../ref-errors.ts";
import { refAuthor, RefRefused, type RefUpdate, updateRefs as changeRefs } from "../ref-updates.ts";
import type { Context } from "../router.ts";
import { unverified } from "../unverified.ts";
import { forbidden, GraphqlProblem, notFound, unprocessable } from "./problem.ts";
import { scopeOf } from "./query.ts";
import { demandWrite, type Fields, isVisible, type Scope } from "./scope.ts";

unverified(
  "graphql/update-refs-refusals",
  "the error types and sentences of updateRefs where a ref is not as expected",
);
unverified("graphql/ruleset-type", "a ruleset refuses a GraphQL write with type UNPROCESSABLE");

export async function updateRefs(
  context: Context,
  input: {
    readonly repositoryId: string;
    readonly refUpdates: readonly {
      readonly name: string;
      readonly afterOid: string;
      readonly beforeOid?: string | null;
      readonly force?: boolean | null;
    }[];
  },
): Promise<Fields> {
  const scope = writableRepository(context, input.repositoryId);
  const updates = input.refUpdates.map((update) => ({
    ref: update.name,
    after: update.afterOid,
    ...(update.beforeOid ? { before: update.beforeOid } : {}),
    force: update.force ?? false,
  }));
  const names = updates.map(({ ref }) => ref);
  if (new Set(names).size < names.length) throw unprocessable("A ref name was given more than once");
  await apply(scope, updates);
  return {};
}

export async function createRef(
  context: Context,
  input: { readonly repositoryId: string; readonly name: string; readonly oid: string },
): Promise<Fields> {
  const scope = writableRepository(context, input.repositoryId);
  await apply(scope, [{ ref: input.name, before: ZERO_OID, after: input.oid }]);
  return { ref: () => scope.types.ref(scope, input.name) };
}

export async function updateRef(
  context: Context,
  input: { readonly refId: string; readonly oid: string; readonly force?: boolean | null },
): Promise<Fields> {
  const { scope, name } = refById(context, input.refId);
  await apply(scope, [{ ref: name, after: input.oid, force: input.force ?? false }]);
  return { ref: () => scope.types.ref(scope, name) };
}

export async function deleteRef(context: Context, input: { readonly refId: string }): Promise<Fields> {
  const { scope, name } = refById(context, input.refId);
  await apply(scope, [{ ref: name, after: ZERO_OID }]);
  return {};
}

function writableRepository(context: Context, nodeId: string): Scope {
  const repository = [...context.hub.repositories.values()].find((it) => it.nodeId === nodeId);
  if (repository === undefined || !isVisible(context.viewer, repository)) {
    throw notFound(`Could not resolve to a node with the global id of '${nodeId}'`);
  }
  const scope = scopeOf(context, repository);
  demandWrite(scope, { contents: "write" }, "push");
  return scope;
}

function refById(context: Context, id: string): { readonly scope: Scope; readonly name: string } {
  const [owner, name] = (readNodeId(id)?.key ?? "").split(/:(.*)/s);
  const repository = context.hub.repositories.get(Number(owner));
  if (repository === undefined || name === undefined) {
    throw notFound(`Could not resolve to a node with the global id of '${id}'`);
  }
  return { scope: writableRepository(context, repository.nodeId), name };
}

/** All or nothing, like the call of git's REST part; refusals in GraphQL's words. */
export async function apply(scope: Scope, updates: readonly RefUpdate[]): Promise<void> {
  const { hub, repository, viewer } = scope;
  try {
    await changeRefs(hub, repository, refAuthor(viewer, repository), updates);
  } catch (error) {
    if (error instanceof RefRefused) throw refusal(error);
    throw error;
  }
}

function refusal(error: RefRefused): GraphqlProblem {
  const { refusal: why, ref } = error;
  switch (why.reason) {
    case "exists":
      return unprocessable(`A ref named "${ref}" already exists in the repository.`);
    case "stale":
    case "missing":
      return new GraphqlProblem("STALE_DATA", `Reference ${ref} was not at the expected object.`);
    case "workflows":
      return forbidden();
    case "rules":
      return why.violation.source === "protection"
        ? new GraphqlProblem("BRANCH_PROTECTION_RULE_VIOLATION", why.violation.messages.join("\n"))
        : unprocessable(ruleViolationMessage(why.violation.messages));
    case "name-conflict":
    case "invalid-name":
      return unprocessable("Ref cannot be created");
    case "no-such-object":
      return unprocessable("Object does not exist");
    case "not-a-commit":
      return unprocessable("Object is not a commit");
    case "not-fast-forward":
      return unprocessable(`Reference ${ref} cannot be updated: not a fast forward`);
    case "default-branch":
      return unprocessable("The default branch cannot be deleted");
  }
}
