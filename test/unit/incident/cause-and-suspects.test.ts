import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { openingMessage } from "../../../src/incident/opening-commit.ts";
import { namedPaths } from "../../../src/incident/named-paths.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { HunkFacts, SuspectCommitFacts } from "../../../src/incident/state/commit-facts.ts";
import { settle } from "../../support/ideal-world.ts";
import { cpuTime } from "../../support/cpu-time.ts";
import { inIssue } from "../../support/planned.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import {
  aCommit,
  aComment,
  aTag,
  aTrunk,
  at,
  leo,
  opened,
  permission,
  released,
  shaOf,
  shopConfig,
} from "../../support/state-builder.ts";

const world = { context: { config: shopConfig, render: plainRenderer } };

/** The cause was confirmed. */
function confirmed(state: IncidentState, cause: string): IncidentState {
  const comment = aComment(9100, { author: leo, body: `/hotfix cause ${cause}`, createdAt: at("14:45") });
  const heard = {
    ...state,
    comments: [...state.comments, comment],
    permissions: { leo: permission("triage") },
  };
  return settle(heard, world).state;
}

/** Production: first (v1.0.0), second (v1.1.0), third, not released. */
function history(): Pick<IncidentState, "production" | "tags"> {
  const first = aCommit("first", { committedAt: at("09:00") });
  const second = aCommit("second", { parents: [first.sha], committedAt: at("10:00") });
  const third = aCommit("third", { parents: [second.sha], committedAt: at("11:00") });
  return {
    production: aTrunk("main", [third, second, first]),
    tags: [
      aTag("v1.1.0", second.sha, { taggedAt: at("10:05"), onProduction: true }),
      aTag("v1.0.0", first.sha, { taggedAt: at("09:05"), onProduction: true }),
    ],
  };
}

describe("suspects", () => {
  it("are no empty opening commits, of whichever incident", () => {
    const opening = (number: number): SuspectCommitFacts => ({
      ...aCommit(`opening ${number}`, { committedAt: at("14:31") }),
      message: openingMessage(`PAYMENT-CRITICAL-0${number}`, number, `hotfix/${number}-x`),
    });
    const told = aCommit("told", { committedAt: at("11:00") });
    const { suspects } = factsOf(opened({ suspects: [opening(42), told, opening(41)] }), shopConfig);
    expect(suspects.map(({ sha }) => sha)).toEqual([told.sha]);
  });

  const suspect = (
    name: string,
    time: string,
    over: Partial<SuspectCommitFacts> = {},
  ): SuspectCommitFacts => ({
    ...aCommit(name, { committedAt: time }),
    ...over,
  });

  it("are ranked by what speaks against them, the newest first where that is equal, each with its reasons", () => {
    const suspects = [
      suspect("old", "2026-11-01T09:00:00Z", { inService: true }),
      suspect("older", "2026-10-01T09:00:00Z", { inService: true }),
      suspect("late", at("14:00"), { lines: 900 }),
      suspect("second", "2026-11-18T10:00:00Z", { inService: true }),
      suspect("touched", "2026-11-02T09:00:00Z", { touched: ["src/pay.js"] }),
      suspect("named", "2026-10-02T09:00:00Z"),
    ];
    const body = `It began with ${shaOf("named").slice(0, 8)}, see src/pay.js:3`;
    const state = inIssue({ ...opened(), ...history(), suspects }, { body });
    const facts = factsOf(state, { ...shopConfig });
    expect(facts.suspects.map(({ sha, reasons }) => [sha, reasons.map(({ kind }) => kind)])).toEqual([
      [shaOf("named"), ["mentioned"]],
      [shaOf("touched"), ["named"]],
      [shaOf("second"), ["shipped-last", "service"]],
      [shaOf("late"), ["recent", "large"]],
      [shaOf("old"), ["service"]],
      [shaOf("older"), ["service"]],
    ]);
    expect(facts.suspects[2]!.reasons[0]).toEqual({ kind: "shipped-last", tag: "v1.1.0", after: "v1.0.0" });
    expect(facts.suspects[3]!.reasons[0]).toEqual({ kind: "recent", milliseconds: 1_800_000 });
  });

  it("one version alone is no reason: all of history would be in it", () => {
    const { production, tags } = history();
    const suspects = [suspect("second", "2026-11-18T10:00:00Z")];
    const state = { ...opened(), production, tags: tags.slice(0, 1), suspects };
    expect(factsOf(state, shopConfig).suspects[0]!.reasons).toEqual([]);
  });

  it.each([
    ["at pay (src/payment/pay.js:3:11)", ["src/payment/pay.js"]],
    ["./lib/a.ts and packages/b/c.py, twice lib/a.ts", ["lib/a.ts", "packages/b/c.py"]],
    ["at /app/src/pay/cart.ts:9", ["src/pay/cart.ts", "app/src/pay/cart.ts", "pay/cart.ts"]],
    ["in C:\\work\\shop\\src\\pay.ts", ["src/pay.ts"]],
    ["at /srv/node_modules/express/router.js", []],
    ["../../etc/passwd.txt and a/../b.js", []],
    ["nothing but words", []],
  ])("paths that a text names: %s", (text, paths) => {
    const named = namedPaths(text);
    expect(named.filter((each) => paths.includes(each)).toSorted()).toEqual(paths.toSorted());
    expect(paths.length > 0 || named.every((each) => each.startsWith(".."))).toBe(true);
    expect(named.length).toBeLessThanOrEqual(8);
  });

  it("S22: a long hostile text is read in no time", () => {
    const took = cpuTime(() => {
      namedPaths("a/".repeat(50_000));
      namedPaths("/".repeat(100_000));
      namedPaths("a.b/".repeat(25_000));
    });
    expect(took).toBeLessThan(2_000);
  });
});

