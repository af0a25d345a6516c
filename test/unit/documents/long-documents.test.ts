import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import { renderAll } from "../../../src/documents/try-templates.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import { checkoutLanded } from "../../support/facts-builder.ts";
import { checkoutTold } from "../../support/told-incidents.ts";
import { chartsIn } from "../../support/mermaid-parser.ts";

const MOST_OF_GITHUB = 65_536;
const templates = await loadTemplates();
const KINDS = ["incident-report", "retrospective", "stakeholder-update", "public-update"] as const;

/** A night on which far more was said and done than anybody reads. */
function endless(): IncidentFacts {
  const told = checkoutTold();
  const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const start = Date.parse(told.times.declared);
  const text = `Pushed ${"many words ".repeat(20)}`;
  return {
    ...told,
    timeline: many(5_000, (index) => ({
      at: new Date(start + index * 1_000).toISOString(),
      recordedAt: new Date(start + index * 1_000 + 60_000).toISOString(),
      kind: index % 2 === 0 ? "check-failed" : "conflict",
      text: `${index} ${text}`,
      actor: "ana",
      url: `${told.repository.url}/commit/${index}`,
    })),
    noticed: many(2_000, (index) => `${index} ${text}`),
    decisions: many(1_000, (index) => ({
      command: "override",
      text: `${index} ${text}`,
      by: "ana",
      because: text,
      url: told.url,
    })),
    actions: many(500, (index) => ({ ...told.actions[0]!, key: `${index}.a`, text: `${index} ${text}` })),
    updates: many(500, (index) => ({ ...told.updates[0]!, text: `${index} ${text}` })),
    metrics: many(500, (index) => ({ ...told.metrics[0]!, name: `${index} ${text}` })),
    shares: many(1_000, (index) => ({ ...told.shares[0]!, share: index / 1_000 })),
    problems: many(500, (index) => ({
      code: "x",
      sentence: `${index} ${text}`,
      nextStep: text,
      transient: false,
    })),
    excludedReleases: many(100, (index) => ({ name: `release/1.${index}`, because: text })),
  };
}

describe("an incident with a timeline of 5,000 entries", () => {
  const facts = endless();

  it.each(["en", "it"] as const)(
    "every comment, description and note stays below GitHub's limit (%s)",
    (locale) => {
      const renderer = createRenderer(templates, locale);
      const files = new Set(KINDS.map((kind) => renderer.document(facts, kind)));
      const bodies = renderAll(renderer, facts).filter((text) => !files.has(text));
      expect(Math.max(...bodies.map((body) => body.length))).toBeLessThan(MOST_OF_GITHUB);
      const report = { kind: "report", line: "/hotfix report" } as const;
      const reply = renderer.reply(facts, { actor: "ana", url: facts.url, report: null, answers: [report] });
      expect(reply.length).toBeLessThan(MOST_OF_GITHUB);
      expect(reply).toMatch(/The rest was left out|Il resto è stato omesso/u);
    },
  );

  it("the files say how much they leave out, and their charts can be read", async () => {
    const renderer = createRenderer(templates);
    const report = renderer.document(facts, "incident-report");
    expect(report).toContain("Later entries left out here: 3500.");
    expect(report).toContain("Further action items left out here: 400.");
    expect(report).toContain("Further figures left out here: 450.");
    expect(report).toContain("Later parts left out here: 900; the sum has them.");
    expect(report).toMatch(/^- and \d+ more$/mu);
    expect(await chartsIn(report)).toEqual(["gantt", "gantt"]);
    expect(renderer.document(facts, "stakeholder-update")).toContain("- and 400 more");
    // More is no document for people.
    for (const kind of KINDS) expect(renderer.document(facts, kind).length).toBeLessThan(1_000_000);
  });
});

describe("figures that are odd", () => {
  const renderer = createRenderer(templates);
  const landed = checkoutLanded();
  const told = checkoutTold();
  const impactIn = (facts: IncidentFacts): string =>
    renderer.document(facts, "incident-report").split("## Timeline")[0]!;

  it("a currency without a minor unit is told in whole units", () => {
    const impact = { ...told.impact!, currency: "JPY", loss: 1_234_567.89, range: null };
    expect(impactIn({ ...told, impact })).toContain(
      "**JPY 1,234,568** = 11 min 45 s × 100 % × JPY 50,000 per hour (JPY 1,234,568 before rounding)",
    );
    expect(renderer.document({ ...told, impact }, "incident-report")).toContain("loss: 1234568\n");
  });

  it("one with three decimals keeps them, and a huge amount stays readable", () => {
    const impact = { ...told.impact!, currency: "KWD", loss: 987_654_321_098.7654, range: null };
    expect(impactIn({ ...told, impact })).toContain("(KWD 987,654,321,098.765 before rounding)");
  });

  it("EUR 833 a minute gives EUR 9,788, and EUR 50,000 an hour EUR 9,792", () => {
    const perMinute = {
      ...told.impact!,
      perMinute: 833,
      revenuePerHour: 49_980,
      statedPer: "minute" as const,
    };
    const impact = { ...perMinute, loss: (833 * 705_000) / 60_000, range: null };
    expect(impactIn({ ...told, impact })).toContain(
      "**EUR 9,788** = 11 min 45 s × 100 % × EUR 833 per minute (EUR 9,787.75 before rounding)",
    );
    expect(impactIn(told)).toContain("**EUR 9,792** = 11 min 45 s × 100 % × EUR 50,000 per hour");
  });

  it("a negative or tiny figure of a measurement is told as it was given", () => {
    const metric = {
      ...told.metrics[0]!,
      before: { value: -0.000001, unit: "" },
      after: { value: 1e15, unit: "ms" },
    };
    expect(impactIn({ ...told, metrics: [metric] })).toContain("| 1,000,000,000,000,000 ms |");
  });

  it("times in the future and in the wrong order give no chart bar and no negative wait", () => {
    const times = {
      ...landed.times,
      acknowledged: "2030-01-01T00:00:00Z",
      recovered: "2020-01-01T00:00:00Z",
    };
    const report = renderer.document({ ...landed, times }, "incident-report");
    expect(report).not.toContain("until recovered :");
    expect(report).toContain("2020-01-01 00:00:00 UTC");
    expect(renderer.document({ ...landed, times }, "retrospective")).not.toContain("took −");
  });

  it("an hour that the clocks show twice is told with both clocks, and keeps the order of UTC", () => {
    const at = (time: string) => ({
      at: `2026-10-25T${time}Z`,
      recordedAt: `2026-10-25T${time}Z`,
      kind: "pushed",
      text: "x",
      actor: null,
      url: null,
    });
    const facts = { ...landed, timezone: "Europe/Rome", timeline: [at("00:30:00"), at("01:30:00")] };
    const rows = renderer.document(facts, "incident-report").match(/^\| 2026-10-25 .*$/gmu)!;
    expect(rows[0]).toContain("| 2026-10-25 00:30:00 | 2026-10-25 02:30:00 |");
    expect(rows[1]).toContain("| 2026-10-25 01:30:00 | 2026-10-25 02:30:00 |");
  });

  it("somebody whose account is gone is a ghost, and notifies nobody", () => {
    const facts = { ...landed, declaredBy: { login: "ghost", kind: "ghost" as const } };
    expect(renderer.document(facts, "incident-report")).toContain("UTC by ghost,");
  });
});
