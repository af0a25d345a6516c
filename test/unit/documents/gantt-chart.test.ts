import { expect, test } from "vitest";
import { ganttChart } from "../../../src/documents/gantt-chart.ts";
import { hostileText } from "./hostile-text.ts";
import { fc } from "../../support/fast-check.ts";

const FROM = "2026-11-20T14:30:15Z";
const TO = "2026-11-21T00:10:00Z";

test("a chart of phases, in UTC as written", () => {
  expect(ganttChart([{ label: "until merged", from: FROM, to: TO }])?.markdown).toBe(
    [
      "```mermaid",
      "gantt",
      "  dateFormat YYYY-MM-DD HH:mm:ss",
      "  axisFormat %H:%M",
      "  until merged :2026-11-20 14:30:15, 2026-11-21 00:10:00",
      "```",
    ].join("\n"),
  );
});

test("a phase that would end before it began is left out, and no phase is no chart", () => {
  expect(ganttChart([{ label: "backwards", from: TO, to: FROM }])).toBeNull();
  expect(ganttChart([])).toBeNull();
});

test("S22: what mermaid takes for a comment is a bar like any other; a share keeps its sign", () => {
  const chart = (label: string) => ganttChart([{ label, from: FROM, to: TO }])!.markdown.split("\n")[4];
  expect(chart("%% all of it %%{init: {}}%%")).toBe(
    "  all of it init :2026-11-20 14:30:15, 2026-11-21 00:10:00",
  );
  expect(chart("70 % failing")).toBe("  70 % failing :2026-11-20 14:30:15, 2026-11-21 00:10:00");
});

test("S22: a label stays one label on one line", () => {
  fc.assert(
    fc.property(hostileText, (label) => {
      const lines = ganttChart([{ label, from: FROM, to: TO }])!.markdown.split("\n");
      expect(lines).toHaveLength(6);
      expect(lines[4]).toMatch(/^ {2}(?!.*%%)[^:;#]*:2026-11-20 14:30:15, 2026-11-21 00:10:00$/u);
    }),
  );
});
