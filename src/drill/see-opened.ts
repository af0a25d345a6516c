import { eventually, expectThat } from "./eventually.ts";
import type { Stage } from "./stage.ts";

export interface Opened {
  readonly branch: string;
  readonly production: number;
  readonly backMerge: number;
}

/** Waits for branch, draft pull requests and status comment, and shows them. The comment must contain `texts`. */
export async function seeOpened(stage: Stage, issue: number, texts: readonly string[]): Promise<Opened> {
  const { narrator, onlooker } = stage;
  const branch = await eventually(
    `a branch hotfix/${issue}-...`,
    async () => (await onlooker.branches(`hotfix/${issue}-`))[0],
  );
  narrator.app(`branch ${branch}, cut from main`);
  const production = await eventually("a pull request to main", () => onlooker.pullRequestOf(branch, "main"));
  expectThat("the pull request to main is a draft", production.draft === true);
  narrator.app(`draft pull request #${production.number} to main: "${production.title}"`);
  const backMerge = await eventually("a pull request to develop", () =>
    onlooker.pullRequestOf(`backmerge/${issue}-develop`, "develop"),
  );
  narrator.app(`draft pull request #${backMerge.number} to develop: "${backMerge.title}"`);
  const status = await eventually("the status comment", async () => (await onlooker.conversation(issue))[0]);
  narrator.app("status comment on the issue:");
  narrator.quoteVisible(status.body);
  for (const text of [...texts, `#${production.number}`, `#${backMerge.number}`]) {
    expectThat(`the status comment says ${text}`, status.body.includes(text));
  }
  return { branch, production: production.number, backMerge: backMerge.number };
}
