import { parseFollowUpMarker, recordedFollowUps } from "../incident/follow-ups.ts";
import type { FollowUpIssueFacts, IncidentState } from "../incident/state.ts";
import type { FollowUpAnswer } from "./documents/follow-up-queries.ts";
import { actorOf, isByApp } from "./read-actor.ts";
import { nodesOf } from "./read-commit.ts";
import { stateReasonOf } from "./read-issue.ts";

/** Issues of this app among those that refer to the incident: each names it in its body. */
export function referringFollowUps(
  incident: number,
  sources: readonly (FollowUpAnswer | null | undefined)[],
  app: { readonly login: string },
): readonly FollowUpIssueFacts[] {
  const found = sources.flatMap((source) => {
    if (source == null || !isByApp(actorOf(source.author), app)) return [];
    const marker = parseFollowUpMarker(source.body);
    return marker?.incident === incident ? [followUpIssueOf(source, marker.key)] : [];
  });
  return [...new Map(found.map((each) => [each.number, each])).values()].toSorted(
    (one, other) => one.number - other.number,
  );
}

/** What the status comment records and the references did not show: to be asked for by number. */
export function unseenFollowUps(state: IncidentState): readonly number[] {
  const seen = new Set((state.followUps ?? []).map(({ number }) => number));
  return [...recordedFollowUps(state).values()].filter((number) => !seen.has(number));
}

/** Together with those that were asked for by number. A recorded one that GitHub does not show is gone. */
export function withUnseen(
  state: IncidentState,
  answers: ReadonlyMap<number, FollowUpAnswer | null>,
): readonly FollowUpIssueFacts[] {
  const keys = new Map([...recordedFollowUps(state)].map(([key, number]) => [number, key]));
  const others = [...answers].map(([number, answer]): FollowUpIssueFacts => {
    const key = keys.get(number) ?? "";
    return answer === null ? gone(state, key, number) : followUpIssueOf(answer, key);
  });
  return [...(state.followUps ?? []), ...others].toSorted((one, other) => one.number - other.number);
}

function followUpIssueOf(answer: FollowUpAnswer, key: string): FollowUpIssueFacts {
  return {
    key,
    number: answer.number,
    id: answer.databaseId,
    url: answer.url,
    state: answer.state === "OPEN" ? "open" : "closed",
    stateReason: stateReasonOf(answer.stateReason),
    closedAt: answer.closedAt,
    lastClosedAt: nodesOf(answer.closings).at(-1)?.createdAt ?? null,
  };
}

function gone({ repository }: IncidentState, key: string, number: number): FollowUpIssueFacts {
  return {
    key,
    number,
    id: null,
    url: `${repository.url}/issues/${number}`,
    state: "gone",
    stateReason: null,
    closedAt: null,
    lastClosedAt: null,
  };
}
