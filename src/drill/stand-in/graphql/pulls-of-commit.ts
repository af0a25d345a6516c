import { type OpenPull, pullsOf } from "../collaboration/branch-pulls.ts";
import { connection, type PageArguments } from "./connection.ts";
import { demandRead, type Fields, type Scope } from "./scope.ts";

export interface PullArguments extends PageArguments {
  readonly states?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
  readonly labels?: readonly string[] | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
}

export function pullState({ issue, pull }: OpenPull): "OPEN" | "CLOSED" | "MERGED" {
  if (pull.merged) return "MERGED";
  return issue.state === "open" ? "OPEN" : "CLOSED";
}

/** Pull requests of a repository. Without an order: as they were made. */
export function pullsConnection(scope: Scope, pulls: readonly OpenPull[], wanted: PullArguments): Fields {
  demandRead(scope, "pull_requests");
  const chosen = pulls.filter(
    (it) =>
      (!wanted.states || wanted.states.includes(pullState(it))) &&
      (!wanted.headRefName || it.pull.head.ref === wanted.headRefName) &&
      (!wanted.baseRefName || it.pull.base.ref === wanted.baseRefName) &&
      (!wanted.labels || it.issue.labels.some((label) => wanted.labels?.includes(label.name))),
  );
  const field = wanted.orderBy?.field === "UPDATED_AT" ? "updatedAt" : "createdAt";
  const rising = chosen.toSorted(
    (a, b) => a.issue[field].getTime() - b.issue[field].getTime() || a.issue.number - b.issue.number,
  );
  const ordered = wanted.orderBy?.direction === "DESC" ? rising.toReversed() : rising;
  return connection("pullRequests", ordered, wanted, ({ issue }) => scope.types.pullRequest(scope, issue));
}

/** Open pull requests that contain the commit, and merged ones that brought it. */
export async function pullsOfCommit(scope: Scope, oid: string, wanted: PullArguments): Promise<Fields> {
  const { repository } = scope;
  const found: OpenPull[] = [];
  for (const candidate of pullsOf(repository)) {
    const { pull, issue } = candidate;
    if (!pull.merged && issue.state === "closed") continue;
    const isMergeCommit = pull.merged && pull.mergeCommitSha === oid;
    if (isMergeCommit || (await brings(scope, pull.base.sha, pull.head.sha, oid))) found.push(candidate);
  }
  return pullsConnection(scope, found, wanted);
}

async function brings({ repository }: Scope, base: string, head: string, oid: string): Promise<boolean> {
  const { git } = repository;
  return (await git.isAncestor(oid, head)) && !(await git.isAncestor(oid, base));
}
