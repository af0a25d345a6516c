import { describe, expect, it } from "vitest";
import type { Action } from "../../src/incident/action.ts";
import { decisionsOf } from "../../src/incident/decisions.ts";
import { parseMarker } from "../../src/incident/names.ts";
import type { IncidentState } from "../../src/incident/state.ts";
import type { PullRequestFacts } from "../../src/incident/state/pull-request-facts.ts";
import { roundsOf } from "../../src/incident/rounds.ts";
import { observed, settle } from "../support/ideal-world.ts";
import { plainRenderer } from "../support/plain-renderer.ts";
import { appActor, labelled, shopConfig } from "../support/state-builder.ts";
import { type Move, move, moveNamed } from "./person-moves.ts";
import { fc } from "../support/fast-check.ts";

const context = { config: shopConfig, render: plainRenderer };
/** More of them: `CONVERGENCE_RUNS=2000 vitest run test/convergence`. */
const RUNS = { numRuns: Number(process.env.CONVERGENCE_RUNS ?? 60) };

interface Step {
  readonly move: string;
  /** As the person left it. */
  readonly left: IncidentState;
  /** After the app had its turn, and another one. */
  readonly found: IncidentState;
  readonly actions: readonly Action[];
}

/** Every other night gets as far as the end before people begin. */
const shipped = ["push-fix", "merge-production"].map((name) => moveNamed(name));
const night = fc
  .tuple(fc.boolean(), fc.array(move, { maxLength: 16 }))
  .map(([isLate, moves]) => (isLate ? [...shipped, ...moves] : moves));

function play(moves: readonly Move[]): readonly Step[] {
  const steps: Step[] = [];
  let state = settle(observed(labelled()), { context }).state;
  for (const { name, make } of moves) {
    const left = observed(make(state));
    const first = settle(left, { context });
    const second = settle(observed(first.state), { context });
    steps.push({ move: name, left, found: second.state, actions: [...first.actions, ...second.actions] });
    state = second.state;
  }
  return steps;
}

/** Each step of a night with those before it. */
function eachOf(check: (step: Step, earlier: readonly Step[]) => void): (moves: readonly Move[]) => void {
  return (moves) => {
    const steps = play(moves);
    for (const [index, step] of steps.entries()) check(step, steps.slice(0, index));
  };
}

function isOurs(actor: { readonly login: string } | undefined): boolean {
  return actor?.login === appActor.login;
}

function roundsIn(state: IncidentState): number {
  return roundsOf(state, shopConfig).length;
}

/** A person had the last word on whether it is a draft. */
function draftByPerson(pull: PullRequestFacts): boolean {
  const last = pull.events.findLast(({ kind }) => kind === "convert_to_draft" || kind === "ready_for_review");
  return pull.isDraft && last?.kind === "convert_to_draft" && !isOurs(last.actor);
}

function kindsOf(state: IncidentState): readonly string[] {
  return state.comments.flatMap((comment) => {
    const marker = comment.isOurs ? parseMarker(comment.body) : null;
    // A reply is the record of what was accepted: without it the command is answered again.
    if (marker === null || marker.kind === "status" || marker.kind === "reply") return [];
    const { round, target, code, problems } = marker.fields;
    return [[marker.kind, round, target, code, problems].join(" ")];
  });
}

