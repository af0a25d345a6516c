import type { Config } from "../config/schema.ts";
import { complaintAboutRule } from "../config/schema/forbid-rule-schema.ts";
import { validationWorkflow } from "../config/validation-workflow.ts";
import { checkDecisionsOf, ruleOf } from "./check-decisions.ts";
import { type CommandVerdict, refused } from "./command-verdict.ts";
import type { CommandOf } from "./command.ts";
import type { IncidentFacts } from "./facts.ts";
import { fingerprint } from "./fingerprint.ts";
import { proposalBranch, VALIDATION_PATH } from "./names.ts";
import { basisOf, proposalsOf, pullRequestOf, wasWithdrawn } from "./proposals.ts";
import { covers } from "./rules-in-force.ts";
import { sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/** Commands whose effect reaches beyond the incident, by a pull request to the default branch. */

export function judgeForbid(
  command: CommandOf<"forbid">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  const rule = ruleOf(command, facts.id);
  const why = complaintAboutRule(rule);
  if (why !== null) {
    return refused(say("this is no rule: {why}", { why }), say("Correct it and write it again"));
  }
  const name = command.forbid;
  const globs = rule.in.map((glob) => `\`${glob}\``).join(", ");
  if (config.checks.forbid.some((each) => covers(each, rule))) {
    return refused(
      say("the configuration forbids `{name}` in {globs} already", { name, globs }),
      say("Nothing: it holds for every hotfix"),
    );
  }
  const mark = fingerprint(JSON.stringify(rule));
  const answer = answerOf(state, proposalBranch(facts.number, "forbid", { name, mark }));
  const proposed =
    answer === null || answer.state === "open"
      ? say("; a pull request proposes it for every hotfix")
      : say("; #{number}, which proposed it for every hotfix, is {state} and stays so", {
          number: answer.number,
          state: say(answer.state),
        });
  const instead = command.use === null ? "" : say("; `{use}` is what to write instead", { use: command.use });
  return {
    ok: true,
    what: `${say("`{name}` is forbidden in {globs} for this incident from now on", { name, globs })}${instead}${proposed}`,
  };
}

export function judgeRetire(
  { rule }: CommandOf<"retire">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  const isOwn = checkDecisionsOf(state).rules.some(({ forbid }) => forbid === rule);
  const basis = basisOf(config, rule);
  const own = say("the rule of this incident about `{rule}` is taken back", { rule });
  if (basis === null) {
    return isOwn
      ? { ok: true, what: own }
      : refused(
          say("there is no rule about `{rule}`", { rule }),
          say("Name what the rule forbids, or the id of its full form"),
        );
  }
  const answer = answerOf(state, proposalBranch(facts.number, "retire", { name: rule, mark: basis }));
  if (!isOwn && answer !== null && answer.state !== "open") {
    return refused(
      say("#{number}, which proposed to take the rule about `{rule}` out of the configuration, is {state}", {
        number: answer.number,
        rule,
        state: say(answer.state),
      }),
      say(answer.state === "closed" ? "Reopen it" : "Nothing: it is on its way"),
    );
  }
  if (isOwn && answer !== null && answer.state !== "open") {
    const stays = say(
      "; #{number}, which proposed to take the one in the configuration out, is {state} and stays so",
      { number: answer.number, state: say(answer.state) },
    );
    return { ok: true, basis, what: `${own}${stays}` };
  }
  const out = say(
    "a pull request proposes to take the rule about `{rule}` out of the configuration, which holds until that is merged",
    { rule },
  );
  return { ok: true, basis, what: isOwn ? `${own}${say(", and ")}${out}` : out };
}

export function judgeSetup(state: IncidentState, config: Config, facts: IncidentFacts): CommandVerdict {
  const say = sayIn(config.locale);
  const path = `\`${VALIDATION_PATH}\``;
  if (proposalsOf(state).isValidationThere) {
    return refused(
      say("{path} is on the default branch already", { path }),
      say("Nothing: it checks pushes to hotfix branches"),
    );
  }
  const answer = answerOf(state, proposalBranch(facts.number, "setup", null));
  if (answer !== null) {
    const { number, state: stands } = answer;
    const next = {
      open: "Review and merge it",
      closed: "Reopen it",
      merged: "Nothing: it is on its way",
    } as const;
    return refused(
      say("#{number}, which proposed {path}, is {state}", { number, path, state: say(stands) }),
      say(next[stands]),
    );
  }
  if (state.app.mayWriteWorkflows !== true) {
    return {
      ok: false,
      why: say(
        "this app may not write workflows: it does not ask for that permission, because it is code execution on your runners",
      ),
      nextStep: say(
        "Add {path} with the text below to the default branch, or grant the app the permission Workflows and write the command again",
        { path },
      ),
      paste: { path: VALIDATION_PATH, text: validationWorkflow(config.branches) },
    };
  }
  return { ok: true, what: say("a pull request proposes {path}", { path }) };
}

/** The pull request that was the answer to the same question; one that the app closed itself is none. */
function answerOf(state: IncidentState, branch: string): PullRequestFacts | null {
  const pull = pullRequestOf({ branch }, state);
  return pull === null || wasWithdrawn(pull, state) ? null : pull;
}
