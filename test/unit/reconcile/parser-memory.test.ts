import { expect, test } from "vitest";
import { runTask } from "../../../src/checks/evaluate.ts";
import { taskOf } from "../../../src/checks/file-task.ts";
import { compileRules } from "../../../src/checks/rule-set.ts";
import { ParserMemory } from "../../../src/reconcile/parser-memory.ts";

test("parsing for hours does not take more memory than parsing for a minute", async () => {
  const ruleSet = compileRules([{ forbid: "totalAmount", in: ["**"] }]);
  const task = taskOf("a.ts", "100644", ruleSet)!;
  const bytes = Buffer.from(
    `${"const a = { b: [1, 2, 3], c: () => d?.e };\n".repeat(3_000)}o.totalAmount;\n`,
  );
  const memory = new ParserMemory();
  async function parseTimes(times: number): Promise<number> {
    for (let time = 0; time < times; time += 1) {
      runTask(task, bytes, (characters) => memory.parsed(characters));
      await memory.settle();
    }
    return process.memoryUsage.rss() / 1_000_000;
  }
  const before = await parseTimes(5);
  const after = await parseTimes(30);
  // 30 trees that nobody frees take more than 150 MB.
  expect(after - before).toBeLessThan(75);
});
