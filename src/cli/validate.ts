import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseConfiguration } from "../config/parse.ts";
import { CONFIGURATION_PATH } from "../config/resolve.ts";
import type { Command } from "./command.ts";

/** Checks one configuration file on disk and prints what is wrong with it. */
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
  const parsed = parseConfiguration(text);
  if (parsed.ok) {
    terminal.out(`${name} is valid\n`);
    return 0;
  }
  for (const problem of parsed.problems) terminal.error(`${name}: ${problem}\n`);
  return 1;
};

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
    throw error;
  }
}
