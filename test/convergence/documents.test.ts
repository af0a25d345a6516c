import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../src/config/load-templates.ts";
import { createRenderer } from "../../src/documents/create-renderer.ts";
import type { IncidentState } from "../../src/incident/state.ts";
import { plan } from "../../src/incident/plan.ts";
import { observed, settle } from "../support/ideal-world.ts";
import {
  aBranch,
  aPullRequest,
  at,
  commits,
  labelled,
  landed,
  leo,
  shaOf,
  shopConfig,
} from "../support/state-builder.ts";
import { fc } from "../support/fast-check.ts";

const context = { config: shopConfig, render: createRenderer(await loadTemplates()) };
const BRANCH = "hotfix-documents/42";
const REPORT = "incidents/PAYMENT-CRITICAL-042.md";

/** Landed, with its documents on the branch of an open pull request. */
function proposed(): IncidentState {
  const { state } = settle(observed(landed()), { context });
  const documents = state.documents.map((document) => ({ ...document, branch: BRANCH }));
  const commit = { ...commits.fix, sha: shaOf("documents"), message: "docs: add" };
  return {
    ...state,
    documents,
    branches: [...state.branches, aBranch(BRANCH, [commit])],
    pullRequests: [
      ...state.pullRequests,
      aPullRequest({ number: 60, head: BRANCH, base: "develop", headSha: commit.sha, changedFiles: 2 }),
    ],
  };
}

/** A fact that comes later: somebody reopens the issue and closes it again. */
function withLaterFact(state: IncidentState): IncidentState {
  return {
    ...state,
    events: [...state.events, { kind: "closed", id: "late", actor: leo, at: at("18:00") }],
  };
}

function textsOf(state: IncidentState): string {
  return state.documents.map(({ path, text }) => `${path}\n${text}`).join("\n");
}

describe("the documents of a landed incident", () => {
  it("a thousand passes over an open documents pull request write nothing", () => {
    let state = settle(observed(proposed()), { context }).state;
    for (let pass = 0; pass < 1000; pass += 1) {
      const next = plan(observed(state), context);
      expect(next.actions).toEqual([]);
      state = observed(state);
    }
  });

  it("a later fact is pushed to the branch of the open pull request, in one commit, and no second one is opened", () => {
    const { actions, state } = settle(observed(withLaterFact(proposed())), { context });
    const commitsMade = actions.filter((action) => action.kind === "commit-documents");
    expect(commitsMade).toMatchObject([{ branch: BRANCH, expectedHead: shaOf("documents"), fallback: null }]);
    expect(commitsMade[0]!.files.map((file) => file.path)).toContain(REPORT);
    expect(commitsMade[0]!.files[0]!.text).toContain("Issue closed by hand");
    expect(state.pullRequests.filter((pull) => pull.head === BRANCH)).toHaveLength(1);
    expect(plan(observed(state), context).actions).toEqual([]);
  });

  it("a later fact is committed to the trunk where there is no pull request, with what people wrote", () => {
    const { state } = settle(observed(landed()), { context });
    const theirs = {
      ...state,
      documents: state.documents.map((document) => ({
        ...document,
        text: document.text!.replace("## Root cause\n", "## Root cause\n\nThe rename of the order total.\n"),
      })),
    };
    const { actions } = settle(observed(withLaterFact(theirs)), { context });
    const [action] = actions.filter((each) => each.kind === "commit-documents");
    expect(action).toMatchObject({ branch: "develop", fallback: { branch: BRANCH } });
    const report = action!.files.find((file) => file.path === REPORT)!;
    expect(report.text).toContain("The rename of the order total.");
    expect(report.text).toContain("Issue closed by hand");
  });

  it("an index that comes later changes nothing in them, also where a later fact has them written again", () => {
    const entry = (number: number, total: number) => ({
      service: "payment",
      id: `PAYMENT-HIGH-${String(number).padStart(3, "0")}`,
      number,
      declared: "2026-10-01T09:00:00Z",
      open: [],
      seconds: {
        to_acknowledge: total,
        to_fix: total,
        to_review: total,
        to_release: total,
        to_land: total,
        declared_to_released: total,
      },
    });
    const [told] = settle(labelled({ indexed: [600, 900, 1_200].map((total, at) => entry(at + 1, total)) }), {
      context,
    }).state.comments;
    const night = landed({ comments: [told!, ...landed().comments.slice(1)] });
    const { state } = settle(observed(night), { context });
    const written = textsOf(settle(observed(withLaterFact(state)), { context }).state);
    expect(written).toContain("the median of the last 3 incidents is 15 min");
    const totals = fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(totals, (later) => {
        const indexed = later.map((total, at) => entry(at + 4, total));
        expect(plan(observed({ ...state, indexed }), context).actions).toEqual([]);
        const again = settle(observed({ ...withLaterFact(state), indexed }), { context }).state;
        expect(textsOf(again)).toBe(written);
      }),
      { numRuns: 20 },
    );
  });

  it("a pull request that somebody closed is not opened again, nor is anything else proposed", () => {
    const state = proposed();
    const closed = {
      ...state,
      pullRequests: state.pullRequests.map((pull) =>
        pull.head === BRANCH ? { ...pull, state: "closed" as const } : pull,
      ),
    };
    const { actions } = settle(observed(withLaterFact(closed)), { context });
    expect(actions.filter((action) => action.kind === "commit-documents")).toEqual([]);
  });

  it("a file that somebody took away or renamed does not come back", () => {
    const { state } = settle(observed(landed()), { context });
    expect(state.issue.state).toBe("closed");
    const without = { ...state, documents: state.documents.filter(({ path }) => path !== REPORT) };
    const { actions } = settle(observed(withLaterFact(without)), { context });
    const paths = actions.flatMap((action) =>
      action.kind === "commit-documents" ? action.files.map((file) => file.path) : [],
    );
    expect(paths).not.toContain(REPORT);
  });

  it("a folder in the place of a file, and a file of somebody else, are left alone", () => {
    for (const text of [null, "# My own notes\n"]) {
      const { state } = settle(observed(landed()), { context });
      const taken = { ...state, documents: state.documents.map((document) => ({ ...document, text })) };
      const { actions } = settle(observed(withLaterFact(taken)), { context });
      expect(actions.filter((action) => action.kind === "commit-documents")).toEqual([]);
    }
  });

  it("are not written while GitHub still shows a merged back-merge as open", () => {
    const state = landed();
    const lagging = {
      ...state,
      pullRequests: state.pullRequests.map((pull) =>
        pull.base === "develop"
          ? {
              ...pull,
              state: "open" as const,
              mergedAt: null,
              mergedBy: null,
              headSha: state.integration!.head,
            }
          : pull,
      ),
    };
    const next = plan(observed(lagging), context);
    expect(next.actions.filter((action) => action.kind === "commit-documents")).toEqual([]);
    expect(next.lookAgain || next.actions.length > 0).toBe(true);
    expect(plan(observed(state), context).actions.map((action) => action.kind)).toContain("commit-documents");
  });
});
