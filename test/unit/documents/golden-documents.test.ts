import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import type { TurningPoint } from "../../../src/documents/renderer.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import type { ForecastFacts } from "../../../src/incident/state/forecast-facts.ts";
import {
  aBackMerge,
  aCommit,
  aSha,
  checkoutClosed,
  checkoutDeclared,
  checkoutInReview,
  checkoutLanded,
  checkoutReleased,
  timeoutLanded,
} from "../../support/facts-builder.ts";
import { checkoutTold, timeoutTold } from "../../support/told-incidents.ts";
import { resolvedFacts } from "../../support/resolved-incident.ts";

/**
 * Every text of both scenarios, whole. After a wanted change: `UPDATE_GOLDEN=1 vitest run test/unit/documents/golden-documents.test.ts`, then read
 * the difference as somebody who has to act on it.
 */

const FOLDER = new URL("../../fixtures/documents/", import.meta.url);
const renderer = createRenderer(await loadTemplates());

const DOCUMENTS = [
  {
    name: "Incident report",
    url: "https://github.com/acme/shop/blob/develop/incidents/PAYMENT-CRITICAL-007.md",
  },
  {
    name: "Retrospective",
    url: "https://github.com/acme/shop/blob/develop/retrospectives/PAYMENT-CRITICAL-007.md",
  },
];

const TROUBLED: Partial<IncidentFacts> = {
  problems: [
    {
      code: "branch-protected",
      sentence: "The tag `v1.4.3` was not made: a ruleset of the repository forbids it.",
      nextStep: "Run `git push origin v1.4.3`, or allow the app to pass the ruleset.",
      transient: false,
    },
  ],
  noticed: ["pull request #9 was closed by ana"],
};

const CLASH: ForecastFacts = {
  target: "develop",
  hotfix: aSha("b"),
  into: aSha("d"),
  markers: [],
  outcome: {
    kind: "conflicts",
    files: [
      {
        path: "src/payment/processor.js",
        settledAs: null,
        sentence: null,
        hunks: [
          { hotfix: { line: 4, lines: 1 }, target: { line: 8, lines: 5 } },
          { hotfix: { line: 30, lines: 1 }, target: { line: 34, lines: 1 } },
        ],
        commits: [aCommit({ sha: aSha("abc1234"), author: "ana" }), aCommit({ sha: aSha("d") })],
      },
      {
        path: "assets/logo | @ops.png",
        settledAs: null,
        sentence: "both sides changed it, and it is not text or too large to compare",
        hunks: [],
        commits: [],
      },
    ],
  },
};

function clashing(facts: IncidentFacts, forecast: ForecastFacts): IncidentFacts {
  const newest = round(facts);
  const pull = newest.backMerges[0]?.pullRequest ?? null;
  const backMerges = [
    aBackMerge({
      target: "develop",
      state: "conflict",
      ...newest.backMerges[0],
      // Before the merge of the hotfix nothing is in conflict yet.
      ...(newest.mergeCommit === null && { state: "waiting" as const }),
      ...(pull !== null && { pullRequest: { ...pull, headSha: CLASH.hotfix } }),
      forecast,
    }),
    aBackMerge({
      target: "release/1.4",
      forecast: { ...CLASH, target: "release/1.4", outcome: { kind: "clean" } },
    }),
  ];
  return { ...facts, rounds: [...facts.rounds.slice(0, -1), { ...newest, backMerges }] };
}

const SETTLED: ForecastFacts = {
  ...CLASH,
  outcome: {
    kind: "conflicts",
    files: [{ path: "package.json", settledAs: "package", sentence: null, hunks: [], commits: [] }],
  },
};

const COMMENT = "https://github.com/acme/shop/issues/7#issuecomment-900";

const STOPPED: Partial<IncidentFacts> = {
  decisions: [
    { command: "skip", text: "release/1.3 left out", by: "leo", because: "nobody runs it", url: COMMENT },
  ],
  ended: {
    kind: "abort",
    by: "ana",
    because: "closes #1 @everyone",
    at: "2026-11-20T14:50:00Z",
    left: ["#9", "backmerge/7-develop"],
  },
};

function withTitle(text: { readonly title: string; readonly body: string }): string {
  return `Title: ${text.title}\n\n${text.body}`;
}

function round(facts: IncidentFacts) {
  return facts.rounds.at(-1)!;
}

const CONFLICT = { kind: "conflict", round: 1, target: "develop" } as const;

