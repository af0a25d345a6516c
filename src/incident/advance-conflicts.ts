import type { Action } from "./action.ts";
import { mergedInto } from "./advance-branch.ts";
import { advancePullRequest } from "./advance-pull-request.ts";
import { CONFLICTS_CHECK } from "./conflicts.ts";
import { FORECAST_CHECK } from "./forecast-check.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { Sha } from "./state/commit-facts.ts";
import type { Instant } from "./state/instant.ts";

type ActionOf<Kind extends Action["kind"]> = Extract<Action, { kind: Kind }>;

/** The conflict that GitHub refused is no more on this head, so what it refused may be tried again. */
export function committedMerge(
  state: IncidentState,
  action: ActionOf<"commit-merge">,
  sha: Sha | null,
  app: Actor,
  at: Instant,
): IncidentState {
  const { branch, message } = action;
  const commit = action.hotfix === action.expectedHead ? action.into : action.hotfix;
  const moved = mergedInto(state, { kind: "merge-into-branch", branch, commit, message }, sha, app, at);
  const pulls = state.pullRequests.filter((pull) => pull.head === branch);
  const settled = new Set([
    `merge-into-branch:${branch}`,
    ...pulls.map((pull) => `merge-pull-request:${pull.number}`),
  ]);
  const refusals = Object.entries(moved.refusals).filter(
    ([key, { code }]) => !settled.has(key) || code !== "merge-conflict",
  );
  return { ...moved, refusals: Object.fromEntries(refusals) };
}

export function reportedConflicts(
  state: IncidentState,
  action: ActionOf<"report-conflicts">,
  at: Instant,
): IncidentState {
  return withRun(state, action, { name: CONFLICTS_CHECK }, at);
}

export function reportedForecast(
  state: IncidentState,
  action: ActionOf<"report-forecast">,
  at: Instant,
): IncidentState {
  return withRun(state, action, { name: FORECAST_CHECK, externalId: action.externalId }, at);
}

function withRun(
  state: IncidentState,
  { pullRequest, conclusion, title }: ActionOf<"report-conflicts" | "report-forecast">,
  named: { readonly name: string; readonly externalId?: string },
  at: Instant,
): IncidentState {
  const times = { startedAt: at, completedAt: at };
  return advancePullRequest(state, pullRequest, (pull) => {
    const id = Math.max(0, ...pull.checkRuns.map((each) => each.id)) + 1;
    const run = { id, url: pull.url, status: "completed", conclusion, title, isOurs: true } as const;
    return { checkRuns: [...pull.checkRuns, { ...run, ...times, ...named }] };
  });
}
