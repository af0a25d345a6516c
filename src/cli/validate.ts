import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readFrontMatter } from "../config/front-matter-schema.ts";
import { loadTemplates } from "../config/load-templates.ts";
import { parseConfiguration } from "../config/parse.ts";
import { CONFIGURATION_PATH } from "../config/resolve.ts";
import { tryTemplates } from "../documents/try-templates.ts";
import type { Command } from "./command.ts";

/** Checks one file on disk and prints what is wrong with it: a configuration, a template or a document, told by its ending. */
export const validate: Command = async (words, terminal) => {
  if (words.length > 1 || words[0]?.startsWith("-") === true) {
    terminal.error("Usage: hotfix validate [file]\n");
    return 2;
  }
  const name = words[0] ?? CONFIGURATION_PATH;
  const text = await read(resolve(terminal.cwd, name));
  if (text === null) {
    terminal.error(`${name}: there is no such file\n`);
    return 2;
  }
  const problems = await problemsOf(name, text);
  if (problems.length === 0) {
    terminal.out(`${name} is valid\n`);
    return 0;
  }
  for (const problem of problems) terminal.error(`${name}: ${problem}\n`);
  return 1;
};

async function problemsOf(name: string, text: string): Promise<readonly string[]> {
  if (name.endsWith(".hbs")) return templateProblems(name, text);
  if (name.endsWith(".md")) {
    const reading = readFrontMatter(text);
    return reading.ok ? [] : reading.problems;
  }
  const parsed = parseConfiguration(text);
  return parsed.ok ? [] : parsed.problems;
}

/** Its name is its path below the folder of templates; without such a folder, the name of the file. */
async function templateProblems(path: string, text: string): Promise<readonly string[]> {
  const plain = path.replaceAll("\\", "/").replace(/\.hbs$/u, "");
  const name = /(?:^|\/)(?:hotfix-)?templates\/(?:it\/)?(.+)$/u.exec(plain)?.[1] ?? plain.split("/").at(-1)!;
  return Object.values(tryTemplates(await loadTemplates(), { [name]: text }, "en"));
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
    throw error;
  }
}
