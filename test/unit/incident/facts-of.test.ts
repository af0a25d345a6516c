import { describe, expect, it } from "vitest";
import { configSchema } from "../../../src/config/schema.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import {
  aCheckRun,
  aComment,
  aLabelEvent,
  ana,
  appActor,
  approved,
  aPullRequestEvent,
  aPush,
  aReview,
  aStatusComment,
  at,
  carriedBack,
  closed,
  commits,
  fixPushed,
  incidentId,
  labelled,
  landed,
  leo,
  merged,
  opened,
  released,
  shopConfig,
} from "../../support/state-builder.ts";

const facts = (state: IncidentState, config = shopConfig) => factsOf(state, config);

function issue(state: IncidentState, change: Partial<IncidentState["issue"]>): IncidentState {
  return { ...state, issue: { ...state.issue, ...change } };
}

describe("identity", () => {
  it("is made of service, severity and number, and frozen when first written", () => {
    expect(facts(labelled()).id).toBe(incidentId);
    expect(facts(issue(labelled(), { labels: ["incident"] }), configSchema.parse({})).id).toBe(
      "INCIDENT-CRITICAL-042",
    );
    const regraded = issue(opened(), { labels: ["incident", "low"], title: "Something else" });
    expect(facts(regraded)).toMatchObject({ id: incidentId, severity: "low" });
  });

  it("survives the status comment in the opening commit", () => {
    const regraded = issue(opened({ comments: [] }), { labels: ["incident", "low"] });
    expect(facts(regraded).id).toBe(incidentId);
  });
});

describe("phase", () => {
  it.each([
    ["declared", labelled()],
    ["fixing", opened()],
    ["fixing", fixPushed()],
    ["in review", approved()],
    ["merged", merged()],
    ["released", released()],
    ["released", carriedBack()],
    ["landed", landed()],
    ["closed", closed()],
  ])("is %s: %#", (phase, state) => {
    expect(facts(state).phase).toBe(phase);
  });

  it("is not closed while something is owed, however the issue was closed", () => {
    expect(facts(issue(merged(), { state: "closed" })).phase).toBe("merged");
    expect(facts(issue(released(), { state: "closed" })).phase).toBe("released");
    expect(facts(issue(opened(), { state: "closed" })).phase).toBe("closed");
  });
});

describe("times", () => {
  it("come from what was observed", () => {
    expect(facts(closed()).times).toEqual({
      impactStarted: null,
      declared: at("14:30"),
      acknowledged: at("14:36"),
      branchCreated: at("14:30:03"),
      firstFixPushed: at("14:36"),
      checksGreen: at("14:36:04"),
      approved: at("14:38"),
      merged: at("14:40"),
      tagged: at("14:40:05"),
      released: at("14:40:08"),
      landed: at("14:40:20"),
      closed: at("14:41"),
    });
  });

  it("give the durations by their definition, in milliseconds", () => {
    expect(facts(closed()).durations).toEqual({
      toAcknowledge: 360_000,
      toFix: 360_000,
      toReview: 240_000,
      toRelease: 8_000,
      toLand: 20_000,
      total: 608_000,
    });
  });

  it("are not known before they were seen", () => {
    expect(Object.values(facts(labelled()).times).filter((time) => time !== null)).toEqual([at("14:30")]);
    expect(facts(labelled()).durations.total).toBeNull();
  });

  it("take the first act of a person as acknowledgement, not one of a bot or one from before", () => {
    const bot = aComment(1, { author: { login: "ci[bot]", kind: "bot" }, createdAt: at("14:30:10") });
    const early = aComment(2, { createdAt: at("14:29") });
    const human = aComment(3, { author: leo, createdAt: at("14:33") });
    expect(facts(opened({ comments: [early, bot, human] })).times.acknowledged).toBe(at("14:33"));
  });

  it("never take a commit's own date for a push", () => {
    expect(facts(fixPushed({ pushes: [] })).times.firstFixPushed).toBe(at("14:36:02"));
    expect(facts(opened({ branches: fixPushed().branches, pushes: [] })).times.firstFixPushed).toBeNull();
  });

  it("S15: do not count an approval of an earlier commit", () => {
    const state = approved();
    const pullRequests = state.pullRequests.map((pull) => ({
      ...pull,
      reviews: [aReview({ commit: commits.opening.sha })],
    }));
    expect(facts({ ...state, pullRequests }).times.approved).toBeNull();
  });

  it("take the newest check run of the head", () => {
    const state = fixPushed();
    const red = aCheckRun({ id: 600, conclusion: "failure" });
    const pullRequests = state.pullRequests.map((pull) => ({ ...pull, checkRuns: [aCheckRun(), red] }));
    expect(facts({ ...state, pullRequests }).times.checksGreen).toBeNull();
  });
});

