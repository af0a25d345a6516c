import { isoTime } from "../hub.ts";
import type { Deployment, DeploymentStatus } from "../model/deployment.ts";
import { unverified } from "../unverified.ts";
import { actorFields } from "./actor.ts";
import { connection, type PageArguments } from "./connection.ts";
import { demandRead, type Fields, type Scope } from "./scope.ts";

unverified("deployments/status-order", "GraphQL lists the statuses of a deployment with the newest first.");

interface DeploymentArguments extends PageArguments {
  readonly environments?: readonly string[] | null;
  readonly orderBy?: { readonly direction: "ASC" | "DESC" } | null;
}

/** null with an error of type FORBIDDEN where the viewer may not read deployments. */
export function deploymentsOfCommit(scope: Scope, sha: string, wanted: DeploymentArguments): Fields {
  demandRead(scope, "deployments");
  const found = scope.repository.deployments.filter(
    (each) => each.sha === sha && (wanted.environments?.includes(each.environment) ?? true),
  );
  const ordered = wanted.orderBy?.direction === "DESC" ? found.toReversed() : found;
  return connection("deployments", ordered, wanted, (each) => deploymentFields(scope, each));
}

function deploymentFields(scope: Scope, deployment: Deployment): Fields {
  return {
    __typename: "Deployment",
    id: deployment.nodeId,
    databaseId: deployment.id,
    commitOid: deployment.sha,
    environment: deployment.environment,
    originalEnvironment: deployment.environment,
    latestEnvironment: deployment.environment,
    description: deployment.description,
    createdAt: isoTime(deployment.createdAt),
    updatedAt: isoTime(deployment.statuses.at(-1)?.createdAt ?? deployment.createdAt),
    task: "deploy",
    creator: () => actorFields(scope.hub, deployment.creator),
    statuses: (page: PageArguments) =>
      connection("statuses", deployment.statuses.toReversed(), page, (each) => statusFields(scope, each)),
  };
}

function statusFields(scope: Scope, status: DeploymentStatus): Fields {
  return {
    __typename: "DeploymentStatus",
    id: status.nodeId,
    state: status.state.toUpperCase(),
    description: status.description,
    createdAt: isoTime(status.createdAt),
    updatedAt: isoTime(status.createdAt),
    logUrl: status.logUrl === "" ? null : status.logUrl,
    environmentUrl: null,
    creator: () => actorFields(scope.hub, status.creator),
  };
}
