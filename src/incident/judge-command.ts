import type { Config } from "../config/schema.ts";
import { inWords } from "./clock-time.ts";
import { type CommandVerdict, refused } from "./command-verdict.ts";
import type { Command, CommandOf } from "./command.ts";
import { after } from "./deadlines.ts";
import { leftOf, listed } from "./ending.ts";
import type { IncidentFacts } from "./facts.ts";
import { judgeAdoptCommand } from "./judge-adopt-command.ts";
import { judgeCheckCommand } from "./judge-check-command.ts";
import { judgeFactCommand } from "./judge-fact-command.ts";
import { judgeFollowUpCommand } from "./judge-follow-up-command.ts";
import { isLanded, owes } from "./phase.ts";
import { roundName } from "./round-name.ts";
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
      return judgeAdoptCommand(command, state, config, facts);
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
  const last = facts.rounds.at(-1)!;
  // What is everywhere has ended by itself: saying otherwise would make the documents say it.
  if (facts.ended === null && last.tag !== null && isLanded(last)) {
    return refused(
      say("the fix is released as {tag} and in every branch that it is brought to", { tag: last.tag }),
      say(
        "Write `/hotfix again` if it did not help; what else is worth telling goes into the timeline with `/hotfix note`",
      ),
    );
  }
  const left = listed(leftOf(state, facts.rounds), say);
  const rest = left === null ? "" : say("; left as they are: {left}", { left });
  if (command.name === "abort") {
    return done(`${say("the app stops here: it closes, deletes and releases nothing")}${rest}`);
  }
  const owed = facts.rounds.some(owes)
    ? say("what was merged is still tagged and brought everywhere, then ")
    : "";
  const closes = facts.rounds.some(({ tag }) => tag !== null)
    ? say("the documents are written without another release and the incident closes")
    : say("the documents are written without a release and the incident closes");
  return done(`${owed}${closes}${rest}`);
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
    say("the severity is {severity} now, and the SLA deadline {deadline}; the name {id} stays", {
      severity,
      deadline: inWords(after(facts.times.declared, config.severities[severity]!.sla)),
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
      known === "" ? say("No branch is one") : say("What the fix is brought to: {names}", { names: known }),
    );
  const isThere = round.backMerges.some(
    (each) => each.target === branch && each.state === "landed" && each.proof !== "settled",
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
      if (isThere) return there(say, branch);
      return targets.includes(branch)
        ? done(say("nothing more is done for `{branch}`, and the incident does not wait for it", { branch }))
        : noTarget();
    case "landed":
      if (!targets.includes(branch)) return noTarget();
      if (isThere) return there(say, branch);
      return round.mergeCommit === null || round.isEmptyMerge
        ? refused(
            say("nothing has shipped yet"),
            say("Write it once the fix is in `{production}`", { production: config.branches.production }),
          )
        : done(say("the fix counts as being in `{branch}`", { branch }));
  }
}

/** Settled by what was proven: a word of a person would only hide it. */
function there(say: Say, branch: string): CommandVerdict {
  return refused(
    say("the fix is proven to be in `{branch}` already", { branch }),
    say("Nothing needs to be done for it"),
  );
}

function done(what: string): CommandVerdict {
  return { ok: true, what };
}
