import { describe, expect, it } from "vitest";
import { type Config, configOf } from "../../../src/config/schema.ts";
import type { ForbidRule } from "../../../src/config/schema/forbid-rule-schema.ts";
import type { Action } from "../../../src/incident/action.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { parseProposalBranch, proposalBranch } from "../../../src/incident/names.ts";
import { rulesInForce } from "../../../src/incident/rules-in-force.ts";
import type { IncidentState, ProposalsState } from "../../../src/incident/state.ts";
import type { PullRequestFacts } from "../../../src/incident/state/pull-request-facts.ts";
import { settle } from "../../support/ideal-world.ts";
import { plannedWork } from "../../support/planned.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import {
  aComment,
  aCommit,
  aPullRequestEvent,
  appActor,
  at,
  labelled,
  leo,
  opened,
  permission,
  shaOf,
  shopConfig,
} from "../../support/state-builder.ts";

const FORBID = "/hotfix forbid cents use amount in src/**";
const may = { leo: permission("maintain"), ana: permission("triage") };

/** Commands one after the other, each answered and done before the next. */
function after(start: IncidentState, ...commands: readonly string[]): IncidentState {
  return run(start, shopConfig, ...commands).state;
}

function run(start: IncidentState, config: Config, ...commands: readonly string[]) {
  let state = start;
  const actions: Action[] = [];
  const rounds: (readonly string[])[] = [];
  for (const [index, body] of commands.entries()) {
    const comment = aComment(Math.max(9100, ...state.comments.map(({ id }) => id)) + 100, {
      author: leo,
      body,
      createdAt: at(`14:${45 + index}`),
    });
    const settled = settle(
      { ...state, comments: [...state.comments, comment], permissions: may },
      { context: { config, render: plainRenderer } },
    );
    state = settled.state;
    actions.push(...settled.actions);
    rounds.push(...settled.rounds);
  }
  return { state, actions, rounds };
}

function proposals(state: IncidentState): ProposalsState {
  return state.proposals ?? { pullRequests: [], branches: [], elsewhere: [], isValidationThere: false };
}

/** The only proposal, changed. */
function withPull(state: IncidentState, change: Partial<PullRequestFacts>): IncidentState {
  const [pull] = proposals(state).pullRequests;
  return { ...state, proposals: { ...proposals(state), pullRequests: [{ ...pull!, ...change }] } };
}

function kindsOf(actions: readonly Action[]): readonly string[] {
  return actions
    .map(({ kind }) => kind)
    .filter((kind) => ["propose-change", "withdraw-proposal", "delete-branch"].includes(kind));
}

const closedBy = (actor: PullRequestFacts["author"]): Partial<PullRequestFacts> => ({
  state: "closed",
  events: [aPullRequestEvent("closed", actor, "15:00")],
});

