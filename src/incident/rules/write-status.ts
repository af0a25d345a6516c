import type { Action } from "../action.ts";
import { removalOf } from "../declaration.ts";
import {
  isStatusWanted,
  newStatusBody,
  statusCommentOf,
  toldStop,
  updatedStatusBody,
  wasStatusDeleted,
  withStop,
} from "../status-comment.ts";
import type { Situation } from "./rule.ts";

/** The one living comment. Written again only when it says something else; one that a person deleted does not come back by itself. */
export function writeStatus(situation: Situation): readonly Action[] {
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
  const body = toldStop(comment) === removal ? updated : withStop(facts.number, frozen, updated, removal);
  return body === comment.body ? [] : [{ kind: "write-status", commentId: comment.id, body }];
}
