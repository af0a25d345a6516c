import { type Action, actionKey } from "../action.ts";
import { followUpMarker, issueOfFollowUp, notDoingOf, recordedFollowUps } from "../follow-ups.ts";
import type { ActionFacts } from "../facts/action-facts.ts";
import { statusCommentOf } from "../status-comment.ts";
import type { Situation } from "./rule.ts";

/**
 * One issue for each action item. What the status comment records was done once, also where somebody deleted it since; what is there and not
 * recorded was opened by a pass that ended before it could say so, and only its link may be missing.
 */
export function openFollowUps(situation: Situation): readonly Action[] {
  const { state, facts } = situation;
  const recorded = recordedFollowUps(state);
  const isTold = statusCommentOf(state) !== null;
  return facts.actions.flatMap((each): readonly Action[] => {
    if (recorded.has(each.key)) return [];
    const issue = issueOfFollowUp(state, each.key);
    if (issue === null) return [openAction(situation, each, null)];
    const isDone = issue.isLinked === true || issue.id === null || !isTold;
    return isDone ? [] : [openAction(situation, each, { number: issue.number, id: issue.id })];
  });
}

/** What somebody said will not be done. An issue that was closed since, and opened again, stays open, whoever closed it: somebody thought better of it. */
export function closeFollowUps({ state, facts }: Situation): readonly Action[] {
  const decided = notDoingOf(state);
  return facts.actions.flatMap(({ key }): readonly Action[] => {
    const issue = issueOfFollowUp(state, key);
    const decision = issue?.state === "open" ? decided.get(issue.number) : undefined;
    if (issue === null || decision === undefined || !decision.closes) return [];
    const wasClosed =
      issue.lastClosedAt !== null && Date.parse(issue.lastClosedAt) >= Date.parse(decision.at);
    return wasClosed ? [] : [{ kind: "close-follow-up", issue: issue.number }];
  });
}

/** Whether documents would be written without something that is about to be there. */
export function owesFollowUps(situation: Situation): boolean {
  return [...openFollowUps(situation), ...closeFollowUps(situation)].some(
    (action) => !(actionKey(action) in situation.state.refusals),
  );
}

function openAction(
  { facts, config, render }: Situation,
  action: ActionFacts,
  known: { readonly number: number; readonly id: number } | null,
): Action {
  const marker = followUpMarker(facts.number, action.key);
  const label = config.labels.followUp;
  const { title, body } = render.followUp(facts, action, null);
  return {
    kind: "open-follow-up",
    key: action.key,
    marker,
    title,
    body: `${marker}\n${body}`,
    withoutLabel: `${marker}\n${render.followUp(facts, action, label).body}`,
    label,
    assignees: action.owner === null || action.owner.includes("/") ? [] : [action.owner],
    known,
  };
}
