import type { IncidentState } from "./state.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/**
 * The pull request of a branch: ours, wherever people pointed it, or one that somebody opened from our branch to the same base. A merged one counts
 * before an open one, an open one before a closed one.
 */
export function pullRequestFrom(state: IncidentState, head: string, base: string): PullRequestFacts | null {
  const isOurs = (pull: PullRequestFacts): boolean => pull.author.login === state.app.login;
  // What was merged elsewhere brought nothing here: one that somebody opened in its place counts before it.
  const order = [
    "merged here",
    "open here",
    "open elsewhere",
    "merged elsewhere",
    "closed here",
    "closed elsewhere",
  ];
  const rank = (pull: PullRequestFacts): number =>
    order.indexOf(`${pull.state} ${pull.base === base ? "here" : "elsewhere"}`);
  const [best] = state.pullRequests
    .filter((pull) => pull.head === head && (pull.base === base || isOurs(pull)))
    .toSorted((one, other) => rank(one) - rank(other) || other.number - one.number);
  return best ?? null;
}