describe("a rule that an incident made", () => {
  it("is proposed once, after everything urgent, and before the status comment tells of it", () => {
    const { state, actions, rounds } = run(labelled(), shopConfig, FORBID);
    expect(kindsOf(actions)).toEqual(["propose-change"]);
    const proposed = rounds.findIndex((round) => round.some((key) => key.startsWith("propose-change")));
    const isUrgent = (key: string): boolean => /^(?:create-branch|open-pull-request)/u.test(key);
    expect(rounds.findLastIndex((round) => round.some(isUrgent))).toBeLessThan(proposed);
    expect(rounds.findLastIndex((round) => round.includes("write-status"))).toBeGreaterThan(proposed);
    expect(actions.find(({ kind }) => kind === "propose-change")).toMatchObject({
      base: "main",
      change: { kind: "forbid", inForce: { count: 1 } },
      paste: { path: ".github/hotfix.yml" },
    });
    expect(factsOf(state, shopConfig).proposals).toMatchObject([
      { kind: "forbid", name: "cents", state: "open" },
    ]);
    expect(plannedWork(state)).toEqual([]);
    expect(kindsOf(run(state, shopConfig, FORBID).actions)).toEqual([]);
  });

  it("costs a state without such commands nothing", () => {
    expect(settle(opened(), { context: { config: shopConfig, render: plainRenderer } }).state.proposals).toBe(
      undefined,
    );
  });

  it("S20: closed by a person it is not proposed again, closed by the app it is when it is asked for again", () => {
    const open = after(opened(), FORBID);
    const refused = withPull(open, closedBy(leo));
    expect(plannedWork(refused)).toEqual([]);
    expect(kindsOf(run(refused, shopConfig, FORBID).actions)).toEqual([]);
    const back = run(open, shopConfig, "/hotfix retire cents");
    expect(kindsOf(back.actions)).toEqual(["withdraw-proposal"]);
    expect(factsOf(back.state, shopConfig).proposals).toMatchObject([{ state: "withdrawn" }]);
    expect(plannedWork(back.state)).toEqual([]);
    expect(kindsOf(run(back.state, shopConfig, FORBID).actions)).toEqual(["propose-change"]);
  });

  it("S20: a pull request of a person from a branch with such a name is theirs", () => {
    const open = after(opened(), FORBID);
    const theirs = withPull(open, { author: leo });
    expect(kindsOf(run(theirs, shopConfig, "/hotfix retire cents").actions)).toEqual([]);
    const foreign = withPull(open, { author: leo, head: "hotfix-proposals/42-forbid-x-01234567" });
    expect(factsOf(foreign, shopConfig).proposals).toBe(undefined);
    expect(plannedWork(foreign)).toHaveLength(1);
  });

  it("worded anew replaces its own proposal: never two at once", () => {
    const { state, actions } = run(opened(), shopConfig, FORBID, "/hotfix forbid cents in lib/**");
    expect(kindsOf(actions)).toEqual(["propose-change", "propose-change", "withdraw-proposal"]);
    expect(proposals(state).pullRequests.filter((pull) => pull.state === "open")).toHaveLength(1);
  });

  it("is not proposed where the configuration has it, and its branch goes only as it was merged", () => {
    const open = after(opened(), FORBID);
    const rule = { forbid: "cents", use: "amount", in: ["src/**"] };
    const config = configOf({ checks: { forbid: [...shopConfig.checks.forbid, rule] } });
    const [branch] = proposals(open).branches;
    const done = withPull(open, { state: "merged", headSha: branch!.head });
    expect(plannedWork(done, config)).toEqual([`delete-branch:${branch!.name}`]);
    expect(plannedWork(withPull(done, { headSha: shaOf("a push after it") }), config)).toEqual([]);
    // Taken out of the file later, by hand: what was merged once is not proposed again.
    expect(
      plannedWork(withPull(done, { events: [aPullRequestEvent("head_ref_deleted", appActor, "15:00")] })),
    ).toEqual([]);
    const gone = { ...open, proposals: { ...proposals(open), pullRequests: [] } };
    expect(plannedWork(gone, config)).toEqual([]);
    expect(plannedWork(gone)).toHaveLength(1);
    expect(answersOf(run(opened(), config, FORBID).state)).toContain("the configuration forbids `cents`");
  });

  it("waits while another incident has one open about the same name", () => {
    const other = (name: string): ProposalsState => ({
      pullRequests: [],
      branches: [],
      elsewhere: [proposalBranch(7, "forbid", { name, mark: "01234567" })],
      isValidationThere: false,
    });
    expect(kindsOf(run(opened({ proposals: other("cents") }), shopConfig, FORBID).actions)).toEqual([]);
    expect(kindsOf(run(opened({ proposals: other("euro") }), shopConfig, FORBID).actions)).toHaveLength(1);
  });

  it("I10: nothing is proposed any more once the incident was aborted, or while the configuration is broken", () => {
    const state = after(opened(), FORBID);
    const none = { ...state, proposals: { ...proposals(state), pullRequests: [], branches: [] } };
    expect(plannedWork(none)).toHaveLength(1);
    expect(
      plannedWork({ ...none, configuration: { ...none.configuration, usable: false, problems: ["x"] } }),
    ).toEqual([expect.stringContaining("comment")]);
    const aborted = after(none, "/hotfix abort because no");
    expect(plannedWork({ ...aborted, proposals: none.proposals })).toEqual([]);
  });
});

