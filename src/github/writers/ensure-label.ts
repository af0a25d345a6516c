import { statusOf } from "../http-status.ts";
import type { RepositoryClient } from "../repository-client.ts";

/** Whether the repository has the label now; makes it where it is missing and this app may. */
export async function ensureLabel(
  client: RepositoryClient,
  name: string,
  description: string,
): Promise<boolean> {
  const { octokit, owner, repo } = client;
  try {
    await octokit.rest.issues.getLabel({ owner, repo, name });
    return true;
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
  try {
    await octokit.rest.issues.createLabel({ owner, repo, name, description, color: "5319e7" });
    return true;
  } catch (error) {
    const status = statusOf(error);
    // Somebody made it in the same moment, or it is not shown yet (F1).
    if (status === 422) return true;
    if (status === 403 || status === 404) return false;
    throw error;
  }
}
