import type { Config } from "../config/schema.ts";
import { pullRequestFrom } from "./pull-request-from.ts";
import { type CommitGraph, contains } from "./commit-graph.ts";
import { forecastOf, hasMarkers, ownResolution } from "./conflicts.ts";
import type { BackMergeFacts, RoundFacts } from "./facts/round-facts.ts";
import { decisionsOf } from "./decisions.ts";
import { backMergeBranch } from "./names.ts";
import type { IncidentState, LandingFacts } from "./state.ts";
import type { ForecastFacts } from "./state/forecast-facts.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";
import { targetsOf } from "./targets.ts";

export function backMergesOf(
  state: IncidentState,
  config: Config,
  graph: CommitGraph,
  round: RoundFacts,
): readonly BackMergeFacts[] {
  return targetsOf(state, config).map((target) => {
    const branch = backMergeBranch(config.branches, state.issue.number, target, round.number);
    const pull = pullRequestFrom(state, branch, target);
    const seen = proofOf(state, round.mergeCommit, target);
    const settled = seen === null ? settledBy(state, round, target) : null;
    const proof = settled === null ? seen : "settled";
    const forecast = forecastOf(state, round, target, branch);
    const isOwnTurn =
      ownResolution(state, config, graph, { branch, target, pullRequest: pull, forecast }) !== null;
    return {
      target,
      branch,
      branchExists: state.branches.some((each) => each.name === branch),
      pullRequest: pull,
      state: stateOf(state, graph, round, { branch, pull, proof, forecast, isOwnTurn }),
      proof,
      forecast,
      ...(settled !== null && { settled }),
    };
  });
}

/** What a person settled holds for what had shipped by then. */
function settledBy(
  state: IncidentState,
  round: RoundFacts,
  target: string,
): NonNullable<BackMergeFacts["settled"]> | null {
  const decision = decisionsOf(state).landed.get(target);
  return round.mergeCommit === null || decision === undefined || decision.round < round.number
    ? null
    : { by: decision.actor, because: decision.command.because, url: decision.url };
}

/** Whether the shipped commit is in the back-merge branch, as far as the commits that were read can show. */
export function holdsFix(
  state: IncidentState,
  graph: CommitGraph,
  branch: string,
  mergeCommit: string,
): boolean {
  const head = state.branches.find((each) => each.name === branch)?.head;
  return head !== undefined && contains(graph, head, mergeCommit);
}

/** Whether the app marked it ready once: its part was done, and what is otherwise now is what people made of it. */
export function wasCarried(state: IncidentState, pull: PullRequestFacts): boolean {
  return pull.events.some(
    (event) => event.kind === "ready_for_review" && event.actor.login === state.app.login,
  );
}

function proofOf(state: IncidentState, mergeCommit: string | null, target: string): BackMergeFacts["proof"] {
  const proof: LandingFacts["proof"] | undefined = state.landings.find(
    (landing) => landing.mergeCommit === mergeCommit && landing.target === target,
  )?.proof;
  return proof === undefined || proof === "missing" || proof === "unknown" ? null : proof;
}

interface Known {
  readonly branch: string;
  readonly pull: PullRequestFacts | null;
  readonly proof: BackMergeFacts["proof"];
  readonly forecast: ForecastFacts | null;
  /** The app takes the conflict further itself. */
  readonly isOwnTurn: boolean;
}

function stateOf(
  state: IncidentState,
  graph: CommitGraph,
  round: RoundFacts,
  { branch, pull, proof, forecast, isOwnTurn }: Known,
): BackMergeFacts["state"] {
  if (proof !== null) return "landed";
  if (pull?.state === "merged") return "merged";
  if (pull?.state === "closed") return "closed";
  if (round.mergeCommit === null || round.isEmptyMerge) return "waiting";
  const refusals = [
    state.refusals[`merge-into-branch:${branch}`],
    pull === null ? undefined : state.refusals[`merge-pull-request:${pull.number}`],
  ].filter((refusal) => refusal !== undefined && !refusal.transient);
  // While the app resolves it itself, nobody has to.
  if (isOwnTurn) return "waiting";
  if (hasMarkers(forecast) || refusals.some((refusal) => refusal?.code === "merge-conflict"))
    return "conflict";
  const isCarried =
    pull !== null &&
    !pull.isDraft &&
    (holdsFix(state, graph, branch, round.mergeCommit) || wasCarried(state, pull));
  if (isCarried && (pull.mergeable === "conflicting" || pull.mergeState === "dirty")) return "conflict";
  if (refusals.length > 0 || (isCarried && pull.mergeState === "blocked" && !pull.autoMergeEnabled)) {
    return "blocked";
  }
  return isCarried ? "ready" : "waiting";
}
