import { parseForbid, parseOverride, parseRetire } from "./check-commands.ts";
import type { Command, CommandName } from "./command.ts";
import {
  parseCause,
  parseImpact,
  parseMetric,
  parseNote,
  parseTimeCommand,
  type TimeCommandName,
} from "./fact-commands.ts";
import { ACTION_USAGE, parseAction, parseNotDoing, parseUpdate } from "./follow-up-commands.ts";
import type { Wrong } from "./quantity.ts";

/** How a command is written, and what it does in words. */
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
    usage: "/hotfix retire <name or id>",
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
