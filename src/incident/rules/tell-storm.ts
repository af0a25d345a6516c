import { hasManagedSection, replaceManagedSection } from "../../documents/managed-section.ts";
import { acceptanceOf } from "../acceptance.ts";
import type { Action } from "../action.ts";
import { ourMarker } from "../comment-marker.ts";
import { DIGEST, digestOf, stormOf } from "../storm.ts";
import { wasOurCommentDeleted } from "../told.ts";
import type { Situation } from "./rule.ts";

/**
 * One comment for a whole storm, on the incident of it that was declared first: what waits, and how to go on with it. It is kept up to date; one that
 * a person deleted stays away.
 */
export function tellStorm({ state, config, facts, render }: Situation): readonly Action[] {
  if (state.neighbours === undefined) return [];
  const { number } = state.issue;
  const storm = stormOf(state, config);
  const comment = digestOf(state);
  const isMine = storm?.teller === number;
  const hasBegun = acceptanceOf(state, config).kind === "accepted";
  const held = isMine ? storm.held.filter((each) => !(hasBegun && each.number === number)) : [];
  if (comment === null && (held.length === 0 || wasOurCommentDeleted(state))) return [];
  const text = render.turningPoint(facts, {
    kind: "held-back",
    actor: storm?.actor.login ?? "",
    opened: config.trigger.atOnce,
    held,
    unread: isMine ? storm.unread : 0,
  });
  if (comment !== null && hasManagedSection(comment.body, DIGEST, text)) return [];
  const before = comment?.body ?? ourMarker(number, DIGEST, {}, null);
  return [
    {
      kind: "write-digest",
      commentId: comment?.id ?? null,
      body: replaceManagedSection(before, DIGEST, text),
    },
  ];
}
