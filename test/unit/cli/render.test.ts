import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hotfix } from "../../../src/cli/hotfix.ts";
import { checkoutLanded } from "../../support/facts-builder.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "render-"));
  await put("facts.json", JSON.stringify(checkoutLanded()));
});
afterAll(() => rm(folder, { recursive: true }));

function put(name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text);
}

async function run(...words: string[]) {
  const printed = { out: "", error: "" };
  const code = await hotfix(words, {
    out: (text) => void (printed.out += text),
    error: (text) => void (printed.error += text),
    cwd: folder,
    searchPath: "",
    variables: {},
  });
  return { code, ...printed };
}

describe("hotfix render", () => {
  it.each([
    ["incident-report", "EUR 9,792"],
    ["retrospective", "**excellent**"],
    ["stakeholder-update", "correction released"],
    ["public-update", "service disruption"],
    ["release-notes", "What changed"],
    ["status", "SLA deadline"],
    ["facts", '"PAYMENT-CRITICAL-007"'],
  ])("writes the %s from a file of facts", async (document, text) => {
    const { code, out, error } = await run("render", document, "--facts", "facts.json");
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out).toContain(text);
  });

  it("says what is wrong with a call, with a file and with facts", async () => {
    expect(await run("render", "incidentreport", "--facts", "facts.json")).toMatchObject({
      code: 2,
      error: expect.stringContaining("did you mean incident-report?") as string,
    });
    expect((await run("render", "status")).code).toBe(2);
    expect((await run("render", "status", "--facts", "facts.json", "--locale", "de")).code).toBe(2);
    expect((await run("render", "status", "--incident", "acme/shop")).error).toContain("owner/repo#7");
    expect((await run("render", "status", "--facts", "none.json")).error).toContain("cannot be read");
    await put("broken.json", "{");
    expect((await run("render", "status", "--facts", "broken.json")).error).toContain("is not JSON");
    await put("empty.json", "{}");
    expect(await run("render", "status", "--facts", "empty.json")).toMatchObject({
      code: 1,
      error: expect.stringContaining("not the facts of an incident") as string,
    });
  });

  it("needs credentials to ask GitHub, and says which", async () => {
    const { code, error } = await run("render", "status", "--incident", "acme/shop#7");
    expect(code).toBe(1);
    expect(error).toContain("APP_ID");
  });
});

describe("hotfix validate", () => {
  it("knows a document whose front matter is right, and one where it is not", async () => {
    const { out } = await run("render", "incident-report", "--facts", "facts.json");
    await put("good.md", out);
    expect(await run("validate", "good.md")).toMatchObject({ code: 0, out: "good.md is valid\n" });
    await put("bad.md", out.replace("minutes: 30", "minutes: soon"));
    expect((await run("validate", "bad.md")).error).toContain("bad.md: front matter.sla.minutes: ");
    await put("none.md", "# Notes\n");
    expect((await run("validate", "none.md")).error).toContain("no front matter");
    await put("yaml.md", "---\na: [\n---\n");
    expect((await run("validate", "yaml.md")).code).toBe(1);
  });

  it.each([
    ["closing.hbs", "{{id}} is over", null],
    ["closing.hbs", "{{nobody}}", '"nobody" not defined'],
    ["closing.hbs", "{{#each}", "Parse error"],
    ["closing.hbs", "{{{title}}}", "escape nothing"],
    ["closing.hbs", "{{> closing-again}}", "closing-again"],
    ["closing.hbs", "{{lookup this 'constructor'}}", "prints a value"],
    ["unheard-of.hbs", "x", "no text of the app has this name"],
    ["closing.hbs", "x".repeat(60_000), "longer than 50000"],
  ])("tries the template %s: %s", async (name, text, problem) => {
    await put(name, text);
    const { code, error } = await run("validate", name);
    expect(code).toBe(problem === null ? 0 : 1);
    expect(error).toContain(problem ?? "");
  });
});
