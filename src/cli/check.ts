import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Evaluation } from "../checks/evaluation.ts";
import type { Finding } from "../checks/finding.ts";
import type { RuleSet } from "../checks/rule-set.ts";
import { systemClock } from "../reconcile/clock.ts";
import {
  findWorkplace,
  GitFailed,
  isIgnored,
  listFiles,
  stagedFiles,
  unlookedAt,
  type Workplace,
} from "./check/list-files.ts";
import { loadRules, openCache, readConfiguration, Unreadable } from "./check/load-rules.ts";
import { githubReport, jsonReport, textReport, visible } from "./check/report.ts";
import { scanFiles, startHelper } from "./check/scan.ts";
import type { Command, Terminal } from "./command.ts";

const USAGE = `Usage: hotfix check [path] [options]
  --staged          check what is about to be committed, as git has it
  --fix             write the replacements that the rules name
  --format FORMAT   text (default), json, sarif or github
  --config FILE     default: .github/hotfix.yml of the repository
  --cache FOLDER    default: ~/.cache/hotfix-responder/check
Exit code: 0 clean or only warnings, 1 findings, 2 could not check.
`;

const FORMATS = ["text", "json", "sarif", "github"] as const;
type Format = (typeof FORMATS)[number];

interface Options {
  readonly path: string;
  readonly staged: boolean;
  readonly fix: boolean;
  readonly format: Format;
  readonly config?: string | undefined;
  readonly cache?: string | undefined;
}

/** The check of forbidden code on a working tree: the same rules and the same engine as on GitHub. */
export const check: Command = async (words, terminal) => {
  if (words.includes("--help") || words.includes("-h")) {
    terminal.out(USAGE);
    return 0;
  }
  const options = parse(words, terminal.cwd);
  if (typeof options === "string") {
    terminal.error(`hotfix check: ${options}\n\n${USAGE}`);
    return 2;
  }
  const workplace = workplaceOf(resolve(terminal.cwd, options.path));
  if (workplace === null)
    return refuse(terminal, [`${visible(options.path)}: there is no such file or folder`]);
  const because = unlookedAt(workplace);
  if (because !== null) return refuse(terminal, [`${visible(options.path)}: ${because}`]);
  if (options.staged && !workplace.isRepository) return refuse(terminal, ["--staged needs a git repository"]);
  try {
    const text = readConfiguration(workplace.root, options.config);
    if (text === null && options.config !== undefined) {
      return refuse(terminal, [`${visible(options.config)}: there is no such file`]);
    }
    return await run(workplace, options, text, terminal);
  } catch (error) {
    if (error instanceof GitFailed || error instanceof Unreadable) {
      return refuse(terminal, [visible(error.message)]);
    }
    throw error;
  }
};

async function run(
  workplace: Workplace,
  options: Options,
  text: string | null,
  terminal: Terminal,
): Promise<number> {
  const cache = openCache(workplace.root, text, options.cache);
  const paths = options.staged || text === null ? [] : listFiles(workplace);
  if (paths.length === 0 && text !== null && !options.staged && isIgnored(workplace)) {
    return refuse(terminal, [`${visible(options.path)}: git ignores it, so it is not checked`]);
  }
  // It starts while the configuration is read.
  const helper = cache.isEmpty ? await startHelper(paths.length) : null;
  try {
    const ruleSet = await loadRules(text, cache);
    if (!("rules" in ruleSet)) return refuse(terminal, ruleSet);
    const evaluation = options.staged
      ? await evaluateStaged(workplace, ruleSet)
      : withLost(
          await scanFiles(workplace.root, paths, ruleSet, cache, helper, systemClock.now()),
          paths.filter((path) => path.includes("\uFFFD") && !existsSync(join(workplace.root, path))),
          ruleSet,
        );
    return await conclude(workplace, options, evaluation, ruleSet, terminal);
  } finally {
    helper?.stop();
  }
}

/** A name that is not UTF-8 cannot be opened by what is left of it: such a file must not count as clean. */
function withLost(found: Evaluation, lost: readonly string[], { rules, patterns }: RuleSet): Evaluation {
  const notes = lost
    .filter((path) => [...rules, ...patterns].some(({ covers }) => covers(path)))
    .map((path) => ({ path, sentence: "Its name is not valid UTF-8, not looked at.", incomplete: true }));
  return notes.length === 0 ? found : { ...found, notes: [...found.notes, ...notes] };
}

