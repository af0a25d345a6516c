import { wantedChecks } from "../checks/wanted-checks.ts";
import { type Config, forbidRuleSchema } from "../config/schema.ts";
import { checkDecisionsOf, ruleOf } from "./check-decisions.ts";
import type { CheckCommand } from "./check-commands.ts";
import type { CommandOf } from "./commands.ts";
import type { IncidentFacts } from "./facts.ts";
import type { CommandVerdict } from "./judge-command.ts";
import { newestOwn } from "./own-checks.ts";
import type { IncidentState } from "./state.ts";

/** Whether a command about the checks makes sense now. */
export function judgeCheckCommand(
  command: CheckCommand,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  switch (command.name) {
    case "override":
      return override(command, config, facts);
    case "forbid":
      return forbid(command, facts);
    case "retire":
      return retire(command, state, config);
  }
}

/** Binds to what the check shows on the head now: whatever it finds later is not covered. */
function override(command: CommandOf<"override">, config: Config, facts: IncidentFacts): CommandVerdict {
  const name = `hotfix/${command.check}`;
  const wanted = wantedChecks(config.checks, "hotfix").find(({ property }) => property === command.check);
  if (wanted === undefined)
    return refused(`\`${name}\` is switched off`, "Nothing: it stands in nobody's way");
  const pull = facts.rounds.at(-1)!.pullRequest;
  const run = pull === null ? null : newestOwn(pull, wanted.name);
  if (run === null || run.status !== "completed") {
    return refused(
      `\`${wanted.name}\` has no verdict on the head yet`,
      "Wait for it, then write the command again",
    );
  }
  const findings = /(?:^|;)findings=(\w+)/u.exec(run.externalId ?? "")?.[1];
  if (findings === undefined) {
    return refused(`\`${wanted.name}\` found nothing that stands in the way`, "Nothing: go on");
  }
  return {
    ok: true,
    basis: findings,
    what: `what \`${wanted.name}\` shows on #${pull!.number} now (${run.title ?? "its findings"}) counts as accepted for this incident; whatever it finds later does not`,
  };
}

function forbid(command: CommandOf<"forbid">, facts: IncidentFacts): CommandVerdict {
  const rule = forbidRuleSchema.safeParse(ruleOf(command, facts.id));
  if (!rule.success) {
    const [issue] = rule.error.issues;
    return refused(
      `this is no rule: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`
        .replaceAll(/\s+/gu, " ")
        .trim(),
      "Correct it and write it again",
    );
  }
  const instead = command.use === null ? "" : `; \`${command.use}\` is what to write instead`;
  return {
    ok: true,
    what: `\`${command.forbid}\` is forbidden in ${rule.data.in.map((glob) => `\`${glob}\``).join(", ")} for this incident from now on${instead}`,
  };
}

function retire({ rule }: CommandOf<"retire">, state: IncidentState, config: Config): CommandVerdict {
  if (checkDecisionsOf(state).rules.some(({ forbid: name }) => name === rule)) {
    return { ok: true, what: `the rule of this incident about \`${rule}\` is taken back` };
  }
  return config.checks.forbid.some(({ forbid: name }) => name === rule)
    ? refused(
        `the rule about \`${rule}\` is in the configuration`,
        "Take it out of `.github/hotfix.yml` on the default branch by a pull request",
      )
    : refused(`there is no rule about \`${rule}\``, "Name what the rule forbids");
}

function refused(why: string, nextStep: string): CommandVerdict {
  return { ok: false, why, nextStep };
}
