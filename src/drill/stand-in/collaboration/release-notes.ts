import type { Hub } from "../hub.ts";
import type { Repository } from "../model.ts";
import { issuePage } from "../present-issue.ts";
import { repositoryPage } from "../present-repository.ts";
import { unverified } from "../unverified.ts";
import { pullsOf } from "./branch-pulls.ts";

unverified("releases/notes-text", "the exact words of generated release notes");

/** Merged pull requests since the previous tag, in the words of GitHub's generator. `.github/release.yml` is not read. */
export async function releaseNotes(
  hub: Hub,
  repository: Repository,
  tag: string,
  target: string,
  previous: string | null = null,
): Promise<{ readonly name: string; readonly body: string }> {
  const { git } = repository;
  const since = previous ?? (await previousTag(repository, tag, target));
  const range = since === null ? [target] : [target, `^refs/tags/${since}`];
  const commits = new Set(await git.revList([...range, "--"]));
  const merged = pullsOf(repository).filter(
    ({ pull }) => pull.merged && pull.mergeCommitSha !== null && commits.has(pull.mergeCommitSha),
  );
  const lines = merged.map(
    ({ issue }) => `* ${issue.title} by @${issue.author.login} in ${issuePage(hub, repository, issue)}`,
  );
  const page = repositoryPage(hub, repository);
  const changelog = since === null ? `${page}/commits/${tag}` : `${page}/compare/${since}...${tag}`;
  const changes = lines.length === 0 ? "" : `## What's Changed\n${lines.join("\n")}\n\n\n`;
  return { name: tag, body: `${changes}**Full Changelog**: ${changelog}` };
}

async function previousTag(repository: Repository, tag: string, target: string): Promise<string | null> {
  const args = ["describe", "--tags", "--abbrev=0", `--exclude=${tag}`, target];
  const result = await repository.git.try(args);
  return result.code === 0 ? result.stdout.toString().trim() : null;
}
