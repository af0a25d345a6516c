import type { IncidentState } from "./state.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import type { Say } from "./say.ts";

/** Open pull requests (`#8`) and existing branches of the rounds: what stays when the incident is ended before its fix is everywhere. */
export function leftOf(state: IncidentState, rounds: readonly RoundFacts[]): readonly string[] {
  const pulls = rounds
    .flatMap((round) => [round.pullRequest, ...round.backMerges.map((each) => each.pullRequest)])
    .filter((pull) => pull?.state === "open")
    .map((pull) => `#${pull!.number}`);
  const branches = rounds
    .flatMap((round) => [round.hotfixBranch, ...round.backMerges.map((each) => each.branch)])
    .filter((name) => state.branches.some((branch) => branch.name === name));
  return [...new Set([...pulls, ...branches])];
}

/** `#8, #9 and hotfix/7-checkout-fails`; null: nothing. Branches in backticks. */
export function listed(left: readonly string[], say: Say): string | null {
  const names = left.map((name) => (name.startsWith("#") ? name : `\`${name}\``));
  const last = names.at(-1);
  if (last === undefined) return null;
  return names.length === 1 ? last : say("{list} and {last}", { list: names.slice(0, -1).join(", "), last });
}
