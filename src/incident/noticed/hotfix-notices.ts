import type { Config } from "../../config/schema.ts";
import { commitGraphOf } from "../commit-graph.ts";
import type { RoundFacts } from "../facts/round-facts.ts";
import { deletionOf, renamedTo, wasMade } from "../gone-branches.ts";
import { pushedAfterMerge } from "../rounds.ts";
import { sayIn } from "../say.ts";
import type { IncidentState } from "../state.ts";
import { uncheckedMerge } from "../unchecked-merge.ts";
import { type By, lastActor, pullRequestNotices } from "./pull-request-notices.ts";

export function hotfixNotices(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
  round: RoundFacts,
  by: By,
): readonly string[] {
  const say = sayIn(config.locale);
  const pull = round.pullRequest;
  const { hotfixBranch } = round;
  const branch = state.branches.find((each) => each.name === round.hotfixBranch);
  const deletion = deletionOf(state, round.hotfixBranch);
  const forced = state.pushes.findLast(
    (push) => push.branch === round.hotfixBranch && push.kind === "force_push",
  );
  const renamed = renamedTo(state, config, round);
  const isGone = branch === undefined && pull?.state !== "merged" && wasMade(state, round);
  return [
    ...(isGone
      ? [
          `${say("{branch} was deleted{by}", { branch: hotfixBranch, by: by(deletion?.actor ?? lastActor(pull, "head_ref_deleted")) })}${renamed === null ? "" : say("; {renamed} has its commits, but it is not what the app works with", { renamed })}`,
        ]
      : []),
    ...(forced !== undefined && branch !== undefined && pull?.state !== "merged"
      ? [
          say("{branch} was force-pushed{by}; what it holds now is what counts", {
            branch: hotfixBranch,
            by: by(forced.actor),
          }),
        ]
      : []),
    ...(pull === null ? [] : pullRequestNotices(say, state, pull, config.branches.production, by)),
    ...(pull === null ? [] : [uncheckedMerge(pull, say)].filter((each) => each !== null)),
    ...(pushedAfterMerge(state, commitGraphOf(state), rounds, round) !== null
      ? [
          say("{branch} has commits that came after the merge of #{number}", {
            branch: hotfixBranch,
            number: pull!.number,
          }),
        ]
      : []),
  ];
}
