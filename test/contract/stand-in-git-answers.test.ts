import { describe, expect, test } from "vitest";
import { GitAnswers } from "../../src/drill/stand-in/git-answers.ts";
import type { GitResult } from "../../src/drill/stand-in/git-process.ts";

const ONE = "1".repeat(40);
const OTHER = "2".repeat(40);

describe("answers of git that the stand-in remembers", () => {
  test.each([
    [["rev-list", "--reverse", `${ONE}..${OTHER}`]],
    [["rev-list", ONE, `^${OTHER}`, "--", ":(literal)src/pay.js"]],
    [["merge-tree", "--write-tree", ONE, OTHER]],
  ])("asks %j once: it hangs on objects only", async (args) => {
    expect(await timesAsked(args, [ok("a"), ok("b")])).toEqual({ times: 1, last: "a" });
  });

  test.each([
    [["rev-list", "main"]],
    [["rev-list", "--all"]],
    [["rev-list", ONE, "--not", "--branches"]],
    [["rev-list", "HEAD", "--", ONE]],
    [["rev-parse", ONE]],
    [["update-ref", ONE]],
  ])("asks %j each time: a push can change it", async (args) => {
    expect(await timesAsked(args, [ok("a"), ok("b")])).toEqual({ times: 2, last: "b" });
  });

  test("asks again where an object was missing: it may have been pushed since", async () => {
    const missing = { code: 128, stdout: Buffer.alloc(0), stderr: "fatal: bad object" };
    expect(await timesAsked(["rev-list", ONE], [missing, ok("b")])).toEqual({ times: 2, last: "b" });
  });

  test("keeps that two commits conflict, which git says with exit code 1", async () => {
    const conflict = { code: 1, stdout: Buffer.from("conflict"), stderr: "" };
    expect(await timesAsked(["merge-tree", ONE, OTHER], [conflict, ok("b")])).toEqual({
      times: 1,
      last: "conflict",
    });
  });
});

async function timesAsked(args: readonly string[], results: readonly [GitResult, GitResult]) {
  const answers = new GitAnswers();
  let times = 0;
  const ask = (): Promise<GitResult> => Promise.resolve(results[times++ === 0 ? 0 : 1]);
  await answers.get(args, ask);
  const last = (await answers.get(args, ask)).stdout.toString();
  return { times, last };
}

function ok(text: string): GitResult {
  return { code: 0, stdout: Buffer.from(text), stderr: "" };
}
