import type { Config } from "../config/schema.ts";
import { adoptedBranches, decisionsOf } from "./decisions.ts";
import { removalOf } from "./declaration.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { parseBackMergeBranch } from "./names.ts";
import { backMergeNotices } from "./noticed/back-merge-notices.ts";
import { hotfixNotices } from "./noticed/hotfix-notices.ts";
import type { By } from "./noticed/pull-request-notices.ts";
import { foreignHotfixBranches, ownHotfixBranches } from "./own-branches.ts";
import { rollbackNotices } from "./own-checks.ts";
import { owes } from "./phase.ts";
import { type Say, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import { wasReopened } from "./was-reopened.ts";

/** What people did that the app lets stand, one plain sentence each. Names only where they may be shown. */
export function noticedIn(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
  mayNamePeople: boolean,
): readonly string[] {
  const say = sayIn(config.locale);
  const by = (actor: Actor | undefined): string =>
    actor !== undefined && mayNamePeople && actor.kind !== "ghost"
      ? say(" by {login}", { login: actor.login })
      : say(" by somebody");
  return [
    ...labelNotice(state, config, by),
    ...closingNotice(say, state, rounds, by),
    ...leftNotices(state, config, rounds),
    ...foreignHotfixBranches(state, config).map((name) =>
      say("{name} was there already and is not the app's, so it is left alone", { name }),
    ),
    ...rounds.flatMap((round) => [
      ...rollbackNotices(round.pullRequest, say),
      ...hotfixNotices(state, config, rounds, round, by),
      ...round.backMerges.flatMap((each) => backMergeNotices(say, state, round, each, by)),
    ]),
  ];
}

/** What stays where somebody took the work elsewhere: pull requests of targets that were skipped, and of our branch after `/hotfix adopt`. */
function leftNotices(state: IncidentState, config: Config, rounds: readonly RoundFacts[]): readonly string[] {
  const say = sayIn(config.locale);
  const used = new Set(rounds.map((round) => round.hotfixBranch));
  const skipped = [...decisionsOf(state).targets.values()]
    .filter(({ command }) => command.name === "skip")
    .map(({ command }) => command.branch);
  const isLeft = (head: string): boolean => {
    const target = parseBackMergeBranch(config.branches, head)?.target;
    return target === undefined
      ? adoptedBranches(state).length > 0 &&
          ownHotfixBranches(state, config).includes(head) &&
          !used.has(head)
      : skipped.includes(target);
  };
  return state.pullRequests
    .filter((pull) => pull.state === "open" && pull.author.login === state.app.login && isLeft(pull.head))
    .map((pull) =>
      say("#{number} to {base} is left open and not needed any more", {
        number: pull.number,
        base: pull.base,
      }),
    );
}

function labelNotice(state: IncidentState, config: Config, by: By): readonly string[] {
  const say = sayIn(config.locale);
  const removal = removalOf(state, config);
  return removal === null
    ? []
    : [
        say("The label {label} was removed{by}, so the app stopped here", {
          label: config.labels.incident,
          by: by(removal.actor),
        }),
      ];
}

function closingNotice(
  say: Say,
  state: IncidentState,
  rounds: readonly RoundFacts[],
  by: By,
): readonly string[] {
  const closed = state.events.findLast((event) => event.kind === "closed");
  if (wasReopened(state, rounds)) {
    const reopened = state.events.findLast((event) => event.kind === "reopened");
    return [
      say("The issue was reopened{by} after it was over; the app does not close it again", {
        by: by(reopened?.actor),
      }),
    ];
  }
  if (state.issue.state === "open" || closed?.actor.login === state.app.login) return [];
  if (rounds.some(owes)) {
    return [
      say("The issue was closed{by} before the fix was everywhere; tagging and landing go on", {
        by: by(closed?.actor),
      }),
    ];
  }
  return decisionsOf(state).ended === null && state.pullRequests.some((pull) => pull.state === "open")
    ? [
        say(
          "The issue was closed{by} before anything was shipped; its pull requests stay, and one that is merged is still tagged and brought everywhere",
          { by: by(closed?.actor) },
        ),
      ]
    : [];
}
