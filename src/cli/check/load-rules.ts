import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { compileRules, type RuleSet, rulesOf } from "../../checks/rule-set.ts";
import { CONFIGURATION_PATH } from "../../config/configuration-path.ts";
import { FileCache } from "./file-cache.ts";

/** The text of the configuration; null where there is none, and none was named. */
export function readConfiguration(root: string, named: string | undefined): string | null {
  return read(named ?? join(root, CONFIGURATION_PATH));
}

/** What the last run over this folder with this configuration found. */
export function openCache(root: string, text: string | null, folder: string | undefined): FileCache {
  // The empty rule set stands for the engine's own version.
  const basis = JSON.stringify([compileRules([]).canonical, root, text]);
  const home = folder ?? join(homedir(), ".cache", "hotfix-responder", "check");
  return new FileCache(join(home, nameOf(root)), basis);
}

/**
 * The rules of the working tree's own configuration file (the app reads the default branch's). A list of sentences where it is wrong.
 */
export async function loadRules(text: string | null, cache: FileCache): Promise<RuleSet | readonly string[]> {
  const known = text === null ? [] : cache.rules();
  if (known !== null || text === null) return compileRules(known ?? []);
  // Loaded only for a configuration that is new: validating costs more than a run in which nothing changed.
  const { parseConfiguration } = await import("../../config/parse.ts");
  const parsed = parseConfiguration(text);
  if (!parsed.ok) return parsed.problems.map((problem) => `${CONFIGURATION_PATH}: ${problem}`);
  const { rules } = parsed.config.checks;
  // The parser is only loaded for those who have such rules.
  const disabled =
    rules.length === 0 ? [] : (await import("../../checks/properties/pattern-rules.ts")).disabledRules(rules);
  return disabled.length === 0
    ? compileRules(rulesOf(parsed.config))
    : disabled.map(({ sentence }) => `${CONFIGURATION_PATH}: ${sentence}`);
}

/** A configuration that is there and cannot be read, with a sentence for people. */
export class Unreadable extends Error {}

function read(path: string): string | null {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || stat.isDirectory()) return null;
    // A pipe would be waited for.
    if (!stat.isFile()) throw new Unreadable(`${path}: it is no file`);
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    if (code === "ENOTDIR") return null;
    throw new Unreadable(`${path}: it cannot be read (${code})`);
  }
}

/** FNV-1a: two folders that share a name only take turns, because the cache knows its folder. */
function nameOf(root: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(root)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