describe("the SLA", () => {
  it("follows the severity, and the issue's own minutes before it", () => {
    expect(facts(labelled()).sla).toEqual({ minutes: 30, deadline: at("15:00"), met: null });
    expect(facts(issue(labelled(), { labels: ["incident", "high"] })).sla.deadline).toBe(at("15:30"));
    expect(facts(issue(labelled(), { body: "### SLA minutes\n\n45" })).sla.deadline).toBe(at("15:15"));
  });

  it("is met by the release, or missed when it passed before", () => {
    expect(facts(released()).sla.met).toBe(true);
    expect(facts(merged({ deadlines: [{ name: "sla", at: at("15:00"), passed: true }] })).sla.met).toBe(
      false,
    );
    const late = [{ ...released().releases[0]!, publishedAt: at("15:00:01") }];
    expect(facts(released({ releases: late })).sla.met).toBe(false);
    const stale = [{ name: "sla" as const, at: at("14:45"), passed: true }];
    expect(facts(merged({ deadlines: stale })).sla.met).toBeNull();
  });
});

describe("the impact", () => {
  const started = "### Impact started\n\n2026-11-20 14:30:15 UTC";

  it("is EUR 833.33 a minute for EUR 50,000 an hour, not rounded", () => {
    const { impact } = facts(labelled());
    expect(impact).toMatchObject({ revenuePerHour: 50_000, currency: "EUR", source: "service", loss: null });
    expect(impact?.perMinute).toBeCloseTo(833.3333, 3);
    expect(Math.round(impact!.perMinute)).toBe(833);
  });

  it("is EUR 9,791.67 for 11 min 45 s, and not what a rounded rate would give", () => {
    const releases = [{ ...released().releases[0]!, publishedAt: at("14:42:00") }];
    const { impact } = facts(issue(released({ releases }), { body: started }));
    expect(impact?.window).toEqual({
      from: at("14:30:15"),
      to: at("14:42"),
      milliseconds: 705_000,
      fromIsDeclaration: false,
    });
    expect(impact?.loss?.toFixed(2)).toBe("9791.67");
  });

  it("counts from the declaration where nobody said since when, or what they said cannot be", () => {
    expect(facts(released()).impact?.window).toMatchObject({ from: at("14:30"), fromIsDeclaration: true });
    const future = issue(released(), { body: "### Impact started\n\n2026-11-20 18:00 UTC" });
    expect(facts(future).impact?.window).toMatchObject({ from: at("14:30"), fromIsDeclaration: true });
  });

  it("takes the issue's figure before the service's, and the configured one last", () => {
    const own = issue(labelled(), { body: "### Revenue per hour\n\nUSD 6,000" });
    expect(facts(own).impact).toMatchObject({
      revenuePerHour: 6000,
      currency: "USD",
      perMinute: 100,
      source: "issue",
    });
    const config = configSchema.parse({ revenue: { perHour: 120, currency: "GBP" } });
    expect(facts(labelled(), config).impact).toMatchObject({
      revenuePerHour: 120,
      currency: "GBP",
      source: "configuration",
    });
    expect(facts(labelled(), configSchema.parse({})).impact).toBeNull();
  });

  it("stays out of a public repository unless configuration lets it in", () => {
    const state = labelled();
    const open = { ...state, repository: { ...state.repository, isPrivate: false } };
    expect(facts(open)).toMatchObject({ impact: null, mayNamePeople: false });
    const config = { ...shopConfig, public: { money: true, people: true } };
    expect(facts(open, config).impact).not.toBeNull();
    expect(facts(open, config).mayNamePeople).toBe(true);
  });
});