describe("the cause", () => {
  const hunk = (path: string): HunkFacts => ({ path, header: "@@ -1 +1 @@", lines: ["-old", "+new"] });

  it("is a commit by the beginning of its SHA, recorded whole, with the first version that had it", () => {
    const state = confirmed({ ...released(), ...history() }, shaOf("second").slice(0, 8));
    expect(factsOf(state, shopConfig).cause).toMatchObject({
      kind: "commit",
      by: "leo",
      commit: { sha: shaOf("second") },
      carriedBy: { tag: "v1.1.0", url: expect.stringContaining("/releases/tag/v1.1.0") },
    });
    const { production, tags } = history();
    const third = aTag("v1.2.0", shaOf("third"), { taggedAt: at("11:05"), onProduction: true });
    const again = confirmed({ ...released(), production, tags: [third, ...tags] }, shaOf("second"));
    expect(factsOf(again, shopConfig).cause).toMatchObject({ carriedBy: { tag: "v1.1.0" } });
    const later = confirmed({ ...released(), ...history() }, shaOf("third").slice(0, 12));
    expect(factsOf(later, shopConfig).cause).toMatchObject({
      commit: { sha: shaOf("third") },
      carriedBy: null,
    });
  });

  it("shows the lines of files that the issue names first, and says how many it left out", () => {
    const commit = aCommit("elsewhere");
    const hunks = ["a.js", "b.js", "c.js", "d.js", "e.js", "src/pay.js"].map(hunk);
    const state = inIssue(
      { ...released(), lookedUp: [{ commit, hunks, moreHunks: 3 }] },
      { body: "It fails in pay.js" },
    );
    const { cause } = factsOf(confirmed(state, commit.sha), shopConfig);
    expect(cause).toMatchObject({ kind: "commit", moreHunks: 4 });
    expect(cause?.kind === "commit" ? cause.hunks.map(({ path }) => path) : []).toEqual([
      "src/pay.js",
      "a.js",
      "b.js",
      "c.js",
      "d.js",
    ]);
  });

  it("shows source before texts, manifests and lock files, each otherwise as git lists them", () => {
    const commit = aCommit("elsewhere");
    const paths = [
      "CHANGELOG.md",
      "api/package-lock.json",
      "go.sum",
      "package.json",
      "src/pay.js",
      "src/lock.js",
      "yarn.lock",
      "requirements.txt",
    ];
    const state = { ...released(), lookedUp: [{ commit, hunks: paths.map(hunk), moreHunks: 0 }] };
    const shown = (of: IncidentState) => {
      const { cause } = factsOf(confirmed(of, commit.sha), shopConfig);
      return cause?.kind === "commit" ? cause.hunks.map(({ path }) => path) : [];
    };
    expect(shown(state)).toEqual([
      "src/pay.js",
      "src/lock.js",
      "CHANGELOG.md",
      "package.json",
      "requirements.txt",
    ]);
    // What the issue itself speaks of is what somebody wants to see.
    expect(shown(inIssue(state, { body: "Since yarn.lock changed" }))[0]).toBe("yarn.lock");
  });

  it("in words is kept as it was said, and the last word holds", () => {
    const words = confirmed(released(), "a full disk");
    expect(factsOf(words, shopConfig).cause).toMatchObject({ kind: "text", text: "a full disk", by: "leo" });
  });
});

describe("a timeline", () => {
  it("of 5,000 entries is made in time that grows with it and no faster", () => {
    const timed = (count: number): number => {
      const state = released();
      const push = state.pushes.find((each) => each.kind === "push")!;
      const start = Date.parse(at("14:31"));
      const pushes = Array.from({ length: count }, (_, index) => ({
        ...push,
        after: shaOf(`push ${index}`),
        at: new Date(start + (count - index) * 1_000).toISOString().replace(".000Z", "Z"),
      }));
      const long = { ...state, pushes: [...state.pushes, ...pushes] };
      return cpuTime(() => {
        const { timeline } = factsOf(long, shopConfig);
        expect(timeline.length).toBeGreaterThanOrEqual(count);
      });
    };
    timed(500);
    const [short, long] = [Math.min(timed(1_000), timed(1_000)), Math.min(timed(5_000), timed(5_000))];
    expect(long).toBeLessThan(Math.max(200, short * 15));
  });
});
