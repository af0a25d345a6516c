import type { Issue, Repository } from "../model.ts";
import type { Act } from "./act.ts";
import { addPull } from "./pulls.ts";

/** Opens a pull request from a fork. As on GitHub, its commits can be read in the repository that it is opened in. */
export async function proposeFromFork(
  act: Act,
  fork: Repository,
  content: { readonly branch: string; readonly base: string; readonly title: string },
): Promise<Issue> {
  const { git } = act.repository;
  const sha = fork.git.branch(content.branch);
  const base = git.branch(content.base);
  if (sha === undefined || base === undefined) throw new Error("no such branch");
  await git.run(["fetch", "--quiet", "--no-write-fetch-head", fork.git.path, sha]);
  const { title } = content;
  return addPull(
    act,
    { title, body: null, draft: false, maintainerCanModify: false },
    { head: { ref: content.branch, sha, fork }, base: { ref: content.base, sha: base } },
  );
}
