import { wasCarried } from "../back-merges.ts";
import type { BackMergeFacts, RoundFacts } from "../facts/round-facts.ts";
import { deletionOf, isDeletedBackMerge } from "../gone-branches.ts";
import type { Say } from "../say.ts";
import type { IncidentState } from "../state.ts";
import { type By, pullRequestNotices } from "./pull-request-notices.ts";

export function backMergeNotices(
  say: Say,
  state: IncidentState,
  round: RoundFacts,
  each: BackMergeFacts,
  by: By,
): readonly string[] {
  const pull = each.pullRequest;
  if (pull === null) {
    return isDeletedBackMerge(state, each)
      ? [
          say("{branch} was deleted{by} before it had a pull request", {
            branch: each.branch,
            by: by(deletionOf(state, each.branch)?.actor),
          }),
        ]
      : [];
  }
  const shipped = round.pullRequest?.mergedAt ?? null;
  // GitHub's times have whole seconds.
  const isEarly =
    pull.mergedAt !== null &&
    !wasCarried(state, pull) &&
    (shipped === null || Date.parse(pull.mergedAt) <= Date.parse(shipped));
  const disabled = pull.events.findLast((event) => event.kind.startsWith("auto_merge"));
  return [
    ...pullRequestNotices(say, state, pull, each.target, by),
    ...(isEarly && each.state !== "landed"
      ? [
          say("#{number} was merged into {base}{by} before the fix was shipped, so it did not bring it", {
            number: pull.number,
            base: pull.base,
            by: by(pull.mergedBy ?? undefined),
          }),
        ]
      : []),
    ...(pull.state === "open" && disabled?.kind === "auto_merge_disabled" && disabled.actor.kind === "user"
      ? [say("Auto-merge of #{number} was switched off{by}", { number: pull.number, by: by(disabled.actor) })]
      : []),
    ...(each.state === "landed" && pull.state === "open" && round.mergeCommit !== null
      ? [
          say("{target} has the fix already, so #{number} can be closed", {
            target: each.target,
            number: pull.number,
          }),
        ]
      : []),
  ];
}
