import type { InstallationClient } from "./repository-client.ts";

export interface ListedRepository {
  readonly owner: string;
  readonly repo: string;
}

/** Repositories that the installation covers and that can be written: archived and disabled ones are left out. */
export async function listRepositories({ octokit }: InstallationClient): Promise<ListedRepository[]> {
  const repositories = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, {
    per_page: 100,
  });
  return repositories
    .filter(({ archived, disabled }) => !archived && !disabled)
    .map(({ owner, name }) => ({ owner: owner.login, repo: name }));
}
