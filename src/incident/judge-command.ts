import type { Config } from "../config/schema.ts";
import { type CommandVerdict, refused } from "./command-verdict.ts";
import type { Command, CommandOf } from "./command.ts";
import { leftOf, listed } from "./ending.ts";
import type { IncidentFacts } from "./facts.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { judgeCheckCommand } from "./judge-check-command.ts";
import { judgeFactCommand } from "./judge-fact-command.ts";
import { judgeFollowUpCommand } from "./judge-follow-up-command.ts";
import { parseBackMergeBranch, parseHotfixBranch } from "./names.ts";
import { owes } from "./phase.ts";
import { type Say, sayIn } from "./say.ts";
import { configuredSeverity } from "./severity.ts";
import type { IncidentState } from "./state.ts";
import type { CommentFacts } from "./state/issue-facts.ts";
import { statusCommentOf } from "./status-comment.ts";

/** Those that do more than ask. */
type Judged = Exclude<Command, CommandOf<"help" | "why" | "sync" | "report">>;

export function judgeCommand(
  command: Judged,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
  comment: CommentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  switch (command.name) {
    case "start":
      return start(say, facts);
    case "status":
      return status(say, state);
    case "again":
      return again(say, state, facts);
    case "abort":
    case "resolved":
      return end(say, command, state, facts);
    case "adopt":
      return adopt(command, state, config, facts);
    case "target":
    case "skip":
    case "landed":
      return aboutTarget(command, state, config, facts);
    case "override":
    case "forbid":
    case "retire":
    case "setup":
      return judgeCheckCommand(command, state, config, facts);
    case "severity":
      return regrade(command, config, facts);
    case "action":
    case "not-doing":
    case "update":
      return judgeFollowUpCommand(command, state, config, facts, comment);
    case "impact-started":
    case "detected":
    case "recovered":
    case "verified":
    case "note":
    case "impact":
    case "metric":
    case "cause":
      return judgeFactCommand(command, state, config, facts, comment);
  }
}

function start(say: Say, facts: IncidentFacts): CommandVerdict {
  if (facts.ended !== null) return done(say("the incident goes on from where it stopped"));
  return facts.acceptedBy === null
    ? done(say("the incident is accepted; the branches and pull requests follow"))
    : done(say("the incident was accepted before, and the app is at work"));
}

function status(say: Say, state: IncidentState): CommandVerdict {
  return statusCommentOf(state) === null
    ? done(say("the status comment is written again, below"))
    : done(say("the status comment is there, above; it is kept up to date"));
}

function again(say: Say, state: IncidentState, facts: IncidentFacts): CommandVerdict {
  const round = facts.rounds.at(-1)!;
  if (state.issue.state === "closed") {
    return refused(say("the issue is closed"), say("Reopen the issue, then write the command again"));
  }
  if (round.mergeCommit === null) {
    return refused(
      say("{round} has not shipped yet", { round: roundName(say, facts, round) }),
      say("Push what is missing to `{branch}`", { branch: round.hotfixBranch }),
    );
  }
  const number = round.number + 1;
  return {
    ok: true,
    round: number,
    what: say(
      "round {number} begins: it gets its own branch from `{production}`, its own pull requests, version and landing",
      { number, production: facts.branches.production },
    ),
  };
}

function end(
  say: Say,
  command: CommandOf<"abort" | "resolved">,
  state: IncidentState,
  facts: IncidentFacts,
): CommandVerdict {
  const left = listed(leftOf(state, facts.rounds), say);
  const rest = left === null ? "" : say("; left as they are: {left}", { left });
  if (command.name === "abort") {
    return done(`${say("the app stops here: it closes, deletes and releases nothing")}${rest}`);
  }
  const owed = facts.rounds.some(owes)
    ? say("what was merged is still tagged and brought everywhere, then ")
    : "";
  return done(`${owed}${say("the documents are written without a release and the incident closes")}${rest}`);
}

