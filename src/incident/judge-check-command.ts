import { wantedChecks } from "../checks/wanted-checks.ts";
import { outcomeIn } from "../checks/with-outcome.ts";
import type { Config } from "../config/schema.ts";
import type { CheckCommand } from "./check-commands.ts";
import { type CommandVerdict, refused } from "./command-verdict.ts";
import type { CommandOf } from "./command.ts";
import type { IncidentFacts } from "./facts.ts";
import { judgeForbid, judgeRetire, judgeSetup } from "./judge-proposal.ts";
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
      return judgeForbid(command, state, config, facts);
    case "retire":
      return judgeRetire(command, state, config, facts);
    case "setup":
      return judgeSetup(state, config, facts);
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
  const { findings } = outcomeIn(run.externalId ?? "");
  if (findings === null) {
    return refused(
      say("`{check}` found nothing that stands in the way", { check: wanted.name }),
      say("There is nothing to override"),
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
