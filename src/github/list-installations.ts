import type { GitHubApi, InstallationClient } from "./repository-client.ts";

/** Installations that the app may act in; suspended ones are left out. Takes the app's own client. */
export async function listInstallations(app: GitHubApi): Promise<{ readonly id: number }[]> {
  const installations = await app.paginate(app.rest.apps.listInstallations, { per_page: 100 });
  return installations.filter((installation) => installation.suspended_at === null).map(({ id }) => ({ id }));
}

/** Repositories of an installation that can be written to. */
export async function listRepositories(
  client: InstallationClient,
): Promise<{ readonly owner: string; readonly repo: string }[]> {
  const { octokit } = client;
  const repositories = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, {
    per_page: 100,
  });
  return repositories
    .filter((repository) => !repository.archived && !repository.disabled)
    .map((repository) => ({ owner: repository.owner.login, repo: repository.name }));
}
