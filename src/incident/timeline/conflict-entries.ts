import { ourComments } from "../comment-marker.ts";
import type { TimelineEntry } from "../facts.ts";
import type { Say } from "../say.ts";
import type { IncidentState } from "../state.ts";
import { timelineEntry } from "./timeline-entry.ts";

/** GitHub keeps no record of a conflict once it is resolved; the comment in which the app told of it does. One for each round and target. */
export function conflictEntries(say: Say, state: IncidentState): readonly (TimelineEntry | null)[] {
  const told = new Map<string, ReturnType<typeof ourComments>[number]>();
  for (const each of ourComments(state)) {
    const { kind, fields } = each.marker;
    const key = JSON.stringify([fields.round, fields.target]);
    if (kind === "conflict" && !told.has(key)) told.set(key, each);
  }
  return [...told.values()].map(({ comment, marker }) =>
    timelineEntry(
      comment.createdAt,
      "conflict",
      say("The fix conflicts with {target}", { target: marker.fields.target ?? say("a target") }),
      null,
      comment.url,
    ),
  );
}
