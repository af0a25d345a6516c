import type { Config } from "../config/schema.ts";
import { type Conversation, isStatus, ourComments } from "./comment-marker.ts";
import type { CommandOf } from "./command.ts";
import { dayAfter } from "./due-day.ts";
import type { UpdateFacts } from "./facts.ts";
import type { ActionFacts } from "./facts/action-facts.ts";
import { fingerprint } from "./fingerprint.ts";
import { buildMarker, parseMarker } from "./names.ts";
import { type AcceptedCommand, acceptedCommands } from "./replies.ts";
import { sayIn } from "./say.ts";
import type { FollowUpIssueFacts, IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";

/** What is to be done, as it was accepted: one issue for each. */
export type FollowUp = Omit<ActionFacts, "issue" | "state" | "because" | "closedAt">;

/** Kind of the marker in the body of a follow-up. */
const FOLLOW_UP = "follow-up";

/** Recorded of a reason that was given for an issue which somebody had closed: it explains, and closes nothing. */
export const CLOSED_ALREADY = "closed";

/** More than these nobody does; later ones are refused. */
export const MOST_FOLLOW_UPS = 50;

/** From the action items that people asked for and from what they overrode, oldest first. What was said twice is one. */
export function followUpsOf(conversation: Conversation, config: Config): readonly FollowUp[] {
  const byText = new Map<string, FollowUp>();
  for (const accepted of acceptedCommands(conversation)) {
    const followUp = followUpOf(accepted, config);
    if (followUp === null) continue;
    const text = normalised(followUp.text);
    if (!byText.has(text) && byText.size < MOST_FOLLOW_UPS) byText.set(text, followUp);
  }
  return [...byText.values()];
}

function followUpOf(
  { command, actor: by, at, comment, url, basis }: AcceptedCommand,
  config: Config,
): FollowUp | null {
  const { days } = config.followUps;
  const shared = { by, at, url };
  switch (command.name) {
    case "action": {
      const { text, type, horizon, owner } = command;
      const key = `${comment}.${fingerprint(normalised(text))}`;
      const due = basis !== null && /^\d{4}-\d{2}-\d{2}$/u.test(basis) ? basis : dayAfter(at, days[horizon]);
      return { ...shared, key, text, type, horizon, due, owner: owner?.toLowerCase() === "me" ? by : owner };
    }
    case "override": {
      const check = `hotfix/${command.check}`;
      const text = sayIn(config.locale)("Review what {check} found and was overridden", { check });
      const key = `${comment}.${fingerprint(check)}`;
      const due = dayAfter(at, days.sprint);
      return { ...shared, key, text, type: "process", horizon: "sprint", due, owner: null };
    }
    default:
      return null;
  }
}

/** Whether two people, or one twice, mean the same. */
export function normalised(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/gu, " ").trim();
}

export function followUpMarker(incident: number, key: string): string {
  return buildMarker({ incident, kind: FOLLOW_UP, fields: { key } });
}

/** Of an issue's body: which incident it follows, and from which command. Trusted only where this app opened the issue. */
export function parseFollowUpMarker(
  body: string,
): { readonly incident: number; readonly key: string } | null {
  const marker = parseMarker(body);
  const key = marker?.kind === FOLLOW_UP ? marker.fields.key : undefined;
  return marker === null || key === undefined ? null : { incident: marker.incident, key };
}

/** Number of the issue by key, as the status comment records it: evidence that it was opened once, wherever it is now. */
export function recordedFollowUps(conversation: Conversation): ReadonlyMap<string, number> {
  const status = ourComments(conversation).find(({ marker }) => isStatus(marker));
  const pairs = (status?.marker.fields.follow ?? "").split(",").flatMap((pair) => {
    const [, key, number] = /^(\d+\.[0-9a-f]+):([1-9]\d{0,9})$/u.exec(pair) ?? [];
    return key === undefined ? [] : [[key, Number(number)] as const];
  });
  return new Map(pairs);
}

/** The record as the status comment is to carry it. */
export function followUpRecord(state: IncidentState): string {
  const seen = new Map<string, number>();
  for (const { key, number } of state.followUps ?? []) {
    const known = seen.get(key);
    if (known === undefined || number < known) seen.set(key, number);
  }
  const all = new Map([...seen, ...recordedFollowUps(state)]);
  return [...all]
    .map(([key, number]) => `${key}:${number}`)
    .toSorted()
    .join(",");
}

/** The one issue of a follow-up; of several, which only two crashes at once can make, the oldest. */
export function issueOfFollowUp(state: IncidentState, key: string): FollowUpIssueFacts | null {
  const recorded = recordedFollowUps(state).get(key);
  const all = state.followUps ?? [];
  if (recorded === undefined) {
    return all.filter((each) => each.key === key).toSorted((a, b) => a.number - b.number)[0] ?? null;
  }
  return (
    all.find((each) => each.number === recorded) ?? {
      key,
      number: recorded,
      id: null,
      url: `${state.repository.url}/issues/${recorded}`,
      state: "open",
      stateReason: null,
      closedAt: null,
      lastClosedAt: null,
    }
  );
}

/** Every follow-up with the state of its issue. */
export function actionFactsOf(state: IncidentState, config: Config): readonly ActionFacts[] {
  const reasons = notDoingOf(state);
  return followUpsOf(state, config).map((followUp) => {
    const issue = issueOfFollowUp(state, followUp.key);
    if (issue === null) return { ...followUp, issue: null, state: "open", because: null, closedAt: null };
    const isDropped = issue.state === "closed" && issue.stateReason !== "completed";
    return {
      ...followUp,
      issue: { number: issue.number, url: issue.url },
      state:
        issue.state === "gone" ? "gone" : issue.state === "open" ? "open" : isDropped ? "not-doing" : "done",
      because: isDropped ? (reasons.get(issue.number)?.command.because ?? null) : null,
      closedAt: issue.closedAt,
    };
  });
}

/** What people decided not to do, by the number of the issue; of several reasons the last one. */
export function notDoingOf(conversation: Conversation): ReadonlyMap<number, NotDoing> {
  return new Map(
    acceptedCommands(conversation).flatMap(({ command, at, basis }) =>
      command.name === "not-doing"
        ? [[command.issue, { command, at, closes: basis !== CLOSED_ALREADY }] as const]
        : [],
    ),
  );
}

interface NotDoing {
  readonly command: CommandOf<"not-doing">;
  readonly at: Instant;
  /** False: it was closed when this was said. */
  readonly closes: boolean;
}

/** Stakeholder updates that were sent, oldest first. */
export function updatesOf(conversation: Conversation): readonly UpdateFacts[] {
  return acceptedCommands(conversation).flatMap(({ command, at, actor: by, url }) =>
    command.name === "update" ? [{ at, text: command.text, by, url }] : [],
  );
}
