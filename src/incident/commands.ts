import { type CheckCommand, parseForbid, parseOverride, parseRetire } from "./check-commands.ts";
import {
  ACTION_USAGE,
  type FollowUpCommand,
  parseAction,
  parseNotDoing,
  parseUpdate,
} from "./follow-up-commands.ts";
import {
  type FactCommand,
  parseCause,
  parseImpact,
  parseMetric,
  parseNote,
  parseTimeCommand,
  type TimeCommandName,
} from "./fact-commands.ts";

import type { Wrong } from "./quantity.ts";
import type { Saying } from "./say.ts";

/**
 * `/hotfix ...` in a comment. A command is a line of its own; lines that are quoted or in code are text about commands, not commands.
 * Reading says nothing about who may; see `incident/answers.ts`.
 */
export type Command =
  | { readonly name: "help" }
  | { readonly name: "why" }
  | { readonly name: "sync" }
  | { readonly name: "start" | "status" | "again" }
  | { readonly name: "abort" | "resolved"; readonly because: string }
  | { readonly name: "adopt"; readonly what: { readonly branch: string } | { readonly pullRequest: number } }
  | { readonly name: "target" | "skip" | "landed"; readonly branch: string; readonly because: string }
  | { readonly name: "severity"; readonly level: string }
  | CheckCommand
  | FollowUpCommand
  | FactCommand;

export type CommandName = Command["name"];

/** The commands of these names. */
export type CommandOf<Name extends CommandName, Each extends Command = Command> = Each extends Command
  ? Name extends Each["name"]
    ? Each
    : never
  : never;

export type ParsedCommand =
  | { readonly ok: true; readonly line: string; readonly command: Command }
  /** `why` says what is wrong with the line; `suggestion` is the nearest command line that would be right. */
  | {
      readonly ok: false;
      readonly line: string;
      readonly why: string | Saying;
      readonly suggestion: string | null;
    };

export interface Syntax {
  readonly name: CommandName;
  readonly usage: string;
  readonly meaning: string;
  /** Needs the permission for commands (design decision 5) instead of the one for the label. */
  readonly changesCode: boolean;
  readonly parse: (rest: string) => Command | string | Wrong;
}

/** The one list of commands: what is understood, suggested, answered by `help` and documented. */
export const commandSyntax: readonly Syntax[] = [
  plain("help", "lists the commands", false),
  plain("start", "accepts an incident whose label did not count, and begins", false),
  plain("status", "writes the status comment again where it was deleted", false),
  plain("why", "says what is blocked, by which rule, on what evidence, and who can go on", false),
  plain("sync", "looks at everything again now", false),
  plain("again", "opens another round: the hotfix shipped and did not help", true),
  {
    name: "adopt",
    usage: "/hotfix adopt <branch or #pull request>",
    meaning: "takes a branch that somebody already has as the hotfix branch; nothing is moved",
    changesCode: true,
    parse: adopt,
  },
  reasoned(
    "resolved",
    "ends the incident without a release: it recovered by revert, configuration or by itself",
    true,
  ),
  reasoned("abort", "stops; what is left is listed", true),
  targeted("target", "adds a branch that the fix must reach"),
  targeted("skip", "takes a branch off the list of what the fix must reach"),
  targeted("landed", "settles that the fix is on a branch where it cannot be proven"),
  {
    name: "override",
    usage: "/hotfix override <check> because <reason>",
    meaning: "takes the findings that a check shows now on you, for this incident",
    changesCode: true,
    parse: parseOverride,
  },
  {
    name: "forbid",
    usage: "/hotfix forbid <name> use <name> in <globs> because <reason>",
    meaning: "makes a rule of what went wrong: in force for this incident, and proposed for all",
    changesCode: true,
    parse: parseForbid,
  },
  {
    name: "retire",
    usage: "/hotfix retire <name>",
    meaning: "takes a rule of this incident back, or proposes to take it out of the configuration",
    changesCode: true,
    parse: parseRetire,
  },
  plain("setup", "proposes a workflow that checks pushes to hotfix branches in CI", true),
  {
    name: "severity",
    usage: "/hotfix severity <level>",
    meaning: "changes the severity and with it the deadline",
    changesCode: false,
    parse: (rest) =>
      /^[A-Za-z][\w-]{0,19}$/u.test(rest)
        ? { name: "severity", level: rest.toLowerCase() }
        : "name one level, such as critical",
  },
  {
    name: "action",
    usage: ACTION_USAGE,
    meaning:
      "makes an action item and an issue for it; all but the text may be left out: prevent, this sprint, due by configuration",
    changesCode: false,
    parse: parseAction,
  },
  {
    name: "not-doing",
    usage: "/hotfix not-doing <#issue> because <reason>",
    meaning: "closes an action item as not planned, with the reason in the retrospective",
    changesCode: false,
    parse: parseNotDoing,
  },
  {
    name: "update",
    usage: "/hotfix update <text>",
    meaning: "sends a stakeholder update: posted here, and kept in the update's file with its time",
    changesCode: false,
    parse: parseUpdate,
  },
  {
    name: "report",
    usage: "/hotfix report",
    meaning: "posts the incident report as it stands now",
    changesCode: false,
    parse: () => ({ name: "report" }),
  },
  timed("impact-started", "says when the impact started"),
  timed("detected", "says when it was noticed"),
  timed("recovered", "says when customers were served again: the impact is counted until then"),
  timed("verified", "says when somebody saw that it works again"),
  {
    name: "note",
    usage: "/hotfix note [at <time>] <text>",
    meaning: "puts a line into the timeline",
    changesCode: false,
    parse: parseNote,
  },
  {
    name: "impact",
    usage: '/hotfix impact revenue=50000/h share=70% from=<time> tickets=47 users="1,200"',
    meaning:
      "says what it costs, any of them: a share that changes is said again, with the time from which it holds",
    changesCode: false,
    parse: parseImpact,
  },
  {
    name: "metric",
    usage: '/hotfix metric "<name>" before=30% after=97% target=95%',
    meaning: "says what a figure was before and after, and what it should be; any of them",
    changesCode: false,
    parse: parseMetric,
  },
  {
    name: "cause",
    usage: "/hotfix cause <commit SHA or text>",
    meaning: "confirms the cause: a commit, whose lines the report then shows, or words",
    changesCode: false,
    parse: parseCause,
  },
];

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
    if (/^ {0,3}\/hotfix(?:\s|$)/u.test(raw)) lines.push(raw.trim().slice(0, 1000));
  }
  return lines;
}

