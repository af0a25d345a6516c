import { describe, expect, it } from "vitest";
import { type Action, type ActionKind, actionKey } from "../../src/incident/action.ts";
import { decisionsOf } from "../../src/incident/decisions.ts";
import { parseMarker } from "../../src/incident/names.ts";
import { plan } from "../../src/incident/plan.ts";
import { acceptedCommands } from "../../src/incident/replies.ts";
import { roundsOf } from "../../src/incident/rounds.ts";
import type { IncidentState } from "../../src/incident/state.ts";
import type { Problem } from "../../src/incident/state/problem.ts";
import { observed, settle, type World } from "../support/ideal-world.ts";
import { plainRenderer } from "../support/plain-renderer.ts";
import { labelled, shopConfig } from "../support/state-builder.ts";
import { type Move, move, moveNamed } from "./person-moves.ts";
import { fc } from "../support/fast-check.ts";

const context = { config: shopConfig, render: plainRenderer };
/** More of them: `CONVERGENCE_RUNS=2000 vitest run test/convergence`. */
const RUNS = { numRuns: Number(process.env.CONVERGENCE_RUNS ?? 60) };

/** What was done after each move of a person, and what was there before and after. */
interface Step {
  readonly move: string;
  readonly before: IncidentState;
  readonly after: IncidentState;
  readonly actions: readonly Action[];
}

function play(moves: readonly Move[], world: World = { context }): readonly Step[] {
  const steps: Step[] = [];
  let state = labelled();
  for (const each of [{ name: "label", make: (now: IncidentState) => now }, ...moves]) {
    const before = observed(each.make(state));
    const settled = settle(before, world);
    steps.push({ move: each.name, before, after: settled.state, actions: settled.actions });
    state = settled.state;
  }
  return steps;
}

const night = fc.array(move, { maxLength: 14 });

const refusals = fc.record({
  kinds: fc.subarray<ActionKind>([
    "create-branch",
    "open-pull-request",
    "write-status",
    "post-comment",
    "mark-ready",
    "request-review",
    "assign",
    "create-tag",
    "publish-release",
    "merge-into-branch",
    "merge-pull-request",
    "commit-documents",
    "delete-branch",
    "close-issue",
  ]),
  code: fc.constantFrom("permission-missing", "rule-violation", "merge-conflict", "tag-taken", "name-taken"),
  transient: fc.boolean(),
});

function refusing({
  kinds,
  code,
  transient,
}: {
  kinds: readonly ActionKind[];
  code: string;
  transient: boolean;
}): World {
  const problem: Problem = { code, sentence: "It was refused.", nextStep: "Allow it.", transient };
  const burned = new Set(["v1.2.4", "v1.2.5"]);
  return {
    context,
    refuse: (action) => {
      if (!kinds.includes(action.kind)) return null;
      if (action.kind === "create-tag" && code === "tag-taken" && !burned.has(action.tag)) return null;
      return problem;
    },
  };
}

