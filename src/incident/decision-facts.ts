import type { Config } from "../config/schema.ts";
import type { AcceptedCommand } from "./replies.ts";
import { acceptedCommands } from "./replies.ts";
import { decisionsOf } from "./decisions.ts";
import { leftOf } from "./ending.ts";
import type { DecisionFacts, IncidentFacts, TimelineEntry } from "./facts.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { type Say, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";

/** Decisions that still hold, for the status comment, oldest first. That somebody ended it is said with the state. */
export function decisionFactsOf(state: IncidentState, config: Config): readonly DecisionFacts[] {
  const { severity, targets, landed, adopted } = decisionsOf(state);
  const held = new Set<AcceptedCommand>([
    ...(severity === null ? [] : [severity]),
    ...targets.values(),
    ...landed.values(),
  ]);
  const isHeld = (each: AcceptedCommand): boolean =>
    [...held].some((one) => isSame(one, each)) ||
    each.command.name === "again" ||
    each.command.name === "override" ||
    each.command.name === "forbid" ||
    each.command.name === "retire" ||
    (each.command.name === "adopt" && adopted.get(each.round)?.comment === each.comment);
  const say = sayIn(config.locale);
  const seen = new Set<string>();
  return acceptedCommands(state).flatMap((each): readonly DecisionFacts[] => {
    const text = isHeld(each) ? textOf(each, say) : null;
    if (text === null || seen.has(text)) return [];
    seen.add(text);
    return [{ command: each.command.name, text, by: each.actor, because: reasonOf(each), url: each.url }];
  });
}

export function endedOf(state: IncidentState, rounds: readonly RoundFacts[]): IncidentFacts["ended"] {
  const { ended } = decisionsOf(state);
  if (ended === null) return null;
  const { actor: by, at, command } = ended;
  return { kind: command.name, by, because: command.because, at, left: leftOf(state, rounds) };
}

/** What people decided, each at the time of its comment. Questions are no part of the story. */
export function decisionEntries(state: IncidentState, config: Config): readonly TimelineEntry[] {
  const say = sayIn(config.locale);
  return acceptedCommands(state).flatMap((each): readonly TimelineEntry[] => {
    const text = textOf(each, say);
    const reason = reasonOf(each);
    return text === null
      ? []
      : [
          {
            at: each.at,
            recordedAt: each.at,
            kind: "command",
            text: reason === null ? text : `${text}: ${reason}`,
            actor: each.actor,
            url: each.url,
          },
        ];
  });
}

/** null: it decides nothing. */
function textOf({ command, round, branch }: AcceptedCommand, say: Say): string | null {
  switch (command.name) {
    case "help":
    case "status":
    case "why":
    case "sync":
    case "setup":
    case "report":
    // What people say is told where it belongs: times, impact, cause.
    case "impact-started":
    case "detected":
    case "recovered":
    case "verified":
    case "note":
    case "impact":
    case "metric":
    case "cause":
      return null;
    case "start":
      return say("Incident accepted");
    case "again":
      return say("Round {round} opened", { round });
    case "abort":
      return say("Incident stopped");
    case "resolved":
      return say("Incident resolved");
    case "adopt":
      return say("Hotfix taken from {branch}", { branch: branch ?? say("another branch") });
    case "target":
      return say("{branch} made a target", { branch: command.branch });
    case "skip":
      return say("{branch} left out", { branch: command.branch });
    case "landed":
      return say("Fix settled to be in {branch}", { branch: command.branch });
    case "override":
      return say("Findings of {check} overridden", { check: `hotfix/${command.check}` });
    case "forbid":
      return say("{name} forbidden", { name: command.forbid });
    case "retire":
      return say("Rule about {rule} retired", { rule: command.rule });
    case "action":
      return say("Action item: {text}", { text: command.text });
    case "not-doing":
      return say("Action item {issue} is not done", { issue: `#${command.issue}` });
    case "update":
      return say("Stakeholder update sent");
    case "severity":
      return say("Severity set to {level}", { level: command.level });
  }
}

function reasonOf({ command }: AcceptedCommand): string | null {
  return "because" in command ? command.because : null;
}

function isSame(one: AcceptedCommand, other: AcceptedCommand): boolean {
  return one.comment === other.comment && JSON.stringify(one.command) === JSON.stringify(other.command);
}