const texts: Record<string, () => string> = {
  "checkout-status-declared": () => renderer.statusSection(checkoutDeclared()),
  "checkout-status-in-review": () => renderer.statusSection(checkoutInReview()),
  "checkout-status-released-in-conflict": () => renderer.statusSection(checkoutReleased()),
  "checkout-status-with-problems": () => renderer.statusSection(checkoutReleased(TROUBLED)),
  "checkout-status-conflict-foreseen": () => renderer.statusSection(clashing(checkoutInReview(), CLASH)),
  "checkout-status-conflict-settled": () => renderer.statusSection(clashing(checkoutReleased(), SETTLED)),
  "checkout-turning-point-conflict-known": () =>
    renderer.turningPoint(clashing(checkoutReleased(), CLASH), CONFLICT),
  "checkout-turning-point-conflict-before-carrying": () =>
    renderer.turningPoint(
      clashing(checkoutReleased(), { ...CLASH, hotfix: aSha("f"), into: CLASH.hotfix }),
      CONFLICT,
    ),
  "checkout-turning-point-conflict-draft": () =>
    renderer.turningPoint(
      clashing(checkoutReleased(), {
        ...CLASH,
        markers: ["src/payment/processor.js"],
        outcome: { kind: "clean" },
      }),
      CONFLICT,
    ),
  "checkout-status-stopped": () => renderer.statusSection(checkoutReleased(STOPPED)),
  "checkout-closing-comment-resolved": () =>
    renderer.closingComment(checkoutDeclared({ ended: { ...STOPPED.ended!, kind: "resolved" } }), DOCUMENTS),
  "checkout-reply-questions": () =>
    renderer.reply(checkoutReleased(TROUBLED), {
      actor: "ana",
      url: COMMENT,
      report: null,
      answers: [
        { kind: "why", line: "/hotfix why" },
        { kind: "sync", line: "/hotfix sync" },
      ],
    }),
  "checkout-reply-decisions": () =>
    renderer.reply(checkoutInReview(), {
      actor: "ana",
      url: COMMENT,
      report: null,
      answers: [
        { kind: "done", line: "/hotfix severity high", what: "the severity is high now, with 60 minutes" },
        {
          kind: "refused",
          line: "/hotfix skip develop because @everyone | fixes #1 `x`",
          why: "it needs the permission `push` in this repository",
          nextStep: "Somebody who has it can write the same comment",
        },
        {
          kind: "unknown",
          line: "/hotfix statsu",
          why: "there is no such command",
          suggestion: "/hotfix status",
        },
      ],
    }),
  "checkout-production-pull-request": () =>
    withTitle(renderer.productionPullRequest(checkoutDeclared(), round(checkoutDeclared()))),
  "checkout-back-merge-pull-request": () =>
    withTitle(renderer.backMergePullRequest(checkoutDeclared(), round(checkoutDeclared()), "develop")),
  "checkout-tag-message": () => renderer.tagMessage(checkoutReleased(), round(checkoutReleased())),
  "checkout-release": () => {
    const { name, body } = renderer.release(checkoutReleased(), round(checkoutReleased()));
    return withTitle({ title: name, body });
  },
  "checkout-incident-report": () => renderer.document(checkoutLanded(), "incident-report"),
  "checkout-retrospective": () => renderer.document(checkoutLanded(), "retrospective"),
  "checkout-stakeholder-update": () => renderer.document(checkoutLanded(), "stakeholder-update"),
  "checkout-public-update": () => renderer.document(checkoutLanded(), "public-update"),
  "checkout-stakeholder-update-at-once": () => renderer.document(checkoutDeclared(), "stakeholder-update"),
  "checkout-public-update-at-once": () => renderer.document(checkoutDeclared(), "public-update"),
  "checkout-documents-pull-request": () => withTitle(renderer.documentsPullRequest(checkoutLanded())),
  "checkout-closing-comment": () => renderer.closingComment(checkoutClosed(), DOCUMENTS),
  ...Object.fromEntries(
    (["incident-report", "retrospective", "stakeholder-update", "public-update"] as const).flatMap((kind) => [
      [`checkout-told-${kind}`, () => renderer.document(checkoutTold(), kind)],
      [`timeout-told-${kind}`, () => renderer.document(timeoutTold(), kind)],
    ]),
  ),
  ...Object.fromEntries(
    (["incident-report", "retrospective", "stakeholder-update", "public-update"] as const).map((kind) => [
      `resolved-${kind}`,
      () => renderer.document(resolvedFacts(), kind),
    ]),
  ),
  "checkout-told-status": () => renderer.statusSection(checkoutTold()),
  "checkout-told-follow-up": () =>
    withTitle(renderer.followUp(checkoutTold(), checkoutTold().actions[0]!, null)),
  "checkout-told-follow-up-of-team": () =>
    withTitle(
      renderer.followUp(checkoutTold(), { ...checkoutTold().actions[0]!, owner: "acme/payments" }, null),
    ),
  "checkout-told-follow-up-without-label": () =>
    withTitle(renderer.followUp(checkoutTold(), checkoutTold().actions[0]!, "incident-follow-up")),
  "checkout-told-reply-update": () =>
    renderer.reply(checkoutInReview(), {
      actor: "ana",
      url: COMMENT,
      report: null,
      answers: [
        {
          kind: "update",
          line: "/hotfix update Checkout fails",
          text: "Checkout fails for everybody. We know why, and a correction is on its way.",
          next: "2026-11-20T14:56:00Z",
        },
      ],
    }),
  "checkout-told-release": () => renderer.release(checkoutTold(), round(checkoutTold())).body,
  "timeout-status-landed": () => renderer.statusSection(timeoutLanded()),
  "timeout-production-pull-request": () =>
    withTitle(renderer.productionPullRequest(timeoutLanded(), round(timeoutLanded()))),
  "timeout-back-merge-pull-request": () =>
    withTitle(renderer.backMergePullRequest(timeoutLanded(), round(timeoutLanded()), "develop")),
  "timeout-tag-message": () => renderer.tagMessage(timeoutLanded(), round(timeoutLanded())),
  "timeout-release": () => {
    const { name, body } = renderer.release(timeoutLanded(), round(timeoutLanded()));
    return withTitle({ title: name, body });
  },
  "timeout-incident-report": () => renderer.document(timeoutLanded(), "incident-report"),
  "timeout-retrospective": () => renderer.document(timeoutLanded(), "retrospective"),
  "timeout-stakeholder-update": () => renderer.document(timeoutLanded(), "stakeholder-update"),
  "timeout-public-update": () => renderer.document(timeoutLanded(), "public-update"),
  "timeout-documents-pull-request": () => withTitle(renderer.documentsPullRequest(timeoutLanded())),
  "timeout-closing-comment": () => renderer.closingComment(timeoutLanded(), []),
};

