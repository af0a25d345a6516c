import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import { TemplateError } from "../../../src/documents/compile-templates.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import {
  aBackMerge,
  aCheckRun,
  aCommit,
  aSuspect,
  anApproval,
  aPullRequest,
  aRound,
  aSha,
  aUser,
  checkoutClosed,
  checkoutDeclared,
  checkoutInReview,
  checkoutLanded,
  checkoutReleased,
  timeoutLanded,
} from "../../support/facts-builder.ts";

const templates = await loadTemplates();
const renderer = createRenderer(templates);

function frontMatterOf(file: string): Record<string, unknown> {
  return parse(file.slice(4, file.indexOf("\n---\n"))) as Record<string, unknown>;
}

function everyText(facts: IncidentFacts, render = renderer): string {
  const round = facts.rounds.at(-1)!;
  return [
    render.statusSection(facts),
    render.productionPullRequest(facts, round).body,
    render.backMergePullRequest(facts, round, "develop").body,
    render.tagMessage(facts, round),
    render.release(facts, round).body,
    render.document(facts, "incident-report"),
    render.document(facts, "retrospective"),
    render.documentsPullRequest(facts).body,
    render.closingComment(facts, []),
    ...(["ready", "released", "landed", "empty-merge"] as const).map((kind) =>
      render.turningPoint(facts, { kind, round: round.number }),
    ),
    render.turningPoint(facts, { kind: "conflict", round: round.number, target: "develop" }),
    render.turningPoint(facts, { kind: "not-accepted", actor: "eve", needed: "triage" }),
  ].join("\n");
}

describe("a public repository", () => {
  test("S38: gets no money and no person's name in any text, but teams are told", () => {
    const facts = checkoutReleased({ mayNamePeople: false, impact: null, description: null });
    const timeline = checkoutLanded().timeline;
    const text = everyText({ ...facts, timeline, next: { who: ["ana", "acme/payments"], what: "Go on." } });
    expect(text).not.toMatch(/\b(?:giulia|ana|luca-shop|marco-shop|eve)\b/u);
    expect(text).not.toMatch(/EUR|50,000/u);
    expect(text).toContain("@acme/payments");
  });

  test("the same incident in a private one names both", () => {
    const text = everyText(checkoutLanded());
    expect(text).toMatch(/giulia/u);
    expect(text).toMatch(/EUR 9,792/u);
  });
});

describe("documents say nothing about themselves", () => {
  test("closing the incident changes neither the report nor the retrospective", () => {
    const next = { who: [], what: "Nothing is left to do." };
    const problems = [{ code: "documents", sentence: "x", nextStep: "y", transient: false }];
    const after = checkoutClosed({ next, problems });
    expect(renderer.document(after, "incident-report")).toBe(
      renderer.document(checkoutLanded(), "incident-report"),
    );
    expect(renderer.document(after, "retrospective")).toBe(
      renderer.document(checkoutLanded(), "retrospective"),
    );
  });

  test("a close by a person before the landing is part of the story", () => {
    const landed = checkoutLanded();
    const closed = {
      at: "2026-11-20T14:43:00Z",
      recordedAt: "2026-11-20T14:43:00Z",
      kind: "closed",
      text: "closed by hand",
      actor: "giulia",
      url: null,
    };
    expect(
      renderer.document({ ...landed, timeline: [...landed.timeline, closed] }, "incident-report"),
    ).toContain("closed by hand");
  });
});

describe("the front matter", () => {
  test("can be read back", () => {
    expect(frontMatterOf(renderer.document(checkoutLanded(), "incident-report"))).toMatchObject({
      schema: "hotfix-responder/incident-report/1",
      incident: "PAYMENT-CRITICAL-007",
      issue: 7,
      sla: { minutes: 30, met: true },
      times: { impact_started: "2026-11-20T14:30:15Z", released: "2026-11-20T14:42:00Z" },
      seconds: { declared_to_released: 660, to_land: 2351 },
      impact: { currency: "EUR", revenue_per_hour: 50000, seconds: 705, loss: 9791.67 },
      rounds: [{ round: 1, tag: "v1.4.3", pull_request: 8 }],
    });
  });

  test.each([
    "---\nschema: forged",
    "yes: no\n# x",
    "&a *b !!js/function",
    "\"'",
    "- x",
    "<!-- hotfix:end summary -->",
  ])("S22: the title %j stays a title", (title) => {
    const data = frontMatterOf(renderer.document(checkoutLanded({ title }), "retrospective"));
    expect(data).toMatchObject({
      schema: "hotfix-responder/retrospective/1",
      incident: "PAYMENT-CRITICAL-007",
    });
    expect(Object.keys(data)).toEqual(
      Object.keys(frontMatterOf(renderer.document(checkoutLanded(), "retrospective"))),
    );
    expect(String(data.title).replaceAll("\u200B", "")).toBe(title.replace(/\s+/gu, " "));
  });
});

