import type { Action } from "../action.ts";
import { removalOf } from "../declaration.ts";
import {
  isStatusWanted,
  newStatusBody,
  statusCommentOf,
  toldStop,
  updatedStatusBody,
  wasStatusDeleted,
  withRecord,
} from "../status-comment.ts";
import { earlierRecord } from "../earlier-incidents.ts";
import { followUpRecord } from "../follow-ups.ts";
import { mediansRecord } from "../medians.ts";
import { parseMarker } from "../names.ts";
import type { CommentFacts } from "../state.ts";
import { toldRecord } from "../told.ts";
import type { Situation } from "./rule.ts";

/**
 * The one living comment. Written again only when it says something else; one that a person deleted does not come back by itself. `turns`: the comments that are
 * posted beside it, for its record of what was told.
 */
export function writeStatus(situation: Situation, turns: readonly Action[] = []): readonly Action[] {
  const { state, config, facts, frozen, render } = situation;
  const comment = statusCommentOf(state);
  const section = render.statusSection(facts);
  const follow = followUpRecord(state);
  const earlier = earlierRecord(facts.earlier);
  const medians = mediansRecord(facts.medians);
  if (comment === null) {
    if (wasStatusDeleted(state) && !isStatusWanted(state)) return [];
    const fresh = newStatusBody(facts.number, frozen, section);
    const record = { stopped: null, told: "", follow, earlier, medians };
    return [{ kind: "write-status", commentId: null, body: withRecord(facts.number, frozen, fresh, record) }];
  }
  const removal = removalOf(state, config)?.event ?? null;
  // After the label was taken off it says so, once, and then nothing more is written.
  if (removal !== null && toldStop(comment) === removal) return [];
  const updated = updatedStatusBody(facts.number, frozen, comment.body, section) ?? comment.body;
  const isRecorded = toldStop(comment) === removal && recordedText(comment) === follow;
  if (updated === comment.body && isRecorded) return [];
  const markers = turns.flatMap((turn) => (turn.kind === "post-comment" ? [turn.marker] : []));
  const record = { stopped: removal, told: toldRecord(state, markers), follow, earlier, medians };
  return [
    {
      kind: "write-status",
      commentId: comment.id,
      body: withRecord(facts.number, frozen, updated, record),
    },
  ];
}

function recordedText(comment: CommentFacts): string {
  return parseMarker(comment.body)?.fields.follow ?? "";
}