const POINTS: readonly TurningPoint[] = [
  { kind: "ready", round: 1 },
  CONFLICT,
  {
    kind: "blocked",
    code: "branch-protected",
    sentence: "Pull request #9 could not be merged: `develop` is protected.",
    nextStep: "Merge #9, or allow the app to pass the protection.",
  },
  { kind: "released", round: 1 },
  { kind: "landed", round: 1 },
  { kind: "not-accepted", actor: "eve", needed: "triage" },
  {
    kind: "configuration",
    problems: [
      "line 4, severities.urgent.sla: must be a whole number of minutes",
      "line 9, branch: unknown key",
    ],
    codeIsOff: false,
  },
  { kind: "empty-merge", round: 1 },
  {
    kind: "held-back",
    actor: "eve",
    opened: 50,
    held: [
      { number: 61, severity: "high" },
      { number: 52, severity: "low" },
      { number: 53, severity: "low" },
    ],
    unread: 12,
  },
];

const MOMENTS: Record<TurningPoint["kind"], () => IncidentFacts> = {
  ready: checkoutInReview,
  conflict: checkoutReleased,
  blocked: checkoutReleased,
  released: checkoutReleased,
  landed: checkoutLanded,
  "not-accepted": checkoutDeclared,
  configuration: checkoutDeclared,
  "held-back": checkoutDeclared,
  "empty-merge": () =>
    checkoutReleased({
      next: { who: ["ana"], what: "Push the fix to `hotfix/7-checkout-fails-for-everybody-2`." },
    }),
};

for (const point of POINTS) {
  texts[`checkout-turning-point-${point.kind}`] = () => renderer.turningPoint(MOMENTS[point.kind](), point);
  if (point.kind !== "ready") {
    texts[`timeout-turning-point-${point.kind}`] = () => renderer.turningPoint(timeoutLanded(), point);
  }
}

test.each(Object.keys(texts))("%s reads as it was agreed", (name) => {
  const text = `${texts[name]!().trimEnd()}\n`;
  const file = new URL(`${name}.md`, FOLDER);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, "utf8"));
});

test.each(POINTS)("the comment of a turning point is short: $kind", (point) => {
  const lines = renderer
    .turningPoint(MOMENTS[point.kind](), point)
    .split("\n")
    .filter((line) => line !== "");
  // What a person types counts too. One comment in the place of hundreds may be longer.
  const most = { conflict: 7, "held-back": 10 } as const;
  expect(lines.length).toBeLessThanOrEqual(
    Object.hasOwn(most, point.kind) ? most[point.kind as keyof typeof most] : 6,
  );
});

test.each(Object.keys(texts).filter((name) => texts[name]!().startsWith("---\n")))(
  "the front matter of %s is as published",
  (name) => {
    const schema: unknown = JSON.parse(
      readFileSync(new URL("../../../front-matter.schema.json", import.meta.url), "utf8"),
    );
    const ajv = addFormats.default(new Ajv2020({ allErrors: true }));
    const validate = ajv.compile(schema as object);
    validate(parse(texts[name]!().split("---\n")[1]!));
    expect(validate.errors).toBeNull();
  },
);