describe("suspects", () => {
  const round = checkoutReleased().rounds[0]!;
  const fix = {
    ...aSuspect({ sha: round.mergeCommit!, message: "The fix itself" }),
    committedAt: "2026-11-20T14:00:00Z",
  };
  const later = aSuspect({ sha: aSha("9"), message: "Came later", committedAt: "2026-11-21T08:00:00Z" });
  const suspects = [later, fix, ...checkoutDeclared().suspects];

  test("are never the hotfix, nor what came after the declaration", () => {
    const facts = checkoutReleased({ suspects });
    expect(renderer.statusSection(facts)).toBe(renderer.statusSection(checkoutReleased()));
    expect(renderer.document({ ...checkoutLanded(), suspects }, "incident-report")).toBe(
      renderer.document(checkoutLanded(), "incident-report"),
    );
  });
});

describe("the status section", () => {
  function statusWith(pullRequest: Partial<ReturnType<typeof aPullRequest>>): string {
    const facts = checkoutInReview();
    const round = facts.rounds[0]!;
    return renderer.statusSection({
      ...facts,
      rounds: [{ ...round, pullRequest: { ...round.pullRequest!, ...pullRequest } }],
    });
  }

  test("a check that was run again counts with its last word", () => {
    const old = aCheckRun({ id: 1, name: "ci", conclusion: "failure", isOurs: false });
    const again = aCheckRun({ id: 2, name: "ci", conclusion: "success", isOurs: false });
    expect(statusWith({ checkRuns: [again, old] })).toContain("| waits for review | green |");
  });

  test("red checks are named before running ones are waited for", () => {
    const red = aCheckRun({ id: 1, name: "lint", conclusion: "timed_out" });
    const running = aCheckRun({ id: 2, name: "ci", status: "in_progress", conclusion: null });
    expect(statusWith({ checkRuns: [red, running] })).toContain("**red:** lint |");
    expect(statusWith({ checkRuns: [running] })).toContain("| running |");
  });

  test("a later comment does not take back an approval, a request for changes does", () => {
    const at = "2026-11-20T14:40:00Z";
    const head = checkoutInReview().rounds[0]!.pullRequest!.headSha;
    const approval = anApproval("luca-shop", head, at);
    const comment = { ...approval, state: "commented" as const };
    const changes = { ...approval, author: aUser("kenji"), state: "changes_requested" as const };
    expect(statusWith({ reviews: [approval, comment] })).toContain("approved, waits for its merge");
    expect(statusWith({ reviews: [approval, changes] })).toContain("changes requested");
    expect(statusWith({ reviews: [approval, { ...approval, state: "dismissed" }] })).toContain(
      "waits for review",
    );
  });

  test("the branch to switch to is shown only while there is work to do on it", () => {
    expect(renderer.statusSection(checkoutDeclared())).toContain(
      "git switch hotfix/7-checkout-fails-for-everybody",
    );
    expect(renderer.statusSection(checkoutReleased())).not.toContain("git switch hotfix/7");
  });

  test.each([
    [["p1", "p2"], "git cherry-pick -x -m 1 merge", 3],
    [["p1"], "git cherry-pick -x merge", 1],
    [["p1"], "git cherry-pick -x one two", 2],
  ] as const)(
    "commits to cherry-pick after a merge, a squash, a rebase: %j",
    (parents, expected, commits) => {
      const facts = checkoutReleased();
      const round = facts.rounds[0]!;
      const names = ["one", "two", "three"].slice(0, commits);
      const mergeCommit = aCommit({ sha: "merge", parents: [...parents] });
      const rounds = [
        {
          ...round,
          commits: names.map((sha) => aCommit({ sha })),
          pullRequest: { ...round.pullRequest!, mergeCommit },
        },
      ];
      expect(renderer.statusSection({ ...facts, rounds })).toContain(`\n${expected}\n`);
    },
  );
});

