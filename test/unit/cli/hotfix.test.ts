import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hotfix } from "../../../src/cli/hotfix.ts";
import { jsonSchemaText } from "../../../src/config/json-schema.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...words: string[]) {
  const printed = { out: "", error: "" };
  const code = await hotfix(words, {
    out: (text) => void (printed.out += text),
    error: (text) => void (printed.error += text),
    cwd: folder,
    searchPath: "",
  });
  return { code, ...printed };
}

describe("hotfix", () => {
  it("lists its commands when asked, and fails when nothing is asked", async () => {
    const help = await run("--help");
    expect(help.code).toBe(0);
    expect(help.out).toMatch(/ {2}drill .*\n {2}render .*\n {2}schema .*\n {2}validate /u);
    expect((await run()).code).toBe(2);
  });

  it("suggests the command that was probably meant", async () => {
    const { code, error } = await run("vaildate");
    expect(code).toBe(2);
    expect(error).toContain('"vaildate" is not a command; did you mean validate?');
  });

  it("S9: does not take the name of a prototype's member for a command", async () => {
    expect((await run("constructor")).error).toContain('"constructor" is not a command');
  });

  it("starts on whatever node the machine has, and passes the exit code on", async () => {
    const bin = fileURLToPath(new URL("../../../bin/hotfix.js", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [bin, "schema"]);
    expect(stdout).toBe(jsonSchemaText());
    await expect(promisify(execFile)(process.execPath, [bin, "nonsense"])).rejects.toMatchObject({ code: 2 });
  });
});

it("hotfix prints all of it before it ends, also to somebody who reads slowly", async () => {
  const bin = fileURLToPath(new URL("../../../src/cli/hotfix.ts", import.meta.url));
  await mkdir(join(folder, ".github"));
  await writeFile(join(folder, ".github/hotfix.yml"), "checks: { forbid: [{ forbid: a }] }\n");
  await writeFile(join(folder, "many.txt"), "a\n".repeat(1_000));
  const child = spawn(process.execPath, [bin, "check", "--format", "json", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  // More than a pipe holds.
  expect(text.length).toBeGreaterThan(100_000);
  expect((JSON.parse(text) as { findings: unknown[] }).findings).toHaveLength(1_000);
});

it("hotfix ends quietly when nobody reads on", async () => {
  const bin = fileURLToPath(new URL("../../../src/cli/hotfix.ts", import.meta.url));
  const child = spawn(process.execPath, [bin, "schema"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  const errors: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  expect({ code, errors: Buffer.concat(errors).toString() }).toEqual({ code: 0, errors: "" });
});

describe("hotfix schema", () => {
  it("prints the JSON Schema", async () => {
    expect(await run("schema")).toEqual({ code: 0, out: jsonSchemaText(), error: "" });
  });

  it("refuses what it does not know", async () => {
    expect((await run("schema", "--yaml")).code).toBe(2);
  });
});

describe("hotfix validate", () => {
  it("says that a file is valid", async () => {
    await writeFile(join(folder, "good.yml"), "release: off\n");
    expect(await run("validate", "good.yml")).toEqual({ code: 0, out: "good.yml is valid\n", error: "" });
  });

  it("prints one line per problem and answers with 1", async () => {
    await mkdir(join(folder, ".github"), { recursive: true });
    await writeFile(join(folder, ".github/hotfix.yml"), "release: x\nversion: 2\n");
    const { code, error } = await run("validate");
    expect(code).toBe(1);
    expect(error.trimEnd().split("\n")).toEqual([
      ".github/hotfix.yml: version, line 2: found 2; allowed is 1",
      '.github/hotfix.yml: release, line 1: found "x"; allowed is create, adopt or off',
    ]);
  });

  it.each([[["no.yml"]], [["."]], [["a", "b"]], [["--help"]]])("is called wrongly with %j", async (words) => {
    expect((await run("validate", ...words)).code).toBe(2);
  });
});
