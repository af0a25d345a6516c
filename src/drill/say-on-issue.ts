import { eventually, expectThat } from "./eventually.ts";
import type { Stage } from "./stage.ts";

/** Somebody writes a comment with commands; the app's answer is shown, and must contain `answers`. */
export async function sayOnIssue(
  stage: Stage,
  issue: number,
  login: string,
  lines: readonly string[],
  answers: readonly string[],
): Promise<void> {
  const { narrator, onlooker, pace } = stage;
  await pace.pause();
  const known = new Set((await onlooker.conversation(issue)).map(({ id }) => id));
  const { data } = await stage.person(login).octokit.rest.issues.createComment({
    ...stage.at,
    issue_number: issue,
    body: lines.join("\n"),
  });
  narrator.person(login, "comments:");
  for (const line of lines) narrator.quote(line);
  const answer = await eventually(`an answer to the comment of ${login}`, async () =>
    (await onlooker.conversation(issue)).find(
      ({ id, body }) => id !== data.id && !known.has(id) && answers.every((text) => body.includes(text)),
    ),
  );
  narrator.app("answers:");
  narrator.quoteVisible(answer.body);
  expectThat("the answer is in the app's own comment", answer.user?.login === "hotfix-responder[bot]");
}
