import type { PullRequest, Repository } from "../model.ts";

export interface PullStats {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

const known = new WeakMap<Repository, Map<string, Promise<PullStats>>>();

/** Where a pull request's own commits begin: the merge base of both sides. */
export async function pullBase(repository: Repository, pull: PullRequest): Promise<string> {
  return (await repository.git.mergeBase(pull.base.sha, pull.head.sha)) ?? pull.base.sha;
}

/** Own commits, oldest first. */
export async function pullCommits(repository: Repository, pull: PullRequest): Promise<readonly string[]> {
  return repository.git.revList(["--reverse", "--topo-order", `${pull.base.sha}..${pull.head.sha}`]);
}

/** Sizes of the change, as the pull request's page shows them. */
export function pullStats(repository: Repository, pull: PullRequest): Promise<PullStats> {
  const ofRepository = known.get(repository) ?? new Map<string, Promise<PullStats>>();
  known.set(repository, ofRepository);
  const key = `${pull.base.sha}..${pull.head.sha}`;
  const stats = ofRepository.get(key) ?? measure(repository, pull);
  ofRepository.set(key, stats);
  return stats;
}

async function measure(repository: Repository, pull: PullRequest): Promise<PullStats> {
  const { git } = repository;
  const base = await pullBase(repository, pull);
  const [commits, numbers] = await Promise.all([
    git.run(["rev-list", "--count", `${pull.base.sha}..${pull.head.sha}`]),
    git.run(["diff", "--numstat", "--find-renames", base, pull.head.sha]),
  ]);
  const lines = numbers.split("\n").filter((line) => line !== "");
  const sum = (column: number): number =>
    // Binary files have a dash instead of numbers.
    lines.reduce((total, line) => total + (Number.parseInt(line.split("\t")[column] ?? "", 10) || 0), 0);
  return {
    commits: Number(commits.trim()),
    additions: sum(0),
    deletions: sum(1),
    changedFiles: lines.length,
  };
}
