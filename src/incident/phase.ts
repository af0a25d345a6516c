import type { Phase } from "./facts.ts";
import type { IncidentTimes } from "./facts/incident-times.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import type { IncidentState } from "./state.ts";

/**
 * Where the incident stands. A closed issue that still owes a tag or a landing is not closed. What is everywhere has landed, whether or not anybody deployed or
 * verified it: closing waits for the branches only.
 */
export function phaseOf(
  state: IncidentState,
  rounds: readonly RoundFacts[],
  times: Pick<IncidentTimes, "merged" | "deployed" | "verified">,
): Phase {
  const round = rounds.at(-1)!;
  if (state.issue.state === "closed" && !rounds.some(owes)) return "closed";
  if (round.mergeCommit !== null && !round.isEmptyMerge) {
    if (round.tag === null) return "merged";
    if (isLanded(round)) return "landed";
    // Said before this version was merged it is about something else.
    const isVerified =
      times.verified !== null && Date.parse(times.verified) >= Date.parse(times.merged ?? times.verified);
    if (isVerified) return "verified";
    return times.deployed === null ? "released" : "deployed";
  }
  const pull = round.pullRequest;
  if (pull?.state === "open" && !pull.isDraft && round.hasFix) return "in review";
  return round.branchExists || pull !== null ? "fixing" : "declared";
}

/** Shipped, and not yet tagged or not yet everywhere. */
export function owes(round: RoundFacts): boolean {
  return round.mergeCommit !== null && !round.isEmptyMerge && (round.tag === null || !isLanded(round));
}

/** Proven in every target. Production's own proof is the condition of the tag. */
export function isLanded(round: RoundFacts): boolean {
  return (
    round.mergeCommit !== null &&
    !round.isEmptyMerge &&
    round.backMerges.every((each) => each.state === "landed")
  );
}
