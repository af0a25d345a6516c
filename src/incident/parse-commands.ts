import type { Command, CommandName } from "./command.ts";
import { commandSyntax, type Syntax } from "./commands.ts";
import type { Saying } from "./say.ts";
import { editDistance } from "../config/edit-distance.ts";

export type ParsedCommand =
  | { readonly ok: true; readonly line: string; readonly command: Command }
  /** `why` says what is wrong with the line; `suggestion` is the nearest command line that would be right. */
  | {
      readonly ok: false;
      readonly line: string;
      readonly why: string | Saying;
      readonly suggestion: string | null;
    };

/** All commands of a comment in the order of their lines. */
export function parseCommands(body: string): readonly ParsedCommand[] {
  return commandLines(body).map(parseLine);
}

/** Lines that begin with `/hotfix`, outside fences, indented code, quotes and HTML comments. */
function commandLines(body: string): readonly string[] {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const raw of body.replace(/<!--[\s\S]*?(?:-->|$)/gu, "").split(/\r\n|\r|\n/u)) {
    const mark: string | undefined = /^ {0,3}(`{3,}|~{3,})/u.exec(raw)?.[1];
    if (fence !== null) {
      if (
        mark !== undefined &&
        mark[0] === fence[0] &&
        mark.length >= fence.length &&
        /^\s*[`~]+\s*$/u.test(raw)
      )
        fence = null;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    // Telephones write the first letter of a line large.
    if (/^ {0,3}\/hotfix(?:\s|$)/iu.test(raw)) lines.push(raw.trim().slice(0, 1000));
  }
  return lines;
}

function parseLine(line: string): ParsedCommand {
  const [, word = "help", rest = ""] = /^\/hotfix(?:\s+(\S+)(?:\s+(.*))?)?$/iu.exec(line) ?? [];
  const syntax = commandSyntax.find(({ name }) => name === word.toLowerCase());
  if (syntax === undefined) {
    const nearest = nearestCommand(word);
    return { ok: false, line, why: "there is no such command", suggestion: nearest?.usage ?? null };
  }
  const command = syntax.parse(rest.trim());
  if (typeof command === "string") return { ok: false, line, why: command, suggestion: syntax.usage };
  return "why" in command
    ? { ok: false, line, why: command.why, suggestion: syntax.usage }
    : { ok: true, line, command };
}

/** What people write for a command whose name is another word. */
const MEANT: ReadonlyMap<string, CommandName> = new Map([
  ["begin", "start"],
  ["go", "start"],
  ["close", "resolved"],
  ["resolve", "resolved"],
  ["done", "resolved"],
  ["revert", "resolved"],
  ["reverted", "resolved"],
  ["rollback", "resolved"],
  ["stop", "abort"],
  ["cancel", "abort"],
  ["retry", "again"],
  ["reopen", "again"],
  ["refresh", "sync"],
  ["ignore", "skip"],
  ["use", "adopt"],
  ["sev", "severity"],
  ["priority", "severity"],
  ["started", "impact-started"],
  ["fixed", "recovered"],
  ["cost", "impact"],
  ["revenue", "impact"],
  ["todo", "action"],
]);

function nearestCommand(word: string): Syntax | null {
  const meant = MEANT.get(word.toLowerCase());
  if (meant !== undefined) return commandSyntax.find(({ name }) => name === meant) ?? null;
  const ranked = commandSyntax
    .map((syntax) => ({ syntax, distance: editDistance(word.toLowerCase().slice(0, 30), syntax.name) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0]!;
  return best.distance <= Math.max(2, Math.floor(best.syntax.name.length / 3)) ? best.syntax : null;
}
