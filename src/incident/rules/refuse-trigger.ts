import type { Action } from "../action.ts";
import { acceptanceOf } from "../acceptance.ts";
import { ourMarker, wasPosted } from "../comment-marker.ts";
import type { Situation } from "./rule.ts";

/** Says once for each issue, however often the label comes and goes, why nothing begins and who can make it begin. */
export function refuseTrigger({ state, config, facts, render }: Situation): readonly Action[] {
  const acceptance = acceptanceOf(state, config);
  if (acceptance.kind !== "refused" || wasPosted(state, "not-accepted", {})) return [];
  const marker = ourMarker(state.issue.number, "not-accepted", {}, null);
  const text = render.turningPoint(facts, {
    kind: "not-accepted",
    actor: acceptance.actor.login,
    needed: acceptance.needed,
  });
  return [{ kind: "post-comment", on: state.issue.number, marker, body: `${marker}\n${text}` }];
}
