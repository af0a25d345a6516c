import type { Config } from "../config/schema.ts";
import { frozenOf } from "./comment-marker.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { Instant } from "./state/instant.ts";
import type { IssueEventFacts } from "./state/issue-facts.ts";

/** The act that made the issue an incident. */
export interface Declaration {
  /** Id of the label event. */
  readonly event: string;
  readonly actor: Actor;
  readonly at: Instant;
}

type LabelEvent = Extract<IssueEventFacts, { readonly label: string }>;

/**
 * The label event that counts: the one recorded when the incident was accepted, so that putting a label back continues the same incident; before
 * that, the first one after the last removal. null: nobody declared anything (or the event is not visible yet).
 */
export function declarationOf(state: IncidentState, config: Config): Declaration | null {
  const events = labelEvents(state, config);
  const recorded = frozenOf(state).event;
  const counted =
    events.find((event) => event.kind === "labeled" && event.id === recorded) ??
    events.slice(events.findLastIndex((event) => event.kind === "unlabeled") + 1)[0];
  return counted === undefined ? null : { event: counted.id, actor: counted.actor, at: counted.at };
}

/** Label names of GitHub do not differ by case alone. */
export function isLabelled(state: IncidentState, config: Config): boolean {
  return state.issue.labels.some((label) => isIncidentLabel(label, config));
}

/** Who took the label away; null while it is there or when the event is not visible. */
export function removalOf(state: IncidentState, config: Config): Declaration | null {
  if (isLabelled(state, config)) return null;
  const last = labelEvents(state, config).findLast((event) => event.kind === "unlabeled");
  return last === undefined ? null : { event: last.id, actor: last.actor, at: last.at };
}

/** Label events of the incident label, oldest first. */
export function labelEvents(state: IncidentState, config: Config): readonly LabelEvent[] {
  return state.events.filter(
    (event): event is LabelEvent =>
      (event.kind === "labeled" || event.kind === "unlabeled") && isIncidentLabel(event.label, config),
  );
}

export function isIncidentLabel(label: string, config: Config): boolean {
  return label.toLowerCase() === config.labels.incident.toLowerCase();
}
