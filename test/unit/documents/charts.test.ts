import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ganttChart } from "../../../src/documents/gantt-chart.ts";
import { chartsIn } from "../../support/mermaid-parser.ts";
import { hostileText } from "./hostile-text.ts";
import { fc } from "../../support/fast-check.ts";

/** Words that mermaid acts on where a label may begin. */
const orders = fc
  .constantFrom(
    "section",
    "title",
    "dateFormat",
    "axisFormat",
    "tickInterval",
    "includes",
    "excludes",
    "todayMarker",
    "weekday",
    "weekend",
    "inclusiveEndDates",
    "topAxis",
    "click",
    "call",
    "href",
    "accTitle",
    "accDescr",
    "gantt",
    "2026-11-20",
    "%%",
    "---",
    "vert",
    "milestone",
    "done",
  )
  .chain((word) => hostileText.map((text) => `${word} ${text}`));

const FOLDER = new URL("../../fixtures/documents/", import.meta.url);
const golden = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".md"),
);

const FROM = "2026-11-20T14:30:15Z";
const TO = "2026-11-20T14:42:00Z";

describe("charts, read by mermaid's own parser", () => {
  it("refuses what is no chart, so that the tests below say something", async () => {
    await expect(chartsIn("```mermaid\ngantt\n  dateFormat YYYY\n  no data here\n```")).rejects.toThrow();
  });

  it("the golden documents of both drills hold charts, and each can be read", async () => {
    const kinds = new Map<string, readonly string[]>();
    for (const name of golden) kinds.set(name, await chartsIn(readFileSync(new URL(name, FOLDER), "utf8")));
    for (const name of [
      "checkout-incident-report.md",
      "timeout-incident-report.md",
      "it/checkout-incident-report.md",
    ]) {
      expect(kinds.get(name)).toContain("gantt");
    }
  });

  it("S22: whatever a bar is called, the chart can be read", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(hostileText, orders), { minLength: 1, maxLength: 4 }),
        async (labels) => {
          const chart = ganttChart(labels.map((label) => ({ label, from: FROM, to: TO })));
          expect(await chartsIn(chart?.markdown ?? "")).toEqual(["gantt"]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
