import { buildMarker, isIncidentId, type Marker, parseMarker } from "./names.ts";
import type { IncidentState } from "./state.ts";
import type { CommentFacts, IssueFacts } from "./state/issue-facts.ts";

/** What was decided once and holds from then on; recorded in the markers of our own comments. */
export interface Frozen {
  readonly id: string;
  readonly slug: string;
  /** Login of whose permission counted, or `UNNAMED`. */
  readonly acceptedBy: string;
  /** Id of the label event that counts. */
  readonly event: string;
}

/**
 * Written instead of a login where people may not be named (design decision 13): that it was accepted is recorded all the same, and who it was stands in the
 * label event or the comment that the marker points to, as long as its author leaves it there. No login can be this.
 */
export const UNNAMED = "*";

/** What is said on an issue: of an incident's state only this is needed to know what was decided. */
export interface Conversation {
  readonly comments: readonly CommentFacts[];
  readonly issue: Pick<IssueFacts, "number" | "url">;
}

/** Kinds of comment that are written before an incident is accepted: they freeze nothing, and prove no status comment. */
const BEFORE_ACCEPTANCE: ReadonlySet<string> = new Set(["not-accepted", "permission-missing", "digest"]);

export function isBeforeAcceptance(marker: Marker): boolean {
  return BEFORE_ACCEPTANCE.has(marker.kind);
}

/** Comments of this app with a marker of this incident, oldest first. Markers in comments of others mean nothing. */
export function ourComments(
  state: Conversation,
): readonly { readonly comment: CommentFacts; readonly marker: Marker }[] {
  return state.comments.flatMap((comment) => {
    const marker = comment.isOurs ? parseMarker(comment.body) : null;
    return marker === null || marker.incident !== state.issue.number ? [] : [{ comment, marker }];
  });
}

/** What earlier comments froze; the status comment counts first. Empty before the first one. */
export function frozenOf(state: Conversation): Partial<Frozen> {
  const markers = ourComments(state)
    .map((each) => each.marker)
    .filter((marker) => !isBeforeAcceptance(marker));
  const ordered = [...markers.filter(isStatus), ...markers.filter((marker) => !isStatus(marker))];
  const first = (field: string, isValid: (value: string) => boolean): string | undefined =>
    ordered.map((marker) => marker.fields[field]).find((value) => value !== undefined && isValid(value));
  const id = first("id", isIncidentId);
  const slug = first("slug", (value) => /^[a-z0-9](?:[a-z0-9-]{0,42}[a-z0-9])?$/u.test(value));
  const acceptedBy = first("by", (value) => value !== "");
  const event = first("event", (value) => value !== "");
  return {
    ...(id === undefined ? {} : { id }),
    ...(slug === undefined ? {} : { slug }),
    ...(acceptedBy === undefined ? {} : { acceptedBy }),
    ...(event === undefined ? {} : { event }),
  };
}

/** Marker of a comment of ours. `key` tells comments of one kind apart; it comes first, so that the same comment always has the same marker. */
export function ourMarker(
  number: number,
  kind: string,
  key: Readonly<Record<string, string>>,
  frozen: Frozen | null,
): string {
  const fields =
    frozen === null
      ? key
      : { ...key, id: frozen.id, slug: frozen.slug, by: frozen.acceptedBy, event: frozen.event };
  return buildMarker({ incident: number, kind, fields });
}

/** Whether the one comment of that kind and key was written before. What it froze does not matter. */
export function wasPosted(
  state: IncidentState,
  kind: string,
  key: Readonly<Record<string, string>>,
): boolean {
  return ourComments(state).some(
    ({ marker }) =>
      marker.kind === kind && Object.entries(key).every(([name, value]) => marker.fields[name] === value),
  );
}

export function isStatus(marker: Marker): boolean {
  return marker.kind === "status";
}