/** Fixes, reports, and the exit code. */
async function conclude(
  workplace: Workplace,
  options: Options,
  found: Evaluation,
  ruleSet: RuleSet,
  terminal: Terminal,
): Promise<number> {
  let evaluation = found;
  if (options.fix) {
    const { fixed, after } = await fixAll(workplace.root, evaluation, ruleSet);
    terminal.error(`${fixed} replaced\n`);
    evaluation = after;
  }
  terminal.out(await reportOf(options, evaluation, ruleSet));
  if (evaluation.findings.some(({ isAdvice }) => isAdvice !== true)) return 1;
  return evaluation.notes.some((note) => note.incomplete) ? 2 : 0;
}

function refuse(terminal: Terminal, sentences: readonly string[]): number {
  terminal.error(`${sentences.join("\n")}\n`);
  return 2;
}

function workplaceOf(path: string): Workplace | null {
  try {
    return findWorkplace(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** A sentence where the words are wrong. */
function parse(words: readonly string[], cwd: string): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        staged: { type: "boolean", default: false },
        fix: { type: "boolean", default: false },
        format: { type: "string", default: "text" },
        config: { type: "string" },
        cache: { type: "string" },
      },
    });
    const format = FORMATS.find((name) => name === values.format);
    if (format === undefined) return `--format is one of ${FORMATS.join(", ")}`;
    if (positionals.length > 1) return "one path at a time";
    if (values.staged && values.fix) {
      return "--fix changes files and --staged looks at what git has: fix first, then `git add`, then check";
    }
    const config = values.config === undefined ? undefined : resolve(cwd, values.config);
    const cache = values.cache === undefined ? undefined : resolve(cwd, values.cache);
    return { ...values, format, config, cache, path: positionals[0] ?? "." };
  } catch (error) {
    if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
      return error.message;
    }
    throw error;
  }
}

async function evaluateStaged(workplace: Workplace, ruleSet: RuleSet): Promise<Evaluation> {
  const { checkStaged } = await import("./check/check-staged.ts");
  return checkStaged(stagedFiles(workplace), ruleSet);
}

/**
 * Writes the fixes and looks again at the files they were for. Files are written in place: owner, mode and hard links stay. Each is looked at
 * once more before: places in a file that changed since it was checked would spoil it.
 */
async function fixAll(
  root: string,
  evaluation: Evaluation,
  ruleSet: RuleSet,
): Promise<{ readonly fixed: number; readonly after: Evaluation }> {
  const { applyFixes } = await import("../checks/apply-fixes.ts");
  const { evaluate } = await import("../checks/evaluate.ts");
  let fixed = 0;
  const left: Finding[] = [];
  for (const [path, findings] of Map.groupBy(evaluation.findings, (finding) => finding.path)) {
    if (findings.every(({ fix }) => fix === null)) {
      left.push(...findings);
      continue;
    }
    const findingsIn = (bytes: Uint8Array) => evaluate([{ path, mode: "100644", bytes }], ruleSet).findings;
    const bytes = readFileSync(join(root, path));
    const before = findingsIn(bytes);
    const fixes = before.flatMap(({ fix }) => fix ?? []);
    const written = fixes.length === 0 ? null : applyFixes(bytes, fixes);
    if (written !== null) writeFileSync(join(root, path), written);
    const after = written === null ? before : findingsIn(written);
    fixed += before.length - after.length;
    left.push(...after);
  }
  return { fixed, after: { ...evaluation, findings: left } };
}

async function reportOf(
  { format, staged }: Options,
  evaluation: Evaluation,
  ruleSet: RuleSet,
): Promise<string> {
  const rules = ruleSet.rules.length + ruleSet.patterns.length;
  const fix = staged ? "`hotfix check --fix` and `git add`" : "--fix";
  switch (format) {
    case "text":
      return textReport(evaluation, rules, fix);
    case "json":
      return jsonReport(evaluation);
    case "github":
      return githubReport(evaluation, rules, fix);
    case "sarif":
      return (await import("./check/sarif.ts")).sarifReport(evaluation, ruleSet);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
