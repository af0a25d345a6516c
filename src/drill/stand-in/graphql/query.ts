import type { Issue, Repository } from "../model.ts";
import type { Context } from "../router.ts";
import { actorFields } from "./actor.ts";
import { commentFields, labelFields } from "./comment.ts";
import { gitObject } from "./git-object.ts";
import { GraphqlProblem, notFound } from "./problem.ts";
import { releaseFields } from "./release.ts";
import { type Fields, isVisible, type Scope, visibleRepository } from "./scope.ts";
import { fieldsByType } from "./fields-by-type.ts";
import { readNodeId } from "../node-id.ts";

export function scopeOf(context: Context, repository: Repository): Scope {
  return { hub: context.hub, viewer: context.viewer, context, repository, types: fieldsByType };
}

/** The root of queries. */
export function queryFields(context: Context): Fields {
  const { hub, viewer } = context;
  return {
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = visibleRepository(context, owner, name);
      if (repository === undefined) {
        throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return fieldsByType.repository(scopeOf(context, repository));
    },
    viewer: () => {
      if (viewer.kind === "user") return { ...actorFields(hub, viewer.account), __typename: "User" };
      if (viewer.kind === "installation") return { ...actorFields(hub, viewer.app.bot), __typename: "User" };
      throw new GraphqlProblem("FORBIDDEN", "Requires authentication");
    },
    user: ({ login }: { login: string }) => {
      const account = hub.findAccount(login);
      if (account?.type !== "User")
        throw notFound(`Could not resolve to a User with the login of '${login}'.`);
      return actorFields(hub, account);
    },
    node: ({ id }: { id: string }) => nodeById(context, id),
    nodes: ({ ids }: { ids: readonly string[] }) =>
      ids.map((id) => () => nodeById(context, id)).map((it) => it()),
    rateLimit: () => ({
      cost: 1,
      limit: 5000,
      nodeCount: 0,
      remaining: 4999,
      used: 1,
      resetAt: new Date(hub.now().getTime() + 3_600_000).toISOString().replace(/\.\d+Z$/, "Z"),
    }),
  };
}

async function nodeById(context: Context, id: string): Promise<Fields> {
  for (const repository of context.hub.repositories.values()) {
    if (!isVisible(context.viewer, repository)) continue;
    const found = await nodeIn(scopeOf(context, repository), id);
    if (found !== null) return found;
  }
  throw notFound(`Could not resolve to a node with the global id of '${id}'`);
}

async function nodeIn(scope: Scope, id: string): Promise<Fields | null> {
  const { repository } = scope;
  if (repository.nodeId === id) return fieldsByType.repository(scope);
  const issue = [...repository.issues.values()].find(
    (it) => it.nodeId === id || it.pullRequest?.nodeId === id,
  );
  if (issue !== undefined) {
    return issue.pullRequest === null
      ? fieldsByType.issue(scope, issue)
      : fieldsByType.pullRequest(scope, issue);
  }
  const comment = [...repository.comments.values()].find((it) => it.nodeId === id);
  if (comment !== undefined) return commentFields(scope, comment);
  const label = [...repository.labels.values()].find((it) => it.nodeId === id);
  if (label !== undefined) return labelFields(scope, label);
  const release = [...repository.releases.values()].find((it) => it.nodeId === id);
  if (release !== undefined) return releaseFields(scope, release);
  return gitNode(scope, id);
}

async function gitNode(scope: Scope, id: string): Promise<Fields | null> {
  const read = readNodeId(id);
  const [owner, name] = read === undefined ? [] : splitKey(read.key);
  if (read === undefined || Number(owner) !== scope.repository.id || name === undefined) return null;
  if (read.kind === "REF") return fieldsByType.ref(scope, name);
  return ["C", "T", "B", "TA"].includes(read.kind) ? gitObject(scope, name) : null;
}

function splitKey(key: string): readonly (string | undefined)[] {
  const colon = key.indexOf(":");
  return colon < 0 ? [] : [key.slice(0, colon), key.slice(colon + 1)];
}

/** An issue or pull request that a mutation names by its node id. */
export function threadById(
  context: Context,
  id: string,
  kind: "PullRequest" | "IssueOrPullRequest",
): { readonly scope: Scope; readonly issue: Issue } {
  for (const repository of context.hub.repositories.values()) {
    if (!isVisible(context.viewer, repository)) continue;
    for (const issue of repository.issues.values()) {
      if (issue.pullRequest?.nodeId === id || (kind !== "PullRequest" && issue.nodeId === id)) {
        return { scope: scopeOf(context, repository), issue };
      }
    }
  }
  throw notFound(`Could not resolve to a node with the global id of '${id}'`);
}
