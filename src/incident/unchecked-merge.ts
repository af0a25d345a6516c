import { CODE_CHECK } from "../checks/wanted-checks.ts";
import { newestOwn, PASSED } from "./own-checks.ts";
import type { Say } from "./say.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/**
 * What is said where the commit that was merged is not the one that the check had passed (faults.md S16): somebody pushed in between, or did not wait.
 * null: it had passed, or nothing of the pull request was ever checked.
 */
export function uncheckedMerge(pull: PullRequestFacts, say: Say): string | null {
  if (pull.state !== "merged") return null;
  const last = newestOwn(pull, CODE_CHECK);
  const earlier = newestOwn({ checkRuns: pull.earlierCheckRuns ?? [] }, CODE_CHECK);
  const hasPassed = last?.status === "completed" && PASSED.has(last.conclusion ?? "");
  return (last ?? earlier) !== null && !hasPassed
    ? say("#{number} was merged with {commit}, which {check} has not passed", {
        number: pull.number,
        commit: pull.headSha.slice(0, 7),
        check: CODE_CHECK,
      })
    : null;
}
