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
  if (comment === null) {
    return wasStatusDeleted(state) && !isStatusWanted(state)
      ? []
      : [{ kind: "write-status", commentId: null, body: newStatusBody(facts.number, frozen, section) }];
  }
  const removal = removalOf(state, config)?.event ?? null;
  // After the label was taken off it says so, once, and then nothing more is written.
  if (removal !== null && toldStop(comment) === removal) return [];
  const updated = updatedStatusBody(facts.number, frozen, comment.body, section) ?? comment.body;
  if (updated === comment.body && toldStop(comment) === removal) return [];
  const markers = turns.flatMap((turn) => (turn.kind === "post-comment" ? [turn.marker] : []));
  const record = { stopped: removal, told: toldRecord(state, markers) };
  return [
    {
      kind: "write-status",
      commentId: comment.id,
      body: withRecord(facts.number, frozen, updated, record),
    },
  ];
}