describe("a rule of the configuration", () => {
  it("is proposed to go as it was when somebody retired it, and only then", () => {
    const { state, actions } = run(opened(), shopConfig, "/hotfix retire totalAmount");
    expect(kindsOf(actions)).toEqual(["propose-change"]);
    expect(actions.find(({ kind }) => kind === "propose-change")).toMatchObject({
      change: { kind: "retire", name: "totalAmount" },
      paste: null,
    });
    const none = { ...state, proposals: { ...proposals(state), pullRequests: [], branches: [] } };
    const changed = configOf({ checks: { forbid: [{ forbid: "totalAmount", in: ["lib/**"] }] } });
    expect(plannedWork(none)).toHaveLength(1);
    expect(plannedWork(none, changed)).toEqual([]);
    expect(plannedWork(none, configOf({}))).toEqual([]);
  });

  it("one that is the incident's, too: the reply promises no pull request where that one was closed", () => {
    const own = "/hotfix forbid totalAmount in lib/**";
    const closed = withPull(after(opened(), "/hotfix retire totalAmount"), closedBy(leo));
    const { state, actions } = run(closed, shopConfig, own, "/hotfix retire totalAmount");
    const proposed = actions.flatMap((each) => (each.kind === "propose-change" ? [each.change.kind] : []));
    expect(proposed).toEqual(["forbid"]);
    const reply = answersOf(state);
    expect(reply).toContain("the rule of this incident about `totalAmount` is taken back; #");
    expect(reply).toMatch(/which proposed to take the one in the configuration out, is closed and stays so/u);
    expect(reply).not.toMatch(/is taken back, and a pull request proposes/u);
  });

  it("a rule that was never there is none to retire, nor one that a later word brought back", () => {
    expect(kindsOf(run(opened(), shopConfig, "/hotfix retire cents").actions)).toEqual([]);
    const { actions } = run(opened(), shopConfig, FORBID, "/hotfix retire cents", FORBID);
    expect(kindsOf(actions)).toEqual(["propose-change", "withdraw-proposal", "propose-change"]);
  });
});

describe("setup", () => {
  const granted = opened({
    app: { slug: "hotfix-responder", login: appActor.login, mayWriteWorkflows: true },
  });

  it("prints the file without the permission, and proposes it with it, once", () => {
    const without = run(opened(), shopConfig, "/hotfix setup");
    expect(kindsOf(without.actions)).toEqual([]);
    expect(answersOf(without.state)).toContain("emergency-validation.yml");
    const { state, actions } = run(granted, shopConfig, "/hotfix setup");
    expect(kindsOf(actions)).toEqual(["propose-change"]);
    expect(kindsOf(run(state, shopConfig, "/hotfix setup").actions)).toEqual([]);
    expect(plannedWork(withPull(state, closedBy(leo)))).toEqual([]);
    const there = { ...granted, proposals: { ...proposals(granted), isValidationThere: true } };
    expect(kindsOf(run(there, shopConfig, "/hotfix setup").actions)).toEqual([]);
  });
});

describe("names", () => {
  it.each(["cents", "totalAmount", "TotalAmount", "$", "a/../b", "--force", "0".repeat(40), "ключ", "x y"])(
    "S18: %j gives a branch that is read again",
    (name) => {
      const branch = proposalBranch(7, "forbid", { name, mark: "0123abcd" });
      expect(branch).toMatch(/^hotfix-proposals\/7-forbid-[a-z0-9-]+-0123abcd$/u);
      expect(parseProposalBranch(branch)).toMatchObject({ number: 7, kind: "forbid" });
    },
  );

  it.each([
    "hotfix-proposals/7-forbid",
    "hotfix-proposals/x-setup",
    "hotfix-proposals/7-setup-2",
    "hotfix/7-setup",
  ])("%s is no proposal", (name) => expect(parseProposalBranch(name)).toBe(null));
});

describe("rules of the configuration and of the incident", () => {
  const configured = { forbid: "cents", in: ["src/**"] } satisfies ForbidRule;

  it("each file is looked at by one of two rules about one name, and by no fewer than before", () => {
    expect(rulesInForce([configured], [{ forbid: "cents", in: ["src/**"], because: "42" }])).toEqual([
      configured,
    ]);
    expect(rulesInForce([{ ...configured, in: ["**"] }], [{ forbid: "cents", in: ["lib/**"] }])).toHaveLength(
      1,
    );
    expect(rulesInForce([configured], [{ forbid: "cents", in: ["src/**", "lib/**"] }])).toEqual([
      configured,
      { forbid: "cents", in: ["src/**", "lib/**", "!src/**"] },
    ]);
    expect(rulesInForce([configured], [{ forbid: "euro", in: ["src/**"] }])).toHaveLength(2);
  });
});

