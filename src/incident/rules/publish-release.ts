import type { Action } from "../action.ts";
import type { RoundFacts } from "../facts/round-facts.ts";
import { isLatest } from "../is-latest.ts";
import { wasTold } from "../told.ts";
import type { Situation } from "./rule.ts";

/** The tag of each round gets its release, where the configuration wants the app to make one. A release that a person deleted stays deleted. */
export function publishRelease(situation: Situation): readonly Action[] {
  const { state, config, facts, render } = situation;
  if (config.release !== "create") return [];
  return facts.rounds.flatMap((round): readonly Action[] => {
    const { tag, version } = round;
    const isMissing = tag !== null && version !== null && !hasRelease(situation, round);
    if (!isMissing || wasTold(state, "released", { round: String(round.number), release: "yes" })) return [];
    const { name, body } = render.release(facts, round);
    return [{ kind: "publish-release", tag, name, body, latest: isLatest(config, state.tags, version) }];
  });
}

export function hasRelease({ state }: Situation, round: RoundFacts): boolean {
  return state.releases.some((release) => release.tag === round.tag);
}

/** Nothing more will come of this round's release in this pass: it is there, it is not ours to make, or it was refused. */
export function isReleaseSettled(situation: Situation, round: RoundFacts): boolean {
  const refusal = situation.state.refusals[`publish-release:${round.tag}`];
  return (
    round.tag !== null &&
    (situation.config.release !== "create" ||
      hasRelease(situation, round) ||
      wasTold(situation.state, "released", { round: String(round.number), release: "yes" }) ||
      (refusal !== undefined && !refusal.transient))
  );
}