describe("what people left is there afterwards", () => {
  it("pull requests keep their state, words, base and draft, unless the app merges one that is open", () => {
    const check = eachOf(({ left, found, actions }) => {
      const merged = new Set(
        actions.flatMap((action) => (action.kind === "merge-pull-request" ? [action.pullRequest] : [])),
      );
      for (const pull of left.pullRequests) {
        const now = found.pullRequests.find((each) => each.number === pull.number)!;
        expect([now.title, now.body, now.base]).toEqual([pull.title, pull.body, pull.base]);
        const mayMerge = pull.state === "open" && merged.has(pull.number);
        expect(now.state).toBe(mayMerge ? "merged" : pull.state);
        const mayBeReady = pull.isDraft && !draftByPerson(pull);
        expect(mayBeReady || now.isDraft === pull.isDraft).toBe(true);
      }
    });
    expect(() => fc.assert(fc.property(night, check), RUNS)).not.toThrow();
  });

  it("hotfix branches never move, back-merge branches only by a merge into them, and none comes back", () => {
    const check = eachOf(({ left, found, actions }, earlier) => {
      const wereThere = new Set(earlier.flatMap((step) => step.found.branches.map(({ name }) => name)));
      const areThere = new Map(left.branches.map((branch) => [branch.name, branch.head]));
      const mergedInto = new Set(
        actions.flatMap((action) => (action.kind === "merge-into-branch" ? [action.branch] : [])),
      );
      expect([...mergedInto].every((name) => name.startsWith("backmerge/"))).toBe(true);
      for (const branch of found.branches) {
        const before = areThere.get(branch.name);
        const wasTold = left.pushes.some((push) => push.branch === branch.name);
        const hadPull = left.pullRequests.some((pull) => pull.head === branch.name);
        const isBack = before === undefined && wereThere.has(branch.name) && (wasTold || hadPull);
        const isMoved = before !== undefined && branch.head !== before;
        expect([isBack, isMoved && !mergedInto.has(branch.name)]).toEqual([false, false]);
      }
    });
    expect(() => fc.assert(fc.property(night, check), RUNS)).not.toThrow();
  });

  it("the issue keeps its title, words and labels; closed stays closed, and reopened stays open", () => {
    const check = eachOf(({ left, found }, earlier) => {
      expect(found.issue.labels).toEqual(left.issue.labels);
      expect([found.issue.title, found.issue.body]).toEqual([left.issue.title, left.issue.body]);
      const last = left.events.findLast(({ kind }) => kind === "reopened" || kind === "closed");
      const end = earlier.findLast(({ actions }) => actions.some(({ kind }) => kind === "close-issue"));
      // Another round has an end of its own.
      const wasOver = end !== undefined && roundsIn(end.found) === roundsIn(found);
      const mayClose = left.issue.state === "open" && !(last?.kind === "reopened" && wasOver);
      expect(mayClose || found.issue.state === left.issue.state).toBe(true);
    });
    expect(() => fc.assert(fc.property(night, check), RUNS)).not.toThrow();
  });

  it("comments that were deleted stay deleted, and comments of people stay as they are", () => {
    const check = eachOf(({ move: name, left, found }, earlier) => {
      const before = earlier.at(-1)?.found;
      const hasStatus = (state: IncidentState): boolean =>
        state.comments.some((comment) => comment.isOurs && comment.body.includes("kind=status"));
      const gone =
        before !== undefined && name === "delete-comment" && hasStatus(before)
          ? kindsOf(before).filter((kind) => !kindsOf(left).includes(kind))
          : [];
      expect(kindsOf(found).filter((kind) => gone.includes(kind))).toEqual([]);
      // `/hotfix status` may have asked for it in the same second.
      const wasAsked = earlier.some((step) => step.move === "command");
      expect(name === "delete-status" && !wasAsked && hasStatus(found)).toBe(false);
      for (const comment of left.comments.filter((each) => !each.isOurs)) {
        expect(found.comments).toContainEqual(comment);
      }
    });
    expect(() => fc.assert(fc.property(night, check), RUNS)).not.toThrow();
  });

  it("tags never move, and a release that somebody deleted stays deleted", () => {
    const check = eachOf(({ move: name, left, found }) => {
      for (const tag of left.tags) expect(found.tags).toContainEqual(tag);
      const isSame = name === "delete-release" && left.tags.length === found.tags.length;
      expect(isSame ? found.releases : []).toEqual([]);
    });
    expect(() => fc.assert(fc.property(night, check), RUNS)).not.toThrow();
  });
});

describe("and says so", () => {
  it("a pull request that somebody closed before anything was merged is named in the status comment", () => {
    const check = eachOf(({ found }) => {
      const status = found.comments.find(({ isOurs: own, body }) => own && body.includes("kind=status"));
      const isLabelled = found.issue.labels.includes("incident");
      const isShipped = found.pullRequests.some(({ state }) => state === "merged");
      if (status === undefined || !isLabelled || isShipped) return;
      const bases = [found.production?.name, found.integration?.name];
      const { targets } = decisionsOf(found);
      // One to a target that somebody took off the list is no news.
      const closed = found.pullRequests.filter(
        ({ state, base }) =>
          state === "closed" && bases.includes(base) && targets.get(base)?.command.name !== "skip",
      );
      for (const pull of closed) expect(status.body).toContain(`#${pull.number}`);
    });
    expect(() => fc.assert(fc.property(night, check), RUNS)).not.toThrow();
  });
});