describe("the timeline", () => {
  it("tells the story in order, without the app's own closing and clean-up", () => {
    expect(facts(closed()).timeline.map((entry) => entry.kind)).toEqual([
      "declared",
      "branch-created",
      "pull-request-opened",
      "pull-request-opened",
      "pushed",
      "ready",
      "review-requested",
      "check-passed",
      "approved",
      "merged",
      "tagged",
      "released",
      "ready",
      "check-passed",
      "back-merged",
    ]);
  });

  it("is sorted, and each entry has a time", () => {
    const { timeline } = facts(closed());
    const times = timeline.map((entry) => Date.parse(entry.at));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times.every((time) => Number.isFinite(time))).toBe(true);
  });

  it("tells what people did against the line", () => {
    const state = opened({
      events: [
        ...opened().events,
        aLabelEvent({ kind: "unlabeled", id: "2", at: at("14:33"), actor: leo }),
        aLabelEvent({ id: "3", at: at("14:34"), actor: ana }),
        { kind: "closed", id: "4", actor: leo, at: at("14:35") },
      ],
      pushes: [
        ...opened().pushes,
        aPush({ kind: "force_push" }),
        aPush({ kind: "branch_deletion", at: at("14:37"), actor: leo }),
      ],
      pullRequests: [
        {
          ...opened().pullRequests[0]!,
          state: "closed",
          events: [aPullRequestEvent("closed", leo, "14:38")],
        },
      ],
    });
    const told = facts(state).timeline.map((entry) => [entry.kind, entry.actor]);
    expect(told).toContainEqual(["label-removed", "leo"]);
    expect(told).toContainEqual(["label-restored", "ana"]);
    expect(told).toContainEqual(["issue-closed", "leo"]);
    expect(told).toContainEqual(["force-pushed", "ana"]);
    expect(told).toContainEqual(["branch-deleted", "leo"]);
    expect(told).toContainEqual(["pull-request-closed", "leo"]);
  });

  it("tells of a check that was red before the fix was right", () => {
    const red = aCheckRun({ id: 400, conclusion: "failure", title: "1 finding", completedAt: at("14:34") });
    const state = approved();
    const pullRequests = state.pullRequests.map((pull) =>
      pull.number === 43 ? { ...pull, earlierCheckRuns: [red] } : pull,
    );
    const told = facts({ ...state, pullRequests }).timeline.filter((entry) =>
      entry.kind.startsWith("check-"),
    );
    expect(told.map((entry) => entry.text)).toEqual([
      "hotfix/properties on #43: 1 finding",
      "hotfix/properties on #43: No forbidden property",
    ]);
    expect(told.map((entry) => entry.kind)).toEqual(["check-failed", "check-passed"]);
  });

  it("leaves out what has no time yet", () => {
    const tags = [{ ...released().tags[0]!, taggedAt: null }];
    expect(facts(released({ tags, releases: [] })).timeline.map((entry) => entry.kind)).not.toContain(
      "tagged",
    );
  });
});

describe("the rollback tag", () => {
  it("is the newest release before the hotfix, then and afterwards", () => {
    expect(facts(labelled()).rollbackTag).toBe("v1.2.3");
    expect(facts(closed()).rollbackTag).toBe("v1.2.3");
    expect(facts(labelled({ tags: [] })).rollbackTag).toBeNull();
  });
});

