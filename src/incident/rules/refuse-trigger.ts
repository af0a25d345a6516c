import type { Action } from "../action.ts";
import { acceptanceOf } from "../acceptance.ts";
import { ourMarker, wasPosted } from "../comment-marker.ts";
import { wasOurCommentDeleted } from "../told.ts";
import type { Situation } from "./rule.ts";

/** Says once for each issue, however often the label comes and goes, why nothing begins and who can make it begin. */
export function refuseTrigger({ state, config, facts, render }: Situation): readonly Action[] {
  const acceptance = acceptanceOf(state, config);
  // Nothing else is written before an incident is accepted: what somebody deleted was this.
  const wasTold = wasPosted(state, "not-accepted", {}) || wasOurCommentDeleted(state);
  if (acceptance.kind !== "refused" || wasTold) return [];
  const marker = ourMarker(state.issue.number, "not-accepted", {}, null);
  const text = render.turningPoint(facts, {
    kind: "not-accepted",
    actor: acceptance.actor.login,
    needed: acceptance.needed,
  });
  return [{ kind: "post-comment", on: state.issue.number, marker, body: `${marker}\n${text}` }];
}
