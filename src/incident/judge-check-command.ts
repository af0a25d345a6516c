import { wantedChecks } from "../checks/wanted-checks.ts";
import { type Config, forbidRuleSchema } from "../config/schema.ts";
import { checkDecisionsOf, ruleOf } from "./check-decisions.ts";
import type { CheckCommand } from "./check-commands.ts";
import type { CommandOf } from "./commands.ts";
import type { IncidentFacts } from "./facts.ts";
import type { CommandVerdict } from "./judge-command.ts";
import { type Say, sayIn } from "./say.ts";
import { newestOwn } from "./own-checks.ts";
import type { IncidentState } from "./state.ts";

/** Whether a command about the checks makes sense now. */
export function judgeCheckCommand(
  command: CheckCommand,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  switch (command.name) {
    case "override":
      return override(say, command, config, facts);
    case "forbid":
      return forbid(say, command, facts);
    case "retire":
      return retire(say, command, state, config);
  }
}

/** Binds to what the check shows on the head now: whatever it finds later is not covered. */
function override(
  say: Say,
  command: CommandOf<"override">,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  const name = `hotfix/${command.check}`;
  const wanted = wantedChecks(config.checks, "hotfix").find(({ property }) => property === command.check);
  if (wanted === undefined)
    return refused(
      say("`{check}` is switched off", { check: name }),
      say("Nothing: it stands in nobody's way"),
    );
  const pull = facts.rounds.at(-1)!.pullRequest;
  const run = pull === null ? null : newestOwn(pull, wanted.name);
  if (run === null || run.status !== "completed") {
    return refused(
      say("`{check}` has no verdict on the head yet", { check: wanted.name }),
      say("Wait for it, then write the command again"),
    );
  }
  const findings = /(?:^|;)findings=(\w+)/u.exec(run.externalId ?? "")?.[1];
  if (findings === undefined) {
    return refused(
      say("`{check}` found nothing that stands in the way", { check: wanted.name }),
      say("Nothing: go on"),
    );
  }
  return {
    ok: true,
    basis: findings,
    what: say(
      "what `{check}` shows on #{number} now ({title}) counts as accepted for this incident; whatever it finds later does not",
      { check: wanted.name, number: pull!.number, title: run.title ?? say("its findings") },
    ),
  };
}

function forbid(say: Say, command: CommandOf<"forbid">, facts: IncidentFacts): CommandVerdict {
  const rule = forbidRuleSchema.safeParse(ruleOf(command, facts.id));
  if (!rule.success) {
    const [issue] = rule.error.issues;
    return refused(
      say("this is no rule: {why}", {
        why: `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.replaceAll(/\s+/gu, " ").trim(),
      }),
      say("Correct it and write it again"),
    );
  }
  const instead = command.use === null ? "" : say("; `{use}` is what to write instead", { use: command.use });
  return {
    ok: true,
    what: `${say("`{name}` is forbidden in {globs} for this incident from now on", {
      name: command.forbid,
      globs: rule.data.in.map((glob) => `\`${glob}\``).join(", "),
    })}${instead}`,
  };
}

function retire(
  say: Say,
  { rule }: CommandOf<"retire">,
  state: IncidentState,
  config: Config,
): CommandVerdict {
  if (checkDecisionsOf(state).rules.some(({ forbid: name }) => name === rule)) {
    return { ok: true, what: say("the rule of this incident about `{rule}` is taken back", { rule }) };
  }
  return config.checks.forbid.some(({ forbid: name }) => name === rule)
    ? refused(
        say("the rule about `{rule}` is in the configuration", { rule }),
        say("Take it out of `.github/hotfix.yml` on the default branch by a pull request"),
      )
    : refused(say("there is no rule about `{rule}`", { rule }), say("Name what the rule forbids"));
}

function refused(why: string, nextStep: string): CommandVerdict {
  return { ok: false, why, nextStep };
}
