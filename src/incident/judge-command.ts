import type { Config } from "../config/schema.ts";
import type { Command, CommandOf } from "./commands.ts";
import { leftOf, listed } from "./ending.ts";
import { judgeCheckCommand } from "./judge-check-command.ts";
import type { IncidentFacts, RoundFacts } from "./facts.ts";
import { parseBackMergeBranch, parseHotfixBranch } from "./names.ts";
import { owes } from "./phase.ts";
import { configuredSeverity } from "./severity.ts";
import type { IncidentState } from "./state.ts";
import { statusCommentOf } from "./status-comment.ts";

/** Whether a command of somebody who may give it makes sense now. Sentences go on after the command's line: no capital, no full stop. */
export type CommandVerdict =
  | {
      readonly ok: true;
      readonly what: string;
      /** Where it is not about the current round. */
      readonly round?: number;
      readonly branch?: string;
      /** Fingerprint of what it is about, where it is about nothing else. */
      readonly basis?: string;
    }
  | { readonly ok: false; readonly why: string; readonly nextStep: string };

/** Those that do more than ask. */
type Judged = Exclude<Command, CommandOf<"help" | "why" | "sync">>;

export function judgeCommand(
  command: Judged,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  switch (command.name) {
    case "start":
      return start(facts);
    case "status":
      return status(state);
    case "again":
      return again(state, facts);
    case "abort":
    case "resolved":
      return end(command, state, facts);
    case "adopt":
      return adopt(command, state, config, facts);
    case "target":
    case "skip":
    case "landed":
      return aboutTarget(command, state, config, facts);
    case "override":
    case "forbid":
    case "retire":
      return judgeCheckCommand(command, state, config, facts);
    case "severity":
      return regrade(command, config, facts);
  }
}

function start(facts: IncidentFacts): CommandVerdict {
  if (facts.ended !== null) return done("the incident goes on from where it stopped");
  return facts.acceptedBy === null
    ? done("the incident is accepted; the branches and pull requests follow")
    : done("the incident was accepted before, and the app is at work");
}

function status(state: IncidentState): CommandVerdict {
  return statusCommentOf(state) === null
    ? done("the status comment is written again, below")
    : done("the status comment is there, above; it is kept up to date");
}

function again(state: IncidentState, facts: IncidentFacts): CommandVerdict {
  const round = facts.rounds.at(-1)!;
  if (state.issue.state === "closed") {
    return refused("the issue is closed", "Reopen the issue, then write the command again");
  }
  if (round.mergeCommit === null) {
    return refused(
      `${roundName(facts, round)} has not shipped yet`,
      `Push what is missing to \`${round.hotfixBranch}\``,
    );
  }
  const number = round.number + 1;
  return {
    ok: true,
    round: number,
    what: `round ${number} begins: it gets its own branch from \`${facts.branches.production}\`, its own pull requests, version and landing`,
  };
}

function end(
  command: CommandOf<"abort" | "resolved">,
  state: IncidentState,
  facts: IncidentFacts,
): CommandVerdict {
  const left = listed(leftOf(state, facts.rounds));
  const rest = left === null ? "" : `; left as they are: ${left}`;
  if (command.name === "abort") {
    return done(`the app stops here: it closes, deletes and releases nothing${rest}`);
  }
  const owed = facts.rounds.some(owes) ? "what was merged is still tagged and brought everywhere, then " : "";
  return done(`${owed}the documents are written without a release and the incident closes${rest}`);
}

function regrade(command: CommandOf<"severity">, config: Config, facts: IncidentFacts): CommandVerdict {
  const severity = configuredSeverity(config, command.level);
  if (severity === null) {
    return refused(
      `there is no severity \`${command.level}\``,
      `Name one of ${Object.keys(config.severities).join(", ")}`,
    );
  }
  return done(
    `the severity is ${severity} now, with ${config.severities[severity]!.sla} minutes from the declaration; the name ${facts.id} stays`,
  );
}

function aboutTarget(
  command: CommandOf<"target" | "skip" | "landed">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  const { branch } = command;
  const name = `\`${branch}\``;
  if (branch === config.branches.production) {
    return refused(`${name} is the production branch`, "Name a branch that the fix is brought to");
  }
  const round = facts.rounds.at(-1)!;
  const targets = round.backMerges.map((each) => each.target);
  const known = targets.map((each) => `\`${each}\``).join(", ");
  switch (command.name) {
    case "target":
      if (targets.includes(branch)) return done(`${name} is a target already`);
      return branch === state.integration?.name || state.releaseBranches.some((each) => each.name === branch)
        ? done(`the fix is brought to ${name}, too`)
        : refused(
            `there is no branch ${name} that matches \`${config.branches.release}\``,
            "Name an existing release branch",
          );
    case "skip":
      return targets.includes(branch)
        ? done(`nothing more is done for ${name}, and the incident does not wait for it`)
        : refused(`${name} is no target`, known === "" ? "There is none" : `Name one of ${known}`);
    case "landed":
      if (!targets.includes(branch))
        return refused(`${name} is no target`, known === "" ? "There is none" : `Name one of ${known}`);
      return round.mergeCommit === null || round.isEmptyMerge
        ? refused("nothing has shipped yet", `Write it once the fix is in \`${config.branches.production}\``)
        : done(`the fix counts as being in ${name}`);
  }
}

function adopt(
  { what }: CommandOf<"adopt">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  const round = facts.rounds.at(-1)!;
  if (round.mergeCommit !== null) {
    return refused(`${roundName(facts, round)} has shipped`, "Write `/hotfix again` first");
  }
  const pull = "branch" in what ? null : state.pullRequests.find((each) => each.number === what.pullRequest);
  if (pull === undefined) {
    return refused(
      "there is no such pull request in this repository",
      "Name a branch, or a pull request from one",
    );
  }
  const branch = "branch" in what ? what.branch : pull!.head;
  const name = `\`${branch}\``;
  if (isReserved(branch, state, config)) {
    return refused(`${name} has a part of its own`, "Name the branch that holds the fix");
  }
  if (pull !== null && pull.state !== "open")
    return refused(`#${pull.number} is ${pull.state}`, "Name an open one");
  if (!state.branches.some((each) => each.name === branch)) {
    return refused(`there is no branch ${name}`, "Push it, then write the command again");
  }
  return {
    ok: true,
    branch,
    what: `the hotfix comes from ${name} now; nothing on it is moved, and the app never deletes it`,
  };
}

/** Branches that a hotfix cannot come from: trunks, release branches, back-merge branches, and those of other incidents. */
function isReserved(branch: string, state: IncidentState, config: Config): boolean {
  const { production, integration } = config.branches;
  const hotfix = parseHotfixBranch(config.branches, branch);
  return (
    [production, integration, state.repository.defaultBranch].includes(branch) ||
    state.releaseBranches.some((each) => each.name === branch) ||
    parseBackMergeBranch(config.branches, branch) !== null ||
    branch.startsWith("hotfix-documents/") ||
    (hotfix !== null && hotfix.number !== state.issue.number)
  );
}

function roundName(facts: IncidentFacts, round: RoundFacts): string {
  return facts.rounds.length > 1 ? `round ${round.number}` : "the hotfix";
}

function done(what: string): CommandVerdict {
  return { ok: true, what };
}

function refused(why: string, nextStep: string): CommandVerdict {
  return { ok: false, why, nextStep };
}