describe("what is next", () => {
  const next = (state: IncidentState) => facts(state).next;
  const red = aCheckRun({ conclusion: "failure" });
  const inPull = (state: IncidentState, change: object): IncidentState => ({
    ...state,
    pullRequests: state.pullRequests.map((pull) => (pull.number === 43 ? { ...pull, ...change } : pull)),
  });
  const inBackMerge = (state: IncidentState, change: object): IncidentState => ({
    ...state,
    pullRequests: state.pullRequests.map((pull) => (pull.number === 44 ? { ...pull, ...change } : pull)),
  });

  it.each([
    ["push the fix", opened(), ["ana"], "Push the fix to `hotfix/42-checkout-fails`"],
    ["wait for the app", fixPushed(), [], "Nothing: the app goes on by itself"],
    ["review", inPull(approved(), { reviews: [] }), ["leo", "acme/payments"], "Review and merge #43"],
    ["merge", approved(), ["leo", "acme/payments"], "Merge #43"],
    [
      "correct",
      inPull(approved(), { checkRuns: [red] }),
      ["ana"],
      "Correct what `hotfix/properties` found in #43, and push",
    ],
    [
      "answer",
      inPull(approved(), { reviews: [aReview({ state: "changes_requested" })] }),
      ["ana"],
      "Answer the review of #43",
    ],
    [
      "review again after a push",
      inPull(approved(), { reviews: [aReview({ commit: commits.opening.sha })] }),
      ["leo", "acme/payments"],
      "Review and merge #43",
    ],
    [
      "reopen",
      inPull(opened(), { state: "closed" }),
      ["ana"],
      "Reopen #43 to go on, or take the label off to stop",
    ],
    [
      "restore",
      opened({ branches: [] }),
      ["ana"],
      "Restore `hotfix/42-checkout-fails` to go on, or take the label off to stop",
    ],
    [
      "mark ready",
      inPull(fixPushed(), { events: [aPullRequestEvent("convert_to_draft", leo, "14:37")] }),
      ["ana"],
      "Mark #43 ready for review when it is",
    ],
    ["wait for the tag", merged(), [], "Nothing: the app goes on by itself"],
    [
      "resolve",
      inBackMerge(carriedBack(), { mergeable: "conflicting" }),
      ["ana"],
      "Resolve the conflict of #44 with develop on `backmerge/42-develop`, and push",
    ],
    [
      "reopen the back-merge",
      inBackMerge(carriedBack(), { state: "closed" }),
      ["ana"],
      "Reopen #44, or bring the fix to develop yourself",
    ],
    [
      "merge the blocked one",
      inBackMerge(carriedBack(), { mergeState: "blocked" }),
      ["ana"],
      "Review and merge #44",
    ],
    [
      "bring the fix to where a merge did not bring it",
      landed({ landings: [{ mergeCommit: commits.mergeCommit.sha, target: "develop", proof: "missing" }] }),
      ["ana"],
      "Bring the fix to develop: #44 was merged, but the fix is not there",
    ],
    ["wait for the proof", landed({ landings: [] }), [], "Nothing: the app goes on by itself"],
    ["rest", closed(), [], "Nothing: the incident is over"],
    [
      "put the label back",
      issue(opened(), { labels: [] }),
      ["ana"],
      "Put the label `incident` back to go on, or take over by hand",
    ],
  ])("is to %s", (_, state, who, what) => {
    expect(next(state)).toEqual({ who, what });
  });

  it("is a merge by a person where the configuration says so", () => {
    const config = { ...shopConfig, merge: { backMerges: "manual" as const } };
    expect(facts(carriedBack(), config).next.what).toBe("Merge #44 into develop");
  });

  it("is a merge by a person where the repository or a person says so", () => {
    const repository = { ...labelled().repository, autoMergeAllowed: false };
    expect(next(carriedBack({ repository })).what).toBe("Merge #44 into develop");
    const off = inBackMerge(carriedBack(), {
      events: [aPullRequestEvent("auto_merge_disabled", leo, "14:41")],
    });
    // Ours to have carried, theirs to merge.
    expect(next(off).what).toBe("Merge #44 into develop");
  });

  it("is to name the integration branch when only that is left", () => {
    const state = landed({ integration: null });
    expect(next(state).what).toContain("branches.integration");
    expect(next(opened({ integration: null })).what).toBe("Push the fix to `hotfix/42-checkout-fails`");
  });

  it("says who can begin what a stranger may not", () => {
    const state = labelled({
      permissions: { ana: { pull: true, triage: false, push: false, maintain: false, admin: false } },
    });
    expect(next(state).what).toBe(
      "Somebody with triage permission takes the label `incident` off and puts it on again",
    );
  });

  it("is the next step of what stands in the way", () => {
    const tag = {
      code: "rule-violation",
      sentence: "A rule forbids the tag.",
      nextStep: "Push the tag yourself.",
      transient: false,
    };
    expect(next(merged({ refusals: { "create-tag:v1.2.4": tag } })).what).toBe("Push the tag yourself.");
    expect(next(labelled({ production: null })).what).toContain("branches.production");
    const configuration = { revision: "defaults", problems: ["line 3: sla must be a number"], usable: false };
    expect(next(labelled({ configuration })).what).toContain("no branch is made before that");
  });
});

