import type { TimelineEntry } from "../facts.ts";
import type { Say } from "../say.ts";
import type { IncidentState } from "../state.ts";
import type { Sha } from "../state/commit-facts.ts";
import type { DeploymentFacts, DeploymentStatusFacts } from "../state/deployment-facts.ts";

/** What deployments of the commits came to; that one was replaced or waits for its turn is no part of the story. */
export function deploymentEntries(
  say: Say,
  state: IncidentState,
  commits: ReadonlySet<Sha>,
): readonly TimelineEntry[] {
  return (state.deployments ?? [])
    .filter((each) => commits.has(each.commit))
    .flatMap((deployment) => [
      {
        at: deployment.at,
        recordedAt: deployment.at,
        kind: "deployment-created",
        text: say("Deployment of {commit} to {environment} asked for", {
          commit: deployment.commit.slice(0, 7),
          environment: deployment.environment,
        }),
        actor: deployment.creator.login,
        url: null,
      },
      ...deployment.statuses.flatMap((status) => statusEntries(say, deployment, status)),
    ]);
}

function statusEntries(
  say: Say,
  { environment }: DeploymentFacts,
  { state, at, creator, url }: DeploymentStatusFacts,
): readonly TimelineEntry[] {
  const told = (kind: string, text: string): readonly TimelineEntry[] => [
    { at, recordedAt: at, kind, text, actor: creator.login, url },
  ];
  switch (state) {
    case "success":
      return told("deployed", say("Deployed to {environment}", { environment }));
    case "failure":
    case "error":
      return told("deployment-failed", say("Deployment to {environment} failed", { environment }));
    case "in_progress":
      return told("deployment-started", say("Deployment to {environment} began", { environment }));
    case "inactive":
    case "queued":
    case "pending":
    case "waiting":
      return [];
  }
}
