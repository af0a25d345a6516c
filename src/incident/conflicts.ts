import type { Config } from "../config/schema.ts";
import type { CommitGraph } from "./commit-graph.ts";
import { contains } from "./commit-graph.ts";
import type { BackMergeFacts, RoundFacts } from "./facts/round-facts.ts";
import { INCIDENT_TRAILER } from "./names.ts";
import type { IncidentState } from "./state.ts";
import type { Sha } from "./state/commit-facts.ts";
import type { ConflictFacts, ForecastFacts } from "./state/forecast-facts.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";
import { wasRedrafted } from "./was-redrafted.ts";

/** Name of the check run that stands on the head of a back-merge branch with conflict markers in it. */
export const CONFLICTS_CHECK = "hotfix/conflicts";

/** Trailer of the commit in which the app left conflict markers. */
const MARKERS_TRAILER = "Hotfix-Conflict-Markers";

/** The forecast for the heads as they are now: before the production merge for the hotfix, after it for the back-merge branch. */
export function forecastOf(
  state: IncidentState,
  round: Pick<RoundFacts, "hotfixBranch" | "mergeCommit">,
  target: string,
  branch: string,
): ForecastFacts | null {
  const into = targetHead(state, target);
  const own = state.branches.find((each) => each.name === branch)?.head;
  const hotfix = state.branches.find((each) => each.name === round.hotfixBranch)?.head;
  const ofTarget = state.forecasts.filter((forecast) => forecast.target === target);
  const between = (one: Sha | undefined, other: Sha | undefined): ForecastFacts | undefined =>
    ofTarget.find((forecast) => forecast.hotfix === one && forecast.into === other);
  if (round.mergeCommit === null) return between(hotfix, into) ?? null;
  return between(round.mergeCommit, own) ?? between(own, into) ?? null;
}

function targetHead(state: IncidentState, target: string): Sha | undefined {
  return [state.integration, ...state.releaseBranches].find((branch) => branch?.name === target)?.head;
}

/** Files of a forecast that nothing but a person resolves. */
export function openConflicts(forecast: ForecastFacts | null): readonly ConflictFacts[] {
  return forecast?.outcome.kind === "conflicts"
    ? forecast.outcome.files.filter((file) => file.settledAs === null)
    : [];
}

export function hasMarkers(forecast: ForecastFacts | null): boolean {
  return forecast !== null && forecast.markers.length > 0;
}

/** What the app does about a conflict itself: `settle` by policy, `draft` with markers; null: nothing, people resolve it. */
export function ownResolution(
  state: IncidentState,
  config: Config,
  graph: CommitGraph,
  each: Pick<BackMergeFacts, "branch" | "target" | "pullRequest" | "forecast">,
): "settle" | "draft" | null {
  const { forecast, pullRequest: pull } = each;
  const branch = state.branches.find(({ name }) => name === each.branch);
  const refusal = state.refusals[`commit-merge:${each.branch}`];
  if (forecast?.outcome.kind !== "conflicts" || branch === undefined || hasMarkers(forecast)) return null;
  if (pull?.state !== "open" || pull.base !== each.target || wasRedrafted(state, pull)) return null;
  if (refusal !== undefined && !refusal.transient) return null;
  const open = openConflicts(forecast);
  if (open.length === 0) return "settle";
  const canShow = open.every((file) => file.sentence === null);
  const isForDraft = config.conflicts.policy === "draft" && pull.isDraft && canShow;
  return isForDraft && isOursAlone(state, graph, branch.head, each.target) ? "draft" : null;
}

/** A draft with markers is for a branch on which nobody else is at work. */
function isOursAlone(state: IncidentState, graph: CommitGraph, head: Sha, target: string): boolean {
  const trunks = [state.production, state.integration].filter((trunk) => trunk !== null);
  const known = trunks
    .filter((trunk) => trunk.name === target || trunk === state.production)
    .map((trunk) => trunk.head);
  const seen = new Set<Sha>();
  const todo = [head];
  for (let sha = todo.pop(); sha !== undefined; sha = todo.pop()) {
    if (seen.has(sha) || known.some((trunk) => contains(graph, trunk, sha))) continue;
    seen.add(sha);
    const commit = graph.get(sha);
    if (commit === undefined || !commit.message.includes(`\n${INCIDENT_TRAILER}: ${state.issue.number}`))
      return false;
    todo.push(...commit.parents);
  }
  return true;
}

/** Where the policy is `draft`, a pull request waits as a draft until it is known that nothing is in conflict, and while markers stand. */
export function staysDraft(
  state: IncidentState,
  config: Config,
  graph: CommitGraph,
  each: Parameters<typeof ownResolution>[3],
): boolean {
  if (config.conflicts.policy !== "draft") return false;
  const { forecast } = each;
  return forecast === null || hasMarkers(forecast) || ownResolution(state, config, graph, each) !== null;
}

/** Whether the app once left markers on the branch: then somebody waits for word that they are gone. */
export function hadMarkers(state: IncidentState, branch: string, pull: PullRequestFacts): boolean {
  const commits = state.branches.find((each) => each.name === branch)?.commits ?? [];
  return (
    commits.some((commit) => commit.message.includes(`\n${MARKERS_TRAILER}: `)) ||
    (pull.earlierCheckRuns ?? []).some((run) => run.isOurs && run.name === CONFLICTS_CHECK)
  );
}

/** Message of the commit with which the app takes a conflict further. */
export function mergeMessage(
  number: number,
  what: { readonly commit: string; readonly branch: string; readonly markers: boolean },
): string {
  const trailers = [
    `${INCIDENT_TRAILER}: ${number}`,
    ...(what.markers ? [`${MARKERS_TRAILER}: to be resolved`] : []),
  ];
  const how = what.markers ? "merge with conflict markers" : "merge";
  return `hotfix: ${how} ${what.commit} into ${what.branch}\n\n${trailers.join("\n")}`;
}
