import { expectThat } from "./eventually.ts";
import type { Stage } from "./stage.ts";

/** Prints the conversation, the graph and the documents of an incident that is over. */
export async function showWhatIsLeft(stage: Stage, issue: number): Promise<void> {
  const { narrator } = stage;
  const olga = stage.person("olga");
  narrator.heading(`The conversation on issue #${issue}`);
  for (const comment of await stage.onlooker.conversation(issue)) {
    narrator.quote(`\n--- @${comment.user?.login}, ${comment.created_at}`);
    narrator.quoteVisible(comment.body);
  }
  narrator.heading("The graph");
  narrator.quote(await olga.git("log", "--graph", "--all", "--oneline", "--decorate"));
  const files = (await olga.git("ls-tree", "-r", "--name-only", "origin/develop")).split("\n");
  const id = `-${String(issue).padStart(3, "0")}.md`;
  for (const folder of ["incidents", "retrospectives"]) {
    const path = files.find((file) => file.startsWith(`${folder}/`) && file.endsWith(id));
    expectThat(`a document in ${folder}/ on develop`, path !== undefined);
    narrator.heading(`${path} on develop`);
    narrator.quoteVisible(await olga.git("show", `origin/develop:${path}`));
  }
}
