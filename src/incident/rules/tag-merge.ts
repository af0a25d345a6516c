import type { Action } from "../action.ts";
import { verifyMerge } from "../merge.ts";
import { tagName } from "../names.ts";
import { nextVersion } from "../version.ts";
import type { Situation } from "./rule.ts";

/** The merge commit of each round gets the next version, after it was verified. One that changed nothing never does. */
export function tagMerge({ state, config, facts, graph, render }: Situation): readonly Action[] {
  return facts.rounds.flatMap((round): readonly Action[] => {
    const { pullRequest: pull, mergeCommit } = round;
    if (pull === null || mergeCommit === null || round.isEmptyMerge || round.tag !== null) return [];
    const branch = state.branches.find((each) => each.name === round.hotfixBranch) ?? null;
    if (verifyMerge(state, graph, pull, branch).kind !== "verified") return [];
    const version = nextVersion(state, config, graph, mergeCommit);
    if (version === null) return [];
    const tag = tagName(config.tag.format, version);
    // After any other refusal another name would be refused as well.
    const isRefused = Object.entries(state.refusals).some(
      ([key, problem]) => key.startsWith("create-tag:") && problem.code !== "tag-taken",
    );
    return isRefused
      ? []
      : [
          {
            kind: "create-tag",
            tag,
            commit: mergeCommit,
            message: render.tagMessage(facts, { ...round, version, tag }),
          },
        ];
  });
}
