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
import { earlierRecord, rulingIncidentsOf } from "../earlier-incidents.ts";
import { failedRecord } from "../failed-rules.ts";
import { followUpRecord } from "../follow-ups.ts";
import { mediansRecord } from "../medians.ts";
import { parseMarker } from "../names.ts";
import type { CommentFacts } from "../state/issue-facts.ts";
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
  const past = {
    earlier: earlierRecord(facts.earlier),
    ruling: earlierRecord(rulingIncidentsOf(state, config)),
    failed: failedRecord(facts.failedRules),
    medians: mediansRecord(facts.medians),
  };
  if (comment === null) {
    if (wasStatusDeleted(state) && !isStatusWanted(state)) return [];
    const fresh = newStatusBody(facts.number, frozen, section);
    const record = { stopped: null, told: "", follow, ...past };
    return [{ kind: "write-status", commentId: null, body: withRecord(facts.number, frozen, fresh, record) }];
  }
  const removal = removalOf(state, config)?.event ?? null;
  // After the label was taken off it says so, once, and then nothing more is written.
  if (removal !== null && toldStop(comment) === removal) return [];
  const updated = updatedStatusBody(facts.number, frozen, comment.body, section) ?? comment.body;
  const isRecorded =
    toldStop(comment) === removal &&
    recordedText(comment, "follow") === follow &&
    recordedText(comment, "failed") === past.failed;
  if (updated === comment.body && isRecorded) return [];
  const markers = turns.flatMap((turn) => (turn.kind === "post-comment" ? [turn.marker] : []));
  const record = { stopped: removal, told: toldRecord(state, markers), follow, ...past };
  return [
    {
      kind: "write-status",
      commentId: comment.id,
      body: withRecord(facts.number, frozen, updated, record),
    },
  ];
}

function recordedText(comment: CommentFacts, field: "follow" | "failed"): string {
  return parseMarker(comment.body)?.fields[field] ?? "";
}
