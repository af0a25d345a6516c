import { ApiError } from "../api-error.ts";
import { type Act, actOf } from "../collaboration/act.ts";
import { AutoMergeRefused, disableAutoMerge, enableAutoMerge } from "../collaboration/auto-merge.ts";
import { addComment, editComment } from "../collaboration/comments.ts";
import { closePullRequest, setDraft } from "../collaboration/pulls.ts";
import type { Issue, MergeMethod } from "../model.ts";
import type { Context } from "../router.ts";
import { commentFields } from "./comment.ts";
import { createCommitOnBranch } from "./create-commit.ts";
import { GraphqlProblem, notFound, unprocessable } from "./problem.ts";
import { scopeOf, threadById } from "./query.ts";
import { createRef, deleteRef, updateRef, updateRefs } from "./ref-mutations.ts";
import { demandWrite, type Fields, isVisible, type Scope } from "./scope.ts";

/** Input that every mutation has. */
interface Input {
  readonly clientMutationId?: string | null;
}

interface PullInput extends Input {
  readonly pullRequestId: string;
}

interface AutoMergeInput extends PullInput {
  readonly mergeMethod?: string | null;
  readonly commitHeadline?: string | null;
  readonly commitBody?: string | null;
  readonly expectedHeadOid?: string | null;
}

/** The root of mutations. Each is a content-creating call of its own (platform §7). */
export function mutationFields(context: Context): Fields {
  return Object.fromEntries(
    Object.entries(mutations).map(([name, mutate]) => [
      name,
      async ({ input }: { input: never }) => {
        context.markContentCreating();
        return { clientMutationId: clientIdOf(input), ...(await guarded(() => mutate(context, input))) };
      },
    ]),
  );
}

type Mutation = (context: Context, input: never) => Promise<Fields>;

const mutations: Readonly<Record<string, Mutation>> = {
  markPullRequestReadyForReview: (context, input: PullInput) =>
    onPull(context, input, (act, issue) => setDraft(act, issue, false)),
  convertPullRequestToDraft: (context, input: PullInput) =>
    onPull(context, input, (act, issue) => setDraft(act, issue, true)),
  closePullRequest: (context, input: PullInput) =>
    onPull(context, input, (act, issue) => closePullRequest(act, issue)),
  enablePullRequestAutoMerge: (context, input: AutoMergeInput) =>
    onPull(context, input, (act, issue, scope) => {
      demandWrite(scope, { contents: "write" }, "push");
      return enableAutoMerge(act, issue, {
        method: (input.mergeMethod ?? "MERGE").toLowerCase() as MergeMethod,
        title: input.commitHeadline ?? null,
        message: input.commitBody ?? null,
        expectedHead: input.expectedHeadOid ?? null,
      });
    }),
  disablePullRequestAutoMerge: (context, input: PullInput) =>
    onPull(context, input, (act, issue) => disableAutoMerge(act, issue, "Auto-merge was disabled")),
  addComment: addCommentTo,
  updateIssueComment: updateComment,
  createCommitOnBranch,
  createRef,
  updateRef,
  updateRefs,
  deleteRef,
};

function clientIdOf(input: Input): string | null {
  return input.clientMutationId ?? null;
}

/** What the REST part refuses with a sentence is an `UNPROCESSABLE` here. */
async function guarded(work: () => Promise<Fields>): Promise<Fields> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AutoMergeRefused) throw unprocessable(error.message);
    if (error instanceof ApiError) {
      const details = (error.errors ?? []).map((it) =>
        typeof it === "string" ? it : (it.message ?? it.code),
      );
      const type = error.status === 403 ? "FORBIDDEN" : error.status === 404 ? "NOT_FOUND" : "UNPROCESSABLE";
      throw new GraphqlProblem(type, details.join(", ") || error.message);
    }
    throw error;
  }
}

async function onPull(
  context: Context,
  input: PullInput,
  change: (act: Act, issue: Issue, scope: Scope) => Promise<void>,
): Promise<Fields> {
  const { scope, issue } = threadById(context, input.pullRequestId, "PullRequest");
  demandWrite(scope, { pull_requests: "write" }, issue.author === viewerAccount(scope) ? "pull" : "push");
  const act = actOf(scope);
  await change(act, issue, scope);
  return { pullRequest: () => scope.types.pullRequest(scope, issue), actor: null };
}

function viewerAccount({ viewer }: Scope): unknown {
  return viewer.kind === "user" ? viewer.account : null;
}

async function addCommentTo(
  context: Context,
  input: Input & { readonly subjectId: string; readonly body: string },
): Promise<Fields> {
  const { scope, issue } = threadById(context, input.subjectId, "IssueOrPullRequest");
  const permission = issue.pullRequest === null ? "issues" : "pull_requests";
  demandWrite(scope, { [permission]: "write" }, "pull");
  const comment = addComment(actOf(scope), issue, input.body);
  return {
    commentEdge: () => ({ cursor: String(comment.id), node: commentFields(scope, comment) }),
    subject: () =>
      issue.pullRequest === null ? scope.types.issue(scope, issue) : scope.types.pullRequest(scope, issue),
  };
}

async function updateComment(
  context: Context,
  input: Input & { readonly id: string; readonly body: string },
): Promise<Fields> {
  for (const repository of context.hub.repositories.values()) {
    if (!isVisible(context.viewer, repository)) continue;
    const comment = [...repository.comments.values()].find((it) => it.nodeId === input.id);
    if (comment === undefined) continue;
    const scope = scopeOf(context, repository);
    const isOwn = comment.author === actOf(scope).actor;
    demandWrite(scope, { issues: "write" }, isOwn ? "pull" : "push");
    editComment(actOf(scope), comment, input.body);
    return { issueComment: () => commentFields(scope, comment) };
  }
  throw notFound(`Could not resolve to a node with the global id of '${input.id}'`);
}
