import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/** Each reviewer's last word; an approval counts only for the head commit. */
export function latestVerdicts(pull: PullRequestFacts): readonly string[] {
  const last = new Map<string, string>();
  for (const each of pull.reviews) {
    if (each.state === "commented" || each.state === "pending") continue;
    const isStale = each.state === "approved" && each.commit !== pull.headSha;
    last.set(each.author.login, isStale ? "stale" : each.state);
  }
  return [...last.values()];
}
