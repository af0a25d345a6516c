import {
  hasManagedSection,
  parseManagedSection,
  replaceManagedSection,
} from "../documents/managed-section.ts";
import { type Frozen, isBeforeAcceptance, isStatus, ourComments, ourMarker } from "./comment-marker.ts";
import { decisionsOf } from "./decisions.ts";
import { parseMarker } from "./names.ts";
import { REPLY } from "./replies.ts";
import type { IncidentState } from "./state.ts";
import type { CommentFacts } from "./state/issue-facts.ts";

/** Name of the managed section in the status comment. */
const SECTION = "status";

/**
 * The living comment of an incident: the oldest of ours that carries the marker (or, where a person edited that away, the section). Others, should there
 * be any, are left alone.
 */
export function statusCommentOf(state: IncidentState): CommentFacts | null {
  return (
    ourComments(state).find(({ marker }) => isStatus(marker))?.comment ??
    state.comments.find(
      (comment) =>
        comment.isOurs &&
        parseMarker(comment.body) === null &&
        parseManagedSection(comment.body, SECTION) !== null,
    ) ??
    null
  );
}

/**
 * Whether there was one and a person deleted it. Evidence is a later comment of ours, or the deletion itself. Branches and pull requests are none: they
 * exist before the comment does, and a crash in between must not leave an incident without one.
 */
export function wasStatusDeleted(state: IncidentState): boolean {
  if (statusCommentOf(state) !== null) return false;
  return (
    ourComments(state).some(({ marker }) => !isBeforeAcceptance(marker) && marker.kind !== REPLY) ||
    state.events.some(
      (event) =>
        event.kind === "comment-deleted" &&
        event.author.login === state.app.login &&
        event.actor.login !== state.app.login,
    )
  );
}

/** Whether somebody asked for it with `/hotfix status` after it was deleted for the last time. */
export function isStatusWanted(state: IncidentState): boolean {
  const wanted = decisionsOf(state).status?.at;
  const deleted = state.events.findLast(
    (event) => event.kind === "comment-deleted" && event.author.login === state.app.login,
  )?.at;
  return wanted !== undefined && (deleted === undefined || Date.parse(wanted) >= Date.parse(deleted));
}

/** Whole body of a new status comment. */
export function newStatusBody(number: number, frozen: Frozen, section: string): string {
  return replaceManagedSection(ourMarker(number, "status", {}, frozen), SECTION, section);
}

/** The body with its section brought up to date; text of people around it stays. null: nothing to do. */
export function updatedStatusBody(
  number: number,
  frozen: Frozen,
  body: string,
  section: string,
): string | null {
  const hasMarker = parseMarker(body) !== null;
  if (hasMarker && hasManagedSection(body, SECTION, section)) return null;
  const marked = hasMarker ? body : `${ourMarker(number, "status", {}, frozen)}\n${body}`;
  return replaceManagedSection(marked, SECTION, section);
}

/** Fields of the status comment's own marker that are not frozen: which removal of the label it has told about. */
export function toldStop(comment: CommentFacts): string | null {
  return parseMarker(comment.body)?.fields.stopped ?? null;
}

/** What the marker of the status comment carries beside what is frozen. Empty: nothing. */
export interface StatusRecord {
  /** Which removal of the label it has told about; null: none, or the label is back. */
  readonly stopped: string | null;
  /** What other comments told. */
  readonly told: string;
  /** Which issues were opened for action items. */
  readonly follow: string;
  /** Earlier incidents, as they were when this one was declared. */
  readonly earlier: string;
  /** How long they took, as it was known then. */
  readonly medians: string;
  /** The same of those that made rules of the configuration. */
  readonly ruling: string;
  /** Rules of earlier incidents that the hotfix broke. */
  readonly failed: string;
}

/** The body with that recorded in its marker. */
export function withRecord(
  number: number,
  frozen: Frozen,
  body: string,
  { stopped, told, follow, earlier, medians, ruling, failed }: StatusRecord,
): string {
  const record = {
    ...(stopped !== null && { stopped }),
    ...(told !== "" && { told }),
    ...(follow !== "" && { follow }),
    ...(earlier !== "" && { earlier }),
    ...(medians !== "" && { medians }),
    ...(ruling !== "" && { ruling }),
    ...(failed !== "" && { failed }),
  };
  const marker = ourMarker(number, "status", record, frozen);
  return body.replace(/<!-- hotfix:incident=[^>]*-->/u, () => marker);
}
