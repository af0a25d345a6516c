import type { RepositoryClient } from "./repository-client.ts";

/** Numbers of the open issues that carry the label. */
export async function listOpenIncidents(client: RepositoryClient, label: string): Promise<number[]> {
  return list(client, { labels: label, state: "open" });
}

/** Numbers of the closed issues that carry the label and changed since then. */
export async function listClosedIncidents(
  client: RepositoryClient,
  label: string,
  since: Date,
): Promise<number[]> {
  return list(client, { labels: label, state: "closed", since: since.toISOString() });
}

async function list(
  { octokit, owner, repo }: RepositoryClient,
  query: { readonly labels: string; readonly state: "open" | "closed"; readonly since?: string },
): Promise<number[]> {
  const issues = await octokit.paginate(octokit.rest.issues.listForRepo, {
    owner,
    repo,
    ...query,
    per_page: 100,
  });
  // GitHub lists pull requests as issues.
  return issues.filter((issue) => issue.pull_request === undefined).map((issue) => issue.number);
}
