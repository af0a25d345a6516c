import { eventually, expectThat } from "./eventually.ts";
import type { Stage } from "./stage.ts";

/** Olga approves and merges a pull request to main; then the tag and the release must come. Returns the merge commit. */
export async function approveAndMerge(
  stage: Stage,
  number: number,
  tag: string,
  method: "merge" | "squash" | "rebase" = "merge",
): Promise<string> {
  const { narrator, onlooker } = stage;
  const olga = stage.person("olga");
  await stage.pace.pause();
  const body = "Reads well, and a test says so.";
  await olga.octokit.rest.pulls.createReview({ ...stage.at, pull_number: number, event: "APPROVE", body });
  narrator.person("olga", `approves #${number}`);
  await stage.pace.pause();
  const { data: merged } = await olga.octokit.rest.pulls.merge({
    ...stage.at,
    pull_number: number,
    merge_method: method,
  });
  narrator.person("olga", `merges #${number} into main (${method}) as ${merged.sha.slice(0, 7)}`);
  await eventually(`tag ${tag} on the merge commit`, async () => {
    await olga.git("fetch", "--quiet", "--tags", "--prune", "origin");
    return (await taggedCommit(stage, tag)) === merged.sha;
  });
  expectThat("the tag is annotated", (await olga.git("cat-file", "-t", tag)).trim() === "tag");
  narrator.app(`annotated tag ${tag} on ${merged.sha.slice(0, 7)}`);
  const release = await eventually(`release ${tag}`, () => onlooker.release(tag));
  narrator.app(`release ${release.name}`);
  return merged.sha;
}

async function taggedCommit(stage: Stage, tag: string): Promise<string> {
  try {
    return (await stage.person("olga").git("rev-parse", "--verify", "--quiet", `${tag}^{commit}`)).trim();
  } catch (error) {
    // git's exit code while the tag does not exist.
    if (error instanceof Error && "code" in error && error.code === 1) return "";
    throw error;
  }
}
