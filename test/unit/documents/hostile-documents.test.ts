import { expect, test } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import {
  checkoutReleased,
  timeoutLanded,
  checkoutLanded,
  checkoutDeclared,
} from "../../support/facts-builder.ts";
import { checkoutTold, timeoutTold } from "../../support/told-incidents.ts";
import { hostileText, NASTY, poisoned } from "./hostile-text.ts";
import { liveThingsIn, liveThingsInPlainText, skeletonOf } from "./markdown-structure.ts";
import { fc } from "../../support/fast-check.ts";

const renderer = createRenderer(await loadTemplates());
const REPOSITORY = "https://github.com/acme/shop";
const MEANT = ["acme/payments", "ana", "luca-shop", "kenji"];

const problem = { code: "x", sentence: "a", nextStep: "b", transient: false };
const SCENES: Record<string, () => IncidentFacts> = {
  declared: checkoutDeclared,
  troubled: () => checkoutReleased({ problems: [problem], noticed: ["a"] }),
  landed: checkoutLanded,
  told: checkoutTold,
  "told with words and changing shares": timeoutTold,
  "in public": timeoutLanded,
};

/** Every Markdown that is made of these facts. */
function bodiesOf(facts: IncidentFacts, text: string): readonly string[] {
  const round = facts.rounds.at(-1)!;
  const target = round.backMerges[0]!.target;
  return [
    renderer.statusSection(facts),
    renderer.productionPullRequest(facts, round).body,
    renderer.backMergePullRequest(facts, round, target).body,
    renderer.turningPoint(facts, { kind: "ready", round: round.number }),
    renderer.turningPoint(facts, { kind: "conflict", round: round.number, target }),
    renderer.turningPoint(facts, { kind: "blocked", code: "x", sentence: text, nextStep: text }),
    renderer.turningPoint(facts, { kind: "released", round: round.number }),
    renderer.turningPoint(facts, { kind: "landed", round: round.number }),
    renderer.turningPoint(facts, { kind: "not-accepted", actor: "", needed: text }),
    renderer.turningPoint(facts, { kind: "configuration", problems: [text, text], codeIsOff: true }),
    renderer.turningPoint(facts, { kind: "empty-merge", round: round.number }),
    renderer.release(facts, round).body,
    withoutFrontMatter(renderer.document(facts, "incident-report")),
    withoutFrontMatter(renderer.document(facts, "retrospective")),
    withoutFrontMatter(renderer.document(facts, "stakeholder-update")),
    withoutFrontMatter(renderer.document(facts, "public-update")),
    renderer.documentsPullRequest(facts).body,
    renderer.closingComment(facts, [{ name: text, url: text }]),
  ];
}

function withoutFrontMatter(file: string): string {
  return file.slice(file.indexOf("\n---\n") + 5).replace(/ text=[0-9a-f]{8} -->/gu, " -->");
}

function plainTextsOf(facts: IncidentFacts): readonly string[] {
  const round = facts.rounds.at(-1)!;
  return [
    renderer.productionPullRequest(facts, round).title,
    renderer.backMergePullRequest(facts, round, round.backMerges[0]!.target).title,
    renderer.release(facts, round).name,
    renderer.documentsPullRequest(facts).title,
  ];
}

/** Texts that are empty once cleaned leave out the parts that would quote them, so their skeleton differs. */
const hasVisible = (text: string) => /[\p{L}\p{N}]/u.test(text);

test.each(Object.keys(SCENES))(
  "S18, S22: whatever people typed, nothing pings, links, closes or forges (%s)",
  (scene) => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const body of bodiesOf(poisoned(SCENES[scene]!(), text), text)) {
          expect(liveThingsIn(body, REPOSITORY, MEANT)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  },
);

test.each(NASTY)("S22: %j is inert in every text", (text) => {
  for (const body of bodiesOf(poisoned(SCENES.troubled!(), text), text)) {
    expect(liveThingsIn(body, REPOSITORY, MEANT)).toEqual([]);
  }
});

test.each(Object.keys(SCENES))(
  "S22: whatever people typed, no text leaves its cell, line or block (%s)",
  (scene) => {
    const benign = bodiesOf(poisoned(SCENES[scene]!(), "words"), "words").map(skeletonOf);
    fc.assert(
      fc.property(hostileText.filter(hasVisible), (text) => {
        expect(bodiesOf(poisoned(SCENES[scene]!(), text), text).map(skeletonOf)).toEqual(benign);
      }),
      { numRuns: 150 },
    );
  },
);

test.each(Object.keys(SCENES))("S23: titles are one line in which nothing is live (%s)", (scene) => {
  fc.assert(
    fc.property(hostileText, (text) => {
      for (const title of plainTextsOf(poisoned(SCENES[scene]!(), text))) {
        expect(liveThingsInPlainText(title)).toEqual([]);
        expect(title).not.toContain("\n");
        expect(title).not.toBe("");
      }
    }),
    { numRuns: 200 },
  );
});

test("S22: a tag message keeps its lines: nobody adds a trailer or a reference to it", () => {
  const facts = checkoutReleased();
  const lines = renderer
    .tagMessage(poisoned(facts, "words"), poisoned(facts, "words").rounds[0]!)
    .split("\n").length;
  fc.assert(
    fc.property(hostileText.filter(hasVisible), (text) => {
      const poison = poisoned(facts, text);
      const message = renderer.tagMessage(poison, poison.rounds[0]!);
      expect(liveThingsInPlainText(message, [facts.url, facts.rounds[0]!.pullRequest!.url])).toEqual([]);
      expect(message).not.toMatch(/^[\w-]+-by:/imu);
      expect(message.split("\n").length).toBe(lines);
    }),
  );
});

test("a title of any length fits into what GitHub takes", () => {
  const facts = checkoutDeclared({ title: "🔥 x".repeat(1_000) });
  expect(renderer.productionPullRequest(facts, facts.rounds[0]!).title.length).toBeLessThanOrEqual(256);
});

test("an incident without a title still has one in every text", () => {
  const facts = checkoutDeclared({ title: " \u200B\n" });
  expect(renderer.productionPullRequest(facts, facts.rounds[0]!).title).toBe(
    "hotfix(PAYMENT-CRITICAL-007): Incident 7",
  );
});

test("S38: the public update holds no name, no money, no code and no word that somebody typed", () => {
  const quiet = checkoutLanded();
  const text = renderer.document(quiet, "public-update");
  for (const secret of [
    "ana",
    "luca",
    "giulia",
    "EUR",
    "9,792",
    "50,000",
    "totalAmount",
    "main",
    "v1.4.3",
    "Checkout",
  ]) {
    expect(text).not.toContain(secret);
  }
  fc.assert(
    fc.property(hostileText.filter(hasVisible), (typed) => {
      const poison = {
        ...poisoned(quiet, typed),
        id: quiet.id,
        service: quiet.service,
        severity: quiet.severity,
      };
      expect(withoutFrontMatter(renderer.document(poison, "public-update"))).toBe(withoutFrontMatter(text));
    }),
  );
});
