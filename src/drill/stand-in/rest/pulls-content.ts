import { pullBase, pullCommits } from "../collaboration/pull-stats.ts";
import { diffFiles } from "../diff.ts";
import type { Hub } from "../hub.ts";
import { paginate } from "../pagination.ts";
import { commitBody, diffEntry } from "../present-git.ts";
import { pullOf } from "../present-pull.ts";
import { PULL_READ, pullIssueOf } from "./pulls.ts";

const BASE = "/repos/{owner}/{repo}/pulls/{pull_number}";
/** Endpoint texts: at most 250 commits and 3,000 files. */
const MAX_COMMITS = 250;
const MAX_FILES = 3000;

export function registerPullContent(hub: Hub): void {
  const docs = "https://docs.github.com/rest/pulls/pulls";
  hub.router.repository({
    method: "GET",
    path: `${BASE}/commits`,
    permissions: PULL_READ,
    docs: `${docs}#list-commits-on-a-pull-request`,
    handler: async (context) => {
      const { repository } = context;
      const oids = await pullCommits(repository, pullOf(pullIssueOf(context)));
      return paginate(context, oids.slice(0, MAX_COMMITS), async (oid) => {
        const commit = await repository.git.commit(oid);
        if (commit === undefined) throw new Error(`commit ${oid} of a pull request vanished`);
        return commitBody(hub, repository, commit);
      });
    },
  });
  hub.router.repository({
    method: "GET",
    path: `${BASE}/files`,
    permissions: PULL_READ,
    docs: `${docs}#list-pull-requests-files`,
    handler: async (context) => {
      const { repository } = context;
      const pull = pullOf(pullIssueOf(context));
      const files = await diffFiles(repository.git, await pullBase(repository, pull), pull.head.sha);
      return paginate(context, files.slice(0, MAX_FILES), (file) =>
        diffEntry(hub, repository, file, pull.head.sha),
      );
    },
  });
}
