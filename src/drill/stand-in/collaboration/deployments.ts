import { isoTime } from "../hub.ts";
import type { Hub } from "../hub.ts";
import type { Repository } from "../model.ts";
import type { Deployment, DeploymentStatus } from "../model/deployment.ts";
import { nodeId } from "../node-id.ts";
import { simpleUser } from "../present-account.ts";
import { repositoryUrl } from "../present-repository.ts";
import type { JsonObject } from "../router.ts";
import type { Act } from "./act.ts";

export function addDeployment(
  { hub, repository, actor }: Act,
  wanted: Pick<Deployment, "sha" | "ref" | "environment" | "description">,
): Deployment {
  const id = hub.nextId();
  const deployment: Deployment = {
    id,
    nodeId: nodeId("DE", id),
    creator: actor,
    createdAt: hub.now(),
    statuses: [],
    ...wanted,
  };
  repository.deployments.push(deployment);
  hub.emit(
    "deployment",
    "created",
    { deployment: webhookDeployment(hub, repository, deployment), workflow: null, workflow_run: null },
    { sender: actor, repository },
  );
  return deployment;
}

export function addDeploymentStatus(
  { hub, repository, actor }: Act,
  deployment: Deployment,
  wanted: Pick<DeploymentStatus, "state" | "description" | "logUrl">,
): DeploymentStatus {
  const id = hub.nextId();
  const status: DeploymentStatus = {
    id,
    nodeId: nodeId("DES", id),
    creator: actor,
    createdAt: hub.now(),
    ...wanted,
  };
  deployment.statuses.push(status);
  hub.emit(
    "deployment_status",
    "created",
    {
      deployment_status: deploymentStatusBody(hub, repository, deployment, status),
      deployment: webhookDeployment(hub, repository, deployment),
      workflow: null,
      workflow_run: null,
      check_run: null,
    },
    { sender: actor, repository },
  );
  return status;
}

/** The schema `deployment`. */
export function deploymentBody(hub: Hub, repository: Repository, deployment: Deployment): JsonObject {
  const url = `${repositoryUrl(hub, repository)}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: deployment.nodeId,
    task: "deploy",
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    created_at: isoTime(deployment.createdAt),
    updated_at: isoTime(deployment.statuses.at(-1)?.createdAt ?? deployment.createdAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(hub, repository),
    creator: simpleUser(hub, deployment.creator),
    sha: deployment.sha,
    ref: deployment.ref,
    payload: {},
    transient_environment: false,
    production_environment: deployment.environment === "production",
  };
}

function webhookDeployment(hub: Hub, repository: Repository, deployment: Deployment): JsonObject {
  return { ...deploymentBody(hub, repository, deployment), performed_via_github_app: null };
}

/** The schema `deployment-status`. */
export function deploymentStatusBody(
  hub: Hub,
  repository: Repository,
  deployment: Deployment,
  status: DeploymentStatus,
): JsonObject {
  const url = `${repositoryUrl(hub, repository)}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    creator: simpleUser(hub, status.creator),
    description: status.description,
    environment: deployment.environment,
    target_url: status.logUrl,
    created_at: isoTime(status.createdAt),
    updated_at: isoTime(status.createdAt),
    deployment_url: url,
    repository_url: repositoryUrl(hub, repository),
    ...(status.logUrl !== "" && { log_url: status.logUrl }),
    performed_via_github_app: null,
  };
}
