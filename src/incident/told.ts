import { isStatus, ourComments, wasPosted } from "./comment-marker.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Marker, parseMarker } from "./names.ts";
import type { IncidentState } from "./state.ts";

/** Fields of a marker that do not tell comments of one kind apart. */
const SHARED = new Set(["id", "slug", "by", "event"]);

/**
 * Whether the one comment of that kind and key was written before, also when a person deleted it since. GitHub's history does not say which comment
 * was deleted, so the status comment records what was told; the record alone is no proof, because it is written together with the comment.
 */
export function wasTold(state: IncidentState, kind: string, key: Readonly<Record<string, string>>): boolean {
  if (wasPosted(state, kind, key)) return true;
  return wasOurCommentDeleted(state) && recordedIn(state).includes(nameOf(kind, key));
}

/** The record: what is told by comments that are there, by those that `markers` will begin, and by earlier ones. */
export function toldRecord(state: IncidentState, markers: readonly string[]): string {
  const known = [
    ...ourComments(state).map(({ marker }) => marker),
    ...markers.map(parseMarker).filter((marker) => marker !== null),
  ].filter((marker) => !isStatus(marker));
  const names = [...recordedIn(state), ...known.flatMap(namesOf)];
  return [...new Set(names)].toSorted().join(".");
}

function recordedIn(state: IncidentState): readonly string[] {
  const status = ourComments(state).find(({ marker }) => isStatus(marker));
  return (status?.marker.fields.told ?? "").split(".").filter((name) => /^[0-9a-f]{8}$/u.test(name));
}

/** By a person; which one is not told. */
export function wasOurCommentDeleted(state: IncidentState): boolean {
  return state.events.some(
    (event) =>
      event.kind === "comment-deleted" &&
      event.author.login === state.app.login &&
      event.actor.login !== state.app.login,
  );
}

/** A comment on a release is asked for with and without what it said about the release. */
function namesOf({ kind, fields }: Marker): readonly string[] {
  const { release, ...key } = fields;
  return release === undefined ? [nameOf(kind, key)] : [nameOf(kind, key), nameOf(kind, fields)];
}

function nameOf(kind: string, key: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(key).filter(([field]) => !SHARED.has(field));
  return fingerprint(JSON.stringify([kind, ...pairs.toSorted(([one], [other]) => (one < other ? -1 : 1))]));
}
