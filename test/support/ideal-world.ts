import { type Action, actionKey, type OutcomeValue } from "../../src/incident/action.ts";
import { advance } from "../../src/incident/advance.ts";
import { commitGraphOf, contains } from "../../src/incident/commit-graph.ts";
import type { PlanContext } from "../../src/incident/plan.ts";
import { plan } from "../../src/incident/plan.ts";
import type { IncidentState } from "../../src/incident/state.ts";
import type { Problem } from "../../src/incident/state/problem.ts";
import { at, shaOf } from "./state-builder.ts";

/** A GitHub where every write succeeds, except those that `refuse` names. */
export interface World {
  readonly context: PlanContext;
  readonly refuse?: (action: Action) => Problem | null;
}

export interface Settled {
  readonly state: IncidentState;
  /** Keys of what was done, round by round. */
  readonly rounds: readonly (readonly string[])[];
  readonly actions: readonly Action[];
}

/** More rounds than any incident needs: reaching it is a loop. */
const MOST_ROUNDS = 30;

/** One pass as the loop does it: plan, apply, advance, until nothing is missing; then a look, as long as the plan asks for one. */
export function settle(start: IncidentState, world: World): Settled {
  let state = start;
  const rounds: string[][] = [];
  const done: Action[] = [];
  for (;;) {
    const next = plan(state, world.context);
    if (next.actions.length === 0) {
      if (!next.lookAgain || state.isAdvanced === undefined) return { state, rounds, actions: done };
      // What was refused stays refused in this pass.
      state = { ...observed(state), refusals: state.refusals };
      continue;
    }
    if (rounds.length >= MOST_ROUNDS) throw new Error(`does not settle: ${JSON.stringify(rounds)}`);
    rounds.push(next.actions.map(actionKey));
    for (const action of next.actions) {
      const problem = world.refuse?.(action) ?? null;
      done.push(action);
      state = advance(
        state,
        problem === null
          ? { action, ok: true, value: valueOf(state, action) }
          : { action, ok: false, problem },
      );
    }
  }
}

/** What the next observation would show: refusals forgotten, proofs read. */
export function observed(state: IncidentState): IncidentState {
  const { isAdvanced: _, ...facts } = state;
  const graph = commitGraphOf(state);
  const merges = state.pullRequests.flatMap((pull) =>
    pull.state === "merged" && pull.base === "main" && pull.mergeCommit !== null
      ? [pull.mergeCommit.sha]
      : [],
  );
  const trunks = [state.production, state.integration, ...state.releaseBranches].filter(
    (trunk) => trunk !== null,
  );
  const landings = merges.flatMap((mergeCommit) =>
    trunks.map((trunk) => ({
      mergeCommit,
      target: trunk.name,
      // GitHub has the whole history; the state has only what was read, so a proof once given is kept.
      proof:
        contains(graph, trunk.head, mergeCommit) || wasProven(state, mergeCommit, trunk.name)
          ? ("ancestry" as const)
          : ("missing" as const),
    })),
  );
  return { ...facts, refusals: {}, landings };
}

function wasProven(state: IncidentState, mergeCommit: string, target: string): boolean {
  return state.landings.some(
    (landing) =>
      landing.mergeCommit === mergeCommit && landing.target === target && landing.proof === "ancestry",
  );
}

/** What GitHub answers to an action that it does. */
export function valueOf(state: IncidentState, action: Action): OutcomeValue {
  const sha = shaOf(`${actionKey(action)} on ${state.comments.length} comments`);
  const when = { at: at("14:41") };
  switch (action.kind) {
    case "create-branch":
      return { kind: "branch", head: sha, ...when };
    case "open-pull-request": {
      const number = Math.max(42, ...state.pullRequests.map((pull) => pull.number)) + 1;
      const head = state.branches.find((branch) => branch.name === action.head);
      if (head === undefined) throw new Error(`no branch ${action.head}`);
      return {
        kind: "pull-request",
        number,
        nodeId: `PR_${number}`,
        url: `${state.repository.url}/pull/${number}`,
        isDraft: action.draft,
        headSha: head.head,
        ...when,
      };
    }
    case "write-status":
    case "write-digest":
    case "post-comment": {
      const id = Math.max(9000, ...state.comments.map((comment) => comment.id)) + 1;
      return {
        kind: "comment",
        id,
        nodeId: `IC_${id}`,
        url: `${state.issue.url}#issuecomment-${id}`,
        ...when,
      };
    }
    case "publish-release":
      return { kind: "release", url: `${state.repository.url}/releases/tag/${action.tag}`, ...when };
    case "merge-into-branch":
    case "commit-merge":
      return { kind: "merge", sha, ...when };
    case "merge-pull-request":
      return { kind: "merge-pull-request", merged: true, sha };
    case "commit-documents":
      return { kind: "documents", sha, pullRequest: null, ...when };
    case "propose-change": {
      const pulls = [...state.pullRequests, ...(state.proposals?.pullRequests ?? [])];
      const number = Math.max(42, ...pulls.map((pull) => pull.number)) + 1;
      const url = `${state.repository.url}/pull/${number}`;
      return {
        kind: "pull-request",
        number,
        nodeId: `PR_${number}`,
        url,
        isDraft: false,
        headSha: sha,
        ...when,
      };
    }
    case "withdraw-proposal":
    case "mark-ready":
    case "request-review":
    case "assign":
    case "create-tag":
    case "delete-branch":
    case "close-issue":
    case "report-conflicts":
    case "close-follow-up":
    case "report-forecast":
      return { kind: "done", ...when };
    case "open-follow-up": {
      const number = Math.max(900, ...(state.followUps ?? []).map((each) => each.number)) + 1;
      return {
        kind: "issue",
        number,
        id: number * 10,
        url: `${state.repository.url}/issues/${number}`,
        ...when,
      };
    }
  }
}