function answersOf(state: IncidentState): string {
  return state.comments
    .filter(({ body }) => body.includes("kind=reply"))
    .map(({ body }) => body)
    .join("\n");
}

describe("of two open proposals, the one that the other's merge stopped", () => {
  const [OLD, NEW] = [shaOf("main before"), shaOf("main after")];

  /** Proposed from `OLD` by the app, and in conflict with what is on `main` now. */
  function stopped(change: Partial<PullRequestFacts> = {}): IncidentState {
    const open = after(opened(), FORBID);
    const [branch] = proposals(open).branches;
    const message = `chore: forbid cents in every hotfix\n\nHotfix-Incident: 42`;
    const own = aCommit("proposal", { parents: [OLD], message });
    const pull = {
      mergeable: "conflicting",
      headSha: own.sha,
      changedFiles: 1,
      commits: [own],
      ...change,
    } as const;
    const state = withPull({ ...open, production: { ...open.production!, head: NEW } }, pull);
    return { ...state, proposals: { ...proposals(state), branches: [{ ...branch!, head: pull.headSha }] } };
  }

  it("is made anew on the same pull request, once for each state of the default branch", () => {
    const state = stopped();
    const [branch] = proposals(state).branches;
    expect(plannedWork(state)).toEqual([`propose-change:${branch!.name}`]);
    const settled = settle(state, { context: { config: shopConfig, render: plainRenderer } });
    expect(settled.actions.filter(({ kind }) => kind === "propose-change")).toMatchObject([
      {
        branch: branch!.name,
        change: { kind: "forbid" },
        renews: { number: proposals(state).pullRequests[0]!.number, expectedHead: branch!.head },
      },
    ]);
    expect(proposals(settled.state).pullRequests).toHaveLength(1);
    expect(factsOf(settled.state, shopConfig).proposals).toMatchObject([{ state: "open" }]);
    expect(plannedWork(settled.state)).toEqual([]);
    const fresh = aCommit("proposal", {
      parents: [NEW],
      message: proposals(state).pullRequests[0]!.commits![0]!.message,
    });
    expect(plannedWork(stopped({ headSha: fresh.sha, commits: [fresh] }))).toEqual([]);
  });

  const own = aCommit("proposal", { parents: [OLD], message: "chore: x\n\nHotfix-Incident: 42" });
  const theirs = aCommit("by a person", { parents: [own.sha] });

  it.each<[string, Partial<PullRequestFacts>]>([
    ["a commit of a person is on its branch", { headSha: theirs.sha, commits: [own, theirs] }],
    ["the only commit is a person's", { headSha: theirs.sha, commits: [theirs] }],
    ["a person replaced its commit", { events: [aPullRequestEvent("head_ref_force_pushed", leo, "15:00")] }],
    ["it changes another file, too", { changedFiles: 2 }],
    ["its commits are not known", { commits: [] }],
    ["a person opened it", { author: leo }],
    ["a person pointed it to another branch", { base: "develop" }],
  ])("S20: is left alone where %s, and the status comment says what to do", (_why, change) => {
    const state = stopped(change);
    expect(plannedWork(state)).toEqual([]);
    expect(factsOf(state, shopConfig).proposals).toMatchObject([{ state: "conflicting" }]);
  });

  it("is left as it is while it can be merged, or nobody knows yet", () => {
    for (const mergeable of ["mergeable", "unknown"] as const) {
      expect(plannedWork(stopped({ mergeable }))).toEqual([]);
    }
  });

  it("is left as it is where the default branch has the rule by now", () => {
    const rule = { forbid: "cents", use: "amount", in: ["src/**"] };
    const config = configOf({ checks: { forbid: [...shopConfig.checks.forbid, rule] } });
    expect(plannedWork(stopped(), config)).toEqual([]);
  });
});