describe("convergence", () => {
  it("settles after anything that people do, and then has nothing more to do", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { after } of play(moves)) {
          const again = settle(observed(after), { context });
          expect(again.actions.map(actionKey)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it("settles whatever GitHub refuses, and asks for nothing twice in a pass", () => {
    fc.assert(
      fc.property(night, refusals, (moves, refused) => {
        for (const { actions, after } of play(moves, refusing(refused))) {
          const attempts = actions.map(actionKey);
          const failed = Object.keys(after.refusals);
          for (const key of failed)
            expect(attempts.filter((attempt) => attempt === key).length).toBeLessThanOrEqual(1);
        }
      }),
      RUNS,
    );
  });

  it("comes to the same end when the refusals are over as if there had been none", () => {
    fc.assert(
      fc.property(refusals, (refused) => {
        const hindered = settle(labelled(), refusing({ ...refused, code: "permission-missing" })).state;
        const end = settle(observed(hindered), { context }).state;
        const straight = settle(labelled(), { context }).state;
        const outline = (state: IncidentState) => ({
          branches: state.branches.map((branch) => branch.name).toSorted(),
          pulls: state.pullRequests.map((pull) => `${pull.head}->${pull.base}`).toSorted(),
        });
        expect(outline(end)).toEqual(outline(straight));
      }),
      RUNS,
    );
  });

  it("plans the same for the same state, in whatever state people left it", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { before } of play(moves))
          expect(plan(structuredClone(before), context)).toEqual(plan(before, context));
      }),
      { numRuns: 100 },
    );
  });

  it("never loses a fact in advance, apart from the branches that it deleted", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { before, after, actions } of play(moves)) {
          const deleted = actions.flatMap((action) =>
            action.kind === "delete-branch" ? [action.branch] : [],
          );
          const names = (state: IncidentState) => state.branches.map((branch) => branch.name);
          expect(names(after)).toEqual(
            expect.arrayContaining(names(before).filter((name) => !deleted.includes(name))),
          );
          expect(after.comments.map((each) => each.id)).toEqual(
            expect.arrayContaining(before.comments.map((each) => each.id)),
          );
          expect(after.pullRequests.map((each) => each.number)).toEqual(
            expect.arrayContaining(before.pullRequests.map((each) => each.number)),
          );
          expect(after.tags).toEqual(expect.arrayContaining([...before.tags]));
          expect(after.releases).toEqual(expect.arrayContaining([...before.releases]));
          expect(after.events).toEqual(expect.arrayContaining([...before.events]));
          expect(after.pushes).toEqual(expect.arrayContaining([...before.pushes]));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("courtesy", () => {
  it("never proposes again what a person closed, and never makes again what a person deleted", () => {
    fc.assert(
      fc.property(night, (moves) => {
        const steps = play(moves);
        for (const [index, { actions }] of steps.entries()) {
          const earlier = steps.slice(0, index).flatMap((step) => step.actions);
          const once = (kind: ActionKind): readonly string[] =>
            actions.filter((action) => action.kind === kind).map(actionKey);
          const made = new Set(earlier.map(actionKey));
          for (const key of [...once("create-branch"), ...once("open-pull-request"), ...once("mark-ready")]) {
            // A back-merge branch that was gone before it had a pull request left no trace.
            expect(made.has(key) && !key.startsWith("create-branch:backmerge/")).toBe(false);
          }
        }
      }),
      RUNS,
    );
  });

  it("I4, I5: has one open pull request for each head and base, one status comment, each comment once", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { after } of play(moves)) {
          const open = after.pullRequests
            .filter((pull) => pull.state === "open")
            .map((pull) => `${pull.head}->${pull.base}`);
          expect(new Set(open).size).toBe(open.length);
          const markers = after.comments
            .filter((comment) => comment.isOurs)
            .map((comment) => parseMarker(comment.body))
            .map(
              (marker) =>
                `${marker?.kind} ${marker?.fields.round} ${marker?.fields.target} ${marker?.fields.code} ${marker?.fields.problems} ${marker?.fields.comment}`,
            );
          expect(new Set(markers).size).toBe(markers.length);
        }
      }),
      RUNS,
    );
  });

  it("I10: does nothing but say so once the label is gone", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { before, actions } of play(moves)) {
          if (before.issue.labels.includes("incident")) continue;
          // Whoever asks by command gets an answer all the same.
          const others = actions.filter((action) => !isReply(action));
          expect(others.every((action) => action.kind === "write-status")).toBe(true);
          expect(others.length).toBeLessThanOrEqual(1);
        }
      }),
      RUNS,
    );
  });

  it("does nothing but answer and say so after /hotfix abort", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { before, after, actions } of play(moves)) {
          if (!isAborted(before) || !isAborted(after)) continue;
          expect(actions.filter((action) => !isReply(action) && action.kind !== "write-status")).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it("takes back no decision of a person and no round, and has one round open at most", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { move: name, before, after } of play(moves)) {
          if (name === "delete-reply") continue;
          const written = acceptedCommands(after).map(({ comment }) => comment);
          for (const { comment } of acceptedCommands(before)) expect(written).toContain(comment);
          const rounds = roundsOf(after, shopConfig);
          expect(rounds.length).toBeGreaterThanOrEqual(roundsOf(before, shopConfig).length);
          expect(rounds.slice(0, -1).every((round) => round.mergeCommit !== null)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("I7: deletes only branches that stand where they were merged", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { before, after, actions } of play(moves)) {
          for (const action of actions) {
            if (action.kind !== "delete-branch") continue;
            const merged = [...before.pullRequests, ...after.pullRequests].filter(
              (pull) => pull.head === action.branch && pull.state === "merged",
            );
            expect(merged.map((pull) => pull.headSha)).toContain(action.expectedHead);
          }
        }
      }),
      RUNS,
    );
  });

  it("keeps every word that people wrote around the status", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { before, after } of play(moves)) {
          for (const words of ["Call the hotline!", "See the wiki."]) {
            const has = (state: IncidentState) =>
              state.comments.some((comment) => comment.body.includes(words));
            expect(has(after)).toBe(has(before));
          }
        }
      }),
      RUNS,
    );
  });

  it("writes no code while configuration is unusable", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { before, actions } of play(moves)) {
          const isTalk = (action: Action) => action.kind === "write-status" || action.kind === "post-comment";
          expect(before.configuration.usable || actions.every(isTalk)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe("goals", () => {
  it("I1: every merge that shipped something has one version and a release, and no other has", () => {
    fc.assert(
      fc.property(night, (moves) => {
        for (const { after } of play(moves.filter((each) => each.name !== "delete-release"))) {
          if (!after.issue.labels.includes("incident") || !after.configuration.usable) continue;
          if (isAborted(after)) continue;
          for (const pull of after.pullRequests) {
            const isShipped = pull.head.startsWith("hotfix/") && pull.state === "merged";
            const before = after.production?.history.find(
              (commit) => commit.sha === pull.mergeCommit?.parents[0],
            );
            const isEmpty = before?.tree === pull.mergeCommit?.tree;
            const tags = after.tags.filter((tag) => tag.commit === pull.mergeCommit?.sha);
            const expected = isShipped && !isEmpty ? 1 : 0;
            expect(tags).toHaveLength(expected);
            expect(after.releases.filter((release) => release.tag === tags[0]?.name)).toHaveLength(expected);
          }
        }
      }),
      RUNS,
    );
  });

  it("ends landed, documented and closed when nobody stands in the way", () => {
    const harmless = new Set(["push-fix", "retitle", "edit-status", "miss-deadline", "close-issue"]);
    const way = fc.constantFrom("merge-production", "squash-production", "rebase-production");
    fc.assert(
      fc.property(night, way, fc.array(move, { maxLength: 4 }), (moves, method, later) => {
        const fix = moveNamed("push-fix");
        const merge = moveNamed(method);
        const isHarmless = (each: Move) => harmless.has(each.name);
        const steps = play([
          ...moves.filter(isHarmless),
          fix,
          merge,
          ...later.filter((each) => isHarmless(each) && each.name !== "push-fix"),
        ]);
        const end = steps.at(-1)!.after;
        expect(end.issue.state).toBe("closed");
        expect(end.documents.map((document) => document.path)).toHaveLength(4);
        expect(end.landings.every((landing) => landing.proof === "ancestry")).toBe(true);
        expect(end.branches).toEqual([]);
        expect(end.comments.filter((comment) => comment.body.includes("kind=closed"))).toHaveLength(1);
      }),
      RUNS,
    );
  });
});

function isReply(action: Action): boolean {
  return action.kind === "post-comment" && action.marker.includes("kind=reply");
}

function isAborted(state: IncidentState): boolean {
  return decisionsOf(state).ended?.command.name === "abort";
}
