import { CODE_CHECK } from "../checks/wanted-checks.ts";
import type { Config } from "../config/schema.ts";
import { parseBackMergeBranch, parseHotfixBranch } from "../incident/names.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { UNGUARDED_QUERY, type UnguardedAnswer } from "./documents/unguarded-query.ts";
import { nodesOf } from "./read-commit.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isForbidden, runGraphql } from "./run-graphql.ts";

/**
 * Heads of open pull requests without a finished check of their code, of the hundred that changed last. One trip. None where the app may not read
 * checks: it could write none, and everything else that the repository is looked at for goes on.
 */
export async function listUnguarded(
  client: RepositoryClient,
  branches: Config["branches"],
): Promise<readonly Sha[]> {
  let isHidden = false;
  const { repository } = await runGraphql<UnguardedAnswer>(
    client,
    UNGUARDED_QUERY,
    { app: client.app.id, check: CODE_CHECK },
    (error) => {
      isHidden ||= isForbidden(error);
      return isForbidden(error);
    },
  );
  if (isHidden) return [];
  const open = nodesOf(repository.pullRequests).filter(({ headRefOid, commits, ...head }) => {
    if (!head.isCrossRepository && isOfIncident(branches, head.headRefName)) return false;
    const newest = nodesOf(commits).at(-1)?.commit;
    const runs = nodesOf(newest?.checkSuites).flatMap(({ checkRuns }) => nodesOf(checkRuns));
    return newest?.oid === headRefOid && !runs.some(({ status }) => status === "COMPLETED");
  });
  return [...new Set(open.map(({ headRefOid }) => headRefOid))];
}

/** Those are looked after with their incident. */
function isOfIncident(branches: Config["branches"], name: string): boolean {
  return parseHotfixBranch(branches, name) !== null || parseBackMergeBranch(branches, name) !== null;
}