function regrade(command: CommandOf<"severity">, config: Config, facts: IncidentFacts): CommandVerdict {
  const say = sayIn(config.locale);
  const severity = configuredSeverity(config, command.level);
  if (severity === null) {
    return refused(
      say("there is no severity `{level}`", { level: command.level }),
      say("Name one of {names}", { names: Object.keys(config.severities).join(", ") }),
    );
  }
  return done(
    say("the severity is {severity} now, with {minutes} minutes from the declaration; the name {id} stays", {
      severity,
      minutes: config.severities[severity]!.sla,
      id: facts.id,
    }),
  );
}

function aboutTarget(
  command: CommandOf<"target" | "skip" | "landed">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  const { branch } = command;
  if (branch === config.branches.production) {
    return refused(
      say("`{branch}` is the production branch", { branch }),
      say("Name a branch that the fix is brought to"),
    );
  }
  const round = facts.rounds.at(-1)!;
  const targets = round.backMerges.map((each) => each.target);
  const known = targets.map((each) => `\`${each}\``).join(", ");
  const noTarget = (): CommandVerdict =>
    refused(
      say("`{branch}` is no target", { branch }),
      known === "" ? say("There is none") : say("Name one of {names}", { names: known }),
    );
  switch (command.name) {
    case "target":
      if (targets.includes(branch)) return done(say("`{branch}` is a target already", { branch }));
      return branch === state.integration?.name || state.releaseBranches.some((each) => each.name === branch)
        ? done(say("the fix is brought to `{branch}`, too", { branch }))
        : refused(
            say("there is no branch `{branch}` that matches `{pattern}`", {
              branch,
              pattern: config.branches.release,
            }),
            say("Name an existing release branch"),
          );
    case "skip":
      return targets.includes(branch)
        ? done(say("nothing more is done for `{branch}`, and the incident does not wait for it", { branch }))
        : noTarget();
    case "landed":
      if (!targets.includes(branch)) return noTarget();
      return round.mergeCommit === null || round.isEmptyMerge
        ? refused(
            say("nothing has shipped yet"),
            say("Write it once the fix is in `{production}`", { production: config.branches.production }),
          )
        : done(say("the fix counts as being in `{branch}`", { branch }));
  }
}

function adopt(
  { what }: CommandOf<"adopt">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  const round = facts.rounds.at(-1)!;
  if (round.mergeCommit !== null) {
    return refused(
      say("{round} has shipped", { round: roundName(say, facts, round) }),
      say("Write `/hotfix again` first"),
    );
  }
  const pull = "branch" in what ? null : state.pullRequests.find((each) => each.number === what.pullRequest);
  if (pull === undefined) {
    return refused(
      say("there is no such pull request in this repository"),
      say("Name a branch, or a pull request from one"),
    );
  }
  const branch = "branch" in what ? what.branch : pull!.head;
  if (isReserved(branch, state, config)) {
    return refused(
      say("`{branch}` has a part of its own", { branch }),
      say("Name the branch that holds the fix"),
    );
  }
  if (pull !== null && pull.state !== "open")
    return refused(
      pull.state === "merged"
        ? say("#{number} is merged", { number: pull.number })
        : say("#{number} is closed", { number: pull.number }),
      say("Name an open one"),
    );
  if (!state.branches.some((each) => each.name === branch)) {
    return refused(
      say("there is no branch `{branch}`", { branch }),
      say("Push it, then write the command again"),
    );
  }
  return {
    ok: true,
    branch,
    what: say("the hotfix comes from `{branch}` now; nothing on it is moved, and the app never deletes it", {
      branch,
    }),
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
    branch.startsWith("hotfix-proposals/") ||
    (hotfix !== null && hotfix.number !== state.issue.number)
  );
}

function roundName(say: Say, facts: IncidentFacts, round: RoundFacts): string {
  return facts.rounds.length > 1 ? say("round {number}", { number: round.number }) : say("the hotfix");
}

function done(what: string): CommandVerdict {
  return { ok: true, what };
}
