import { ApiError, notFound, validationFailed } from "../api-error.ts";
import { actOf } from "../collaboration/act.ts";
import { addStatus, combinedState, latestStatuses, statusesOf } from "../collaboration/statuses.ts";
import type { Hub } from "../hub.ts";
import type { CommitStatus } from "../model/commit-status.ts";
import { paginate } from "../pagination.ts";
import { statusBody } from "../present-check.ts";
import { minimalRepository, repositoryUrl } from "../present-repository.ts";
import type { RepositoryContext, Reply } from "../router.ts";
import { readText } from "./read-body.ts";

const BASE = "/repos/{owner}/{repo}";
const DOCS = "https://docs.github.com/rest/commits/statuses";

export function registerStatuses(hub: Hub): void {
  const { router } = hub;
  const read = { method: "GET", permissions: [{ statuses: "read" }], docs: DOCS, greedy: ["ref"] } as const;
  router.repository({
    method: "POST",
    path: `${BASE}/statuses/{sha}`,
    permissions: [{ statuses: "write" }],
    role: "push",
    docs: DOCS,
    handler: create,
  });
  router.repository({
    ...read,
    path: `${BASE}/commits/{ref}/statuses`,
    handler: async (context) =>
      paginate(context, statusesOf(context.repository, await commitOf(context)).toReversed(), (status) =>
        statusBody(hub, context.repository, status),
      ),
  });
  router.repository({ ...read, path: `${BASE}/commits/{ref}/status`, handler: combined });
}

async function commitOf(context: RepositoryContext): Promise<string> {
  const sha = await context.repository.git.resolveCommit(context.params.ref ?? "");
  if (sha === undefined) throw notFound();
  return sha;
}

async function combined(context: RepositoryContext): Promise<Reply> {
  const { hub, repository } = context;
  const sha = await commitOf(context);
  const latest = latestStatuses(repository, sha);
  const root = repositoryUrl(hub, repository);
  return {
    status: 200,
    body: {
      state: combinedState(latest),
      statuses: latest.map((status) => {
        const { creator: _, ...body } = statusBody(hub, repository, status);
        return body;
      }),
      sha,
      total_count: latest.length,
      repository: minimalRepository(hub, repository),
      commit_url: `${root}/commits/${sha}`,
      url: `${root}/commits/${sha}/status`,
    },
  };
}

async function create(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository, params } = context;
  const sha = params.sha ?? "";
  if ((await repository.git.commit(sha)) === undefined) {
    throw new ApiError(422, `No commit found for SHA: ${sha}`);
  }
  const state = readText(body.state);
  if (state === null || !isState(state)) {
    throw validationFailed({ resource: "Status", code: "invalid", field: "state" });
  }
  const description = readText(body.description);
  if (description !== null && description.length > 140) {
    throw validationFailed({
      resource: "Status",
      code: "custom",
      field: "description",
      message: "description is too long (maximum is 140 characters)",
    });
  }
  const status = await addStatus(actOf(context), {
    sha,
    state,
    description,
    context: readText(body.context) ?? "default",
    targetUrl: readText(body.target_url),
  });
  return { status: 201, body: statusBody(hub, repository, status) };
}

function isState(text: string): text is CommitStatus["state"] {
  return ["error", "failure", "pending", "success"].includes(text);
}