function parseLine(line: string): ParsedCommand {
  const [, word = "help", rest = ""] = /^\/hotfix(?:\s+(\S+)(?:\s+(.*))?)?$/u.exec(line) ?? [];
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

function plain(
  name: "help" | "start" | "status" | "why" | "sync" | "again" | "setup",
  meaning: string,
  changesCode: boolean,
): Syntax {
  return { name, usage: `/hotfix ${name}`, meaning, changesCode, parse: () => ({ name }) };
}

function reasoned(name: "abort" | "resolved", meaning: string, changesCode: boolean): Syntax {
  return {
    name,
    usage: `/hotfix ${name} because <reason>`,
    meaning,
    changesCode,
    parse(rest) {
      const reason = /^because\s+(\S.*)$/iu.exec(rest)?.[1];
      return reason === undefined ? "say why, after the word because" : { name, because: reason };
    },
  };
}

function targeted(name: "target" | "skip" | "landed", meaning: string): Syntax {
  return {
    name,
    usage: `/hotfix ${name} <branch> because <reason>`,
    meaning,
    changesCode: true,
    parse(rest) {
      const match = /^`?([^\s`]+)`?\s+because\s+(\S.*)$/iu.exec(rest);
      return match === null
        ? "name one branch and say why, after the word because"
        : { name, branch: match[1]!, because: match[2]! };
    },
  };
}

function timed(name: TimeCommandName, meaning: string): Syntax {
  return {
    name,
    usage: `/hotfix ${name} <time>`,
    meaning,
    changesCode: false,
    parse: parseTimeCommand(name),
  };
}

function adopt(rest: string): Command | string {
  const pullRequest = /^#([1-9]\d{0,9})$/u.exec(rest)?.[1];
  if (pullRequest !== undefined) return { name: "adopt", what: { pullRequest: Number(pullRequest) } };
  const branch = /^`?([^\s`]+)`?$/u.exec(rest)?.[1];
  return branch === undefined ? "name one branch or one pull request" : { name: "adopt", what: { branch } };
}

function nearestCommand(word: string): Syntax | null {
  const ranked = commandSyntax
    .map((syntax) => ({ syntax, distance: editDistance(word.toLowerCase().slice(0, 30), syntax.name) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0]!;
  return best.distance <= Math.max(2, Math.floor(best.syntax.name.length / 3)) ? best.syntax : null;
}

/** Levenshtein distance. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, change));
    }
    row = next;
  }
  return row[other.length]!;
}
