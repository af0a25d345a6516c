import type { IncidentFacts, TimelineEntry } from "../../incident/facts.ts";
import { linkOrNull, type SafeMarkdown } from "../markdown.ts";
import { formatInZone } from "../format-in-zone.ts";
import { phrase } from "./incident-view.ts";
import { person } from "./people.ts";

export interface TimelineRow {
  readonly at: string;
  /** The same on the clocks of the configured zone; empty where there is none. */
  readonly local: string;
  /** When it became known, where that was later; null otherwise. */
  readonly recordedAt: string | null;
  /** Milliseconds since the declaration; negative before it. */
  readonly offset: number;
  readonly what: SafeMarkdown;
  readonly actor: SafeMarkdown | null;
  readonly evidence: SafeMarkdown | null;
}

/** Without the close that they cause. An earlier one, by a person, is part of the story. */
export function toldTimeline(facts: IncidentFacts): readonly TimelineEntry[] {
  const { landed } = facts.times;
  return facts.timeline.filter((entry) => entry.kind !== "closed" || landed === null || entry.at < landed);
}

export function timelineRow(facts: IncidentFacts, entry: TimelineEntry): TimelineRow {
  return {
    at: entry.at,
    local: facts.timezone === null ? "" : (formatInZone(entry.at, facts.timezone) ?? ""),
    recordedAt: Date.parse(entry.recordedAt) > Date.parse(entry.at) ? entry.recordedAt : null,
    offset: Date.parse(entry.at) - Date.parse(facts.times.declared),
    what: phrase(facts, entry.text),
    actor: person(entry.actor, facts.mayNamePeople),
    evidence: linkOrNull("link", entry.url, facts.repository.url),
  };
}
