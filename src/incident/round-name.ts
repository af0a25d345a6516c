import type { IncidentFacts } from "./facts.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import type { Say } from "./say.ts";

/** What a sentence about a round begins with: its number, where there is more than one. */
export function roundName(say: Say, facts: IncidentFacts, round: RoundFacts): string {
  return facts.rounds.length > 1 ? say("round {number}", { number: round.number }) : say("the hotfix");
}
