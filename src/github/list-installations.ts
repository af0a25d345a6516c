import type { GitHubApi } from "./repository-client.ts";

/** Ids of the installations of the app that are not suspended. */
export async function listInstallations(octokit: GitHubApi): Promise<number[]> {
  const installations = await octokit.paginate(octokit.rest.apps.listInstallations, { per_page: 100 });
  return installations.filter(({ suspended_at: suspended }) => suspended === null).map(({ id }) => id);
}
