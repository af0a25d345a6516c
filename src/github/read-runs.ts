import type { CheckRunState } from "../checks/commit-state.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { checkStatusOf } from "./other-checks.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** All pages: on a commit that was looked at often the newest run may stand on any of them. One trip, two where there are several. */
export async function readRuns(client: RepositoryClient, sha: Sha): Promise<readonly CheckRunState[]> {
  const { total_count: total, check_runs: first } = await runsPage(client, sha, 1);
  const further = Array.from({ length: Math.ceil(total / RUNS_PER_PAGE) - 1 }, (_, index) => index + 2);
  const pages = await Promise.all(further.map((page) => runsPage(client, sha, page)));
  return [first, ...pages.map(({ check_runs: runs }) => runs)]
    .flat()
    .filter((run) => run.app?.id === client.app.id)
    .map((run) => ({
      id: run.id,
      name: run.name,
      status: checkStatusOf(run.status),
      conclusion: run.conclusion,
      title: run.output.title,
      summary: run.output.summary,
      externalId: run.external_id,
      annotations: run.output.annotations_count,
    }))
    .toSorted((one, other) => one.id - other.id);
}

const RUNS_PER_PAGE = 100;

async function runsPage({ octokit, owner, repo, app }: RepositoryClient, sha: Sha, page: number) {
  const { data } = await octokit.rest.checks.listForRef({
    owner,
    repo,
    ref: sha,
    app_id: app.id,
    filter: "all",
    per_page: RUNS_PER_PAGE,
    ...(page > 1 && { page }),
  });
  return data;
}