describe("rounds", () => {
  test("the second one is compared with, and rolled back to, the tag of the first", () => {
    const facts = timeoutLanded({ rollbackTag: "v0.0.0" });
    expect(renderer.tagMessage(facts, facts.rounds[1]!)).toContain("Roll back to: v0.0.1");
    expect(renderer.tagMessage(facts, facts.rounds[0]!)).toContain("Roll back to: v0.0.0");
  });

  test("a round or target that does not exist is our bug, not an empty text", () => {
    const facts = checkoutDeclared();
    expect(() => renderer.turningPoint(facts, { kind: "ready", round: 3 })).toThrow(RangeError);
    expect(() => renderer.backMergePullRequest(facts, facts.rounds[0]!, "release/9")).toThrow(RangeError);
  });
});

describe("who is told", () => {
  test("of a conflict: who wrote the fix and who merged it", () => {
    const text = renderer.turningPoint(checkoutReleased({ next: { who: ["giulia"], what: "x" } }), {
      kind: "conflict",
      round: 1,
      target: "develop",
    });
    expect(text).toMatch(/^@ana, @luca-shop: /u);
  });

  test("of a fix to review: the requested reviewers, else the owners, else who must act next", () => {
    const ready = { kind: "ready", round: 1 } as const;
    const unrequested = checkoutInReview({
      rounds: [aRound({ pullRequest: aPullRequest({ number: 8, head: "h", base: "main" }) })],
    });
    expect(renderer.turningPoint(checkoutInReview(), ready)).toMatch(/^@acme\/payments: /u);
    expect(renderer.turningPoint({ ...unrequested, owners: ["kenji"] }, ready)).toMatch(/^@kenji: /u);
    const nobody = { ...unrequested, owners: [], next: { who: ["giulia"], what: "x" } };
    expect(renderer.turningPoint(nobody, ready)).toMatch(/^@giulia: /u);
  });

  test("at most five, each once", () => {
    const who = ["a", "b", "b", "c", "d", "e", "f"];
    const text = renderer.statusSection(checkoutDeclared({ next: { who, what: "Go." } }));
    expect(text).toContain("**Next, @a, @b, @c, @d, @e:**");
  });
});

describe("length", () => {
  const many = checkoutReleased({
    title: "x".repeat(5_000),
    description: "long ".repeat(20_000),
    suspects: Array.from({ length: 500 }, () => aSuspect({ sha: aSha("d"), message: "y".repeat(1_000) })),
    problems: Array.from({ length: 500 }, () => ({
      code: "x",
      sentence: "z".repeat(9_000),
      nextStep: "",
      transient: false,
    })),
    noticed: Array.from({ length: 500 }, (_, index) => `noticed ${index}`),
    rounds: [
      {
        ...checkoutReleased().rounds[0]!,
        commits: Array.from({ length: 2_000 }, () => aCommit({ sha: aSha("d"), message: "y".repeat(1_000) })),
        backMerges: Array.from({ length: 500 }, (_, index) => aBackMerge({ target: `release/${index}` })),
      },
    ],
  });

  test("no comment, body or note is longer than GitHub takes, and a cut says so", () => {
    const round = many.rounds[0]!;
    const problems = Array.from({ length: 50 }, () => "p".repeat(90_000));
    const texts = [
      renderer.statusSection(many),
      renderer.productionPullRequest(many, round).body,
      renderer.release(many, round).body,
      renderer.closingComment(many, []),
      renderer.turningPoint(many, { kind: "configuration", problems, codeIsOff: false }),
    ];
    expect(texts.map((text) => text.length).filter((length) => length > 60_000)).toEqual([]);
    expect(texts[0]).toContain("The rest was left out");
    expect(texts[1]).toContain("and 1950 more");
  });
});

test("the same facts give the same text, byte for byte", () => {
  expect(everyText(checkoutLanded())).toBe(everyText(checkoutLanded()));
  expect(everyText(checkoutLanded(), createRenderer({ ...templates }))).toBe(everyText(checkoutLanded()));
});

test("a template that is missing is named at the start, not in the night", () => {
  const { status: _status, ...rest } = templates;
  expect(() => createRenderer(rest)).toThrow(new TemplateError("status", "is missing"));
});