describe("problems", () => {
  const codes = (state: IncidentState) => facts(state).problems.map((problem) => problem.code);

  it.each([
    [["production-missing"], labelled({ production: null })],
    [["integration-missing"], labelled({ integration: null })],
    [
      ["repository-empty"],
      labelled({
        repository: { ...labelled().repository, isEmpty: true },
        production: null,
        integration: null,
      }),
    ],
    [
      ["configuration-invalid"],
      labelled({ configuration: { revision: "abc", problems: ["line 3"], usable: true } }),
    ],
    [["form"], issue(labelled(), { body: "### Severity\n\nawful" })],
    [[], labelled()],
  ])("are %j: %#", (expected, state) => {
    expect(codes(state)).toEqual(expected);
  });

  it("say the same thing once, however many actions it stopped", () => {
    const problem = { code: "permission-missing", sentence: "No.", nextStep: "Grant it.", transient: false };
    expect(codes(labelled({ refusals: { "create-branch:a": problem, "create-branch:b": problem } }))).toEqual(
      ["permission-missing"],
    );
  });
});

describe("what was noticed", () => {
  const noticed = (state: IncidentState, config = shopConfig) => facts(state, config).noticed;
  const shut = (number: number): IncidentState => ({
    ...opened(),
    pullRequests: opened().pullRequests.map((pull) =>
      pull.number === number
        ? { ...pull, state: "closed", events: [aPullRequestEvent("closed", leo, "14:33")] }
        : pull,
    ),
  });

  it.each([
    [shut(43), "#43 to main was closed by leo without being merged"],
    [shut(44), "#44 to develop was closed by leo without being merged"],
    [opened({ branches: [] }), "hotfix/42-checkout-fails was deleted by somebody"],
    [
      issue(opened({ events: [aLabelEvent(), aLabelEvent({ kind: "unlabeled", id: "2", actor: leo })] }), {
        labels: [],
      }),
      "The label incident was removed by leo, so the app stopped here",
    ],
    [
      issue(merged({ events: [{ kind: "closed", id: "1", actor: leo, at: at("14:41") }] }), {
        state: "closed",
      }),
      "The issue was closed by leo before the fix was everywhere; tagging and landing go on",
    ],
    [
      labelled({ branches: [{ ...opened().branches[0]!, commits: [commits.fix] }] }),
      "hotfix/42-checkout-fails was there already and is not the app's, so it is left alone",
    ],
    [
      {
        ...merged(),
        branches: merged().branches.map((branch) => ({ ...branch, head: commits.unfinished.sha })),
      },
      "hotfix/42-checkout-fails has commits that came after the merge of #43",
    ],
  ])("is %#: what a person did", (state, sentence) => {
    expect(noticed(state)).toContain(sentence);
  });

  it("names nobody in a public repository", () => {
    const state = shut(43);
    const open = { ...state, repository: { ...state.repository, isPrivate: false } };
    expect(noticed(open)).toEqual(["#43 to main was closed by somebody without being merged"]);
  });

  it("is nothing when all goes its way", () => {
    for (const state of [
      labelled(),
      opened(),
      fixPushed(),
      approved(),
      merged(),
      released(),
      carriedBack(),
      landed(),
      closed(),
    ]) {
      expect(noticed(state)).toEqual([]);
    }
  });
});

it("is the same for the same state, and changes nothing in it", () => {
  const state = Object.freeze(closed({ comments: [aStatusComment()] }));
  expect(facts(state)).toEqual(facts(structuredClone(state)));
  expect(facts(state).declaredBy).toEqual(ana);
  expect(appActor.login).toBe(state.app.login);
});
