import { statusOf } from "./http-status.ts";
import type { RepositoryClient } from "./repository-client.ts";

export interface ListedIncident {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly labels: readonly string[];
}

/** Open issues with the label. Empty where issues are switched off. */
export function listOpenIncidents(client: RepositoryClient, label: string): Promise<ListedIncident[]> {
  return list(client, { labels: label, state: "open" });
}

/** Closed issues with the label that changed since `since` (ISO 8601): they may still owe a tag, a landing or a document. */
export function listClosedIncidents(
  client: RepositoryClient,
  label: string,
  since: string,
): Promise<ListedIncident[]> {
  return list(client, { labels: label, state: "closed", since });
}

async function list(
  client: RepositoryClient,
  filter: { readonly labels: string; readonly state: "open" | "closed"; readonly since?: string },
): Promise<ListedIncident[]> {
  const { octokit, owner, repo } = client;
  try {
    const issues = await octokit.paginate(octokit.rest.issues.listForRepo, {
      owner,
      repo,
      per_page: 100,
      ...filter,
    });
    return issues
      .filter((issue) => issue.pull_request === undefined)
      .map((issue) => ({
        number: issue.number,
        state: issue.state === "closed" ? "closed" : "open",
        labels: issue.labels.map((each) => (typeof each === "string" ? each : (each.name ?? ""))),
      }));
  } catch (error) {
    if (statusOf(error) === 410) return [];
    throw error;
  }
}
