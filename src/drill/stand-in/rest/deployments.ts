import { conflict, notFound, validationFailed } from "../api-error.ts";
import { actOf } from "../collaboration/act.ts";
import {
  addDeployment,
  addDeploymentStatus,
  deploymentBody,
  deploymentStatusBody,
} from "../collaboration/deployments.ts";
import type { Hub } from "../hub.ts";
import type { Deployment, DeploymentStatus } from "../model/deployment.ts";
import { paginate } from "../pagination.ts";
import type { RepositoryContext, Reply } from "../router.ts";
import { readText } from "./read-body.ts";

const BASE = "/repos/{owner}/{repo}/deployments";
const DOCS = "https://docs.github.com/rest/deployments";

export function registerDeployments(hub: Hub): void {
  const { router } = hub;
  const read = { method: "GET", permissions: [{ deployments: "read" }], docs: DOCS } as const;
  const write = {
    method: "POST",
    permissions: [{ deployments: "write" }],
    role: "push",
    docs: DOCS,
  } as const;
  router.repository({ ...write, path: BASE, handler: create });
  router.repository({ ...write, path: `${BASE}/{deployment_id}/statuses`, handler: createStatus });
  router.repository({
    ...read,
    path: BASE,
    handler: (context) => {
      const { repository, query } = context;
      const wanted = { sha: query.get("sha"), environment: query.get("environment") };
      const found = repository.deployments.filter(
        (each) =>
          (wanted.sha === null || each.sha === wanted.sha) &&
          (wanted.environment === null || each.environment === wanted.environment),
      );
      return paginate(context, found.toReversed(), (each) => deploymentBody(hub, repository, each));
    },
  });
  router.repository({
    ...read,
    path: `${BASE}/{deployment_id}/statuses`,
    handler: (context) => {
      const deployment = deploymentOf(context);
      return paginate(context, deployment.statuses.toReversed(), (each) =>
        deploymentStatusBody(hub, context.repository, deployment, each),
      );
    },
  });
}

/** Refused while a check of the commit is red or running, unless told to ask for none: what the stand-in takes for granted. */
async function create(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository } = context;
  const ref = readText(body.ref) ?? "";
  const sha = await repository.git.resolveCommit(ref);
  if (sha === undefined) throw conflict(`No ref found for: ${ref}`);
  const deployment = addDeployment(actOf(context), {
    sha,
    ref,
    environment: readText(body.environment) ?? "production",
    description: readText(body.description),
  });
  return { status: 201, body: deploymentBody(hub, repository, deployment) };
}

function createStatus(context: RepositoryContext): Reply {
  const { body, hub, repository } = context;
  const deployment = deploymentOf(context);
  const state = readText(body.state);
  if (state === null || !isState(state)) {
    throw validationFailed({ resource: "DeploymentStatus", code: "invalid", field: "state" });
  }
  const status = addDeploymentStatus(actOf(context), deployment, {
    state,
    description: readText(body.description) ?? "",
    logUrl: readText(body.log_url) ?? "",
  });
  return { status: 201, body: deploymentStatusBody(hub, repository, deployment, status) };
}

function deploymentOf({ repository, params }: RepositoryContext): Deployment {
  const deployment = repository.deployments.find((each) => String(each.id) === params.deployment_id);
  if (deployment === undefined) throw notFound();
  return deployment;
}

function isState(text: string): text is DeploymentStatus["state"] {
  return ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"].includes(text);
}
