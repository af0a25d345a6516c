import type { IncidentFacts } from "../../incident/facts.ts";
import type { DeploymentFacts, DeploymentStatusFacts } from "../../incident/state/deployment-facts.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { code, inline, linkOrNull } from "../markdown.ts";
import { person } from "./people.ts";

/** What became of the newest version in one environment; templates word the kind. */
export interface DeploymentRow {
  readonly kind: "deployed" | "failed" | "under-way";
  readonly environment: SafeMarkdown;
  readonly at: string;
  /** A workflow or bot by its name, a person where people may be named; null: nobody is. */
  readonly by: SafeMarkdown | null;
  /** null: none was given, or it lies outside of the repository. */
  readonly evidence: SafeMarkdown | null;
}

const MOST_ENVIRONMENTS = 5;

const KINDS: Partial<Record<DeploymentStatusFacts["state"], DeploymentRow["kind"]>> = {
  success: "deployed",
  failure: "failed",
  error: "failed",
  in_progress: "under-way",
};

/** Of the last round that shipped: the newest word on each environment. That it waits, or was replaced since, is none. */
export function deploymentRows(facts: IncidentFacts): readonly DeploymentRow[] {
  const shipped = facts.rounds.findLast((round) => round.mergeCommit !== null && !round.isEmptyMerge);
  const newest = new Map<string, DeploymentRow>();
  for (const deployment of facts.deployments) {
    if (deployment.commit !== shipped?.mergeCommit) continue;
    for (const status of deployment.statuses) {
      const row = rowOf(facts, deployment, status);
      const before = newest.get(deployment.environment);
      const isNewer = before === undefined || Date.parse(before.at) <= Date.parse(status.at);
      if (row !== null && isNewer) newest.set(deployment.environment, row);
    }
  }
  return [...newest.values()].slice(0, MOST_ENVIRONMENTS);
}

function rowOf(
  facts: IncidentFacts,
  { environment }: DeploymentFacts,
  { state, at, creator, url }: DeploymentStatusFacts,
): DeploymentRow | null {
  const kind = KINDS[state];
  if (kind === undefined) return null;
  return {
    kind,
    environment: code(environment),
    at,
    by: creator.kind === "bot" ? inline(creator.login) : person(creator.login, facts.mayNamePeople),
    evidence: linkOrNull("log", url, facts.repository.url),
  };
}
