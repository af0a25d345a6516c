import { describe, expect, it } from "vitest";
import { indexedIncidentsOf } from "../../../src/github/read-indexed-incidents.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { mediansRecord, parseMediansRecord } from "../../../src/incident/medians.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { settle } from "../../support/ideal-world.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import { labelled, shopConfig } from "../../support/state-builder.ts";

const PLACE = "develop:incidents/README.md";

function index(...entries: readonly string[]): IncidentState["indexed"] {
  const text = `---\nschema: hotfix-responder/index/1\nincidents: 1\nservices:\n${entries.join("")}---\n\n# Incidents\n`;
  return indexedIncidentsOf(new Map([[PLACE, text]]), PLACE);
}

function entry(number: number, declared: string, seconds: string): string {
  return `  - service: payment\n    incident: PAYMENT-HIGH-${String(number).padStart(3, "0")}\n    issue: ${number}\n    declared: "${declared}"\n    open: []\n${seconds}`;
}

function took(fix: number | null, total: number): string {
  return `    seconds:\n      to_acknowledge: null\n      to_fix: ${fix}\n      to_review: null\n      to_release: null\n      to_land: null\n      declared_to_released: ${total}\n`;
}

const three = [
  entry(3, "2026-10-01T09:00:00Z", took(60, 900)),
  entry(4, "2026-10-02T09:00:00Z", took(null, 600)),
  entry(5, "2026-10-03T09:00:00Z", took(120, 601)),
];

function mediansOf(indexed: IncidentState["indexed"]) {
  return factsOf(labelled({ ...(indexed !== undefined && { indexed }) }), shopConfig).medians;
}

describe("how long earlier incidents took", () => {
  it("is told of at least three, and of what an older index does not say nothing is", () => {
    expect(mediansOf(index(...three))).toEqual([{ name: "total", milliseconds: 601_000, count: 3 }]);
    expect(mediansOf(index(...three, entry(6, "2026-10-04T09:00:00Z", took(30, 800))))).toEqual([
      { name: "toFix", milliseconds: 60_000, count: 3 },
      { name: "total", milliseconds: 700_500, count: 4 },
    ]);
    expect(mediansOf(index(...three.slice(1), entry(6, "2026-10-04T09:00:00Z", "")))).toEqual([]);
  });

  it("leaves out this one and what was declared after it", () => {
    const self = entry(42, "2026-10-05T09:00:00Z", took(1, 1));
    const later = entry(50, "2027-01-01T09:00:00Z", took(1, 1));
    expect(mediansOf(index(...three.slice(1), self, later))).toEqual([]);
  });

  it("is not known where the index is missing or somebody made it unreadable", () => {
    const broken = new Map([[PLACE, "---\nschema: [\n---\n"]]);
    for (const files of [new Map(), broken]) {
      expect(mediansOf(indexedIncidentsOf(files, PLACE))).toEqual([]);
    }
  });

  it("is recorded with the first status comment, and stays as it was", () => {
    const start = labelled({ indexed: index(...three)! });
    const { state } = settle(start, { context: { config: shopConfig, render: plainRenderer } });
    const told = [{ name: "total", milliseconds: 601_000, count: 3 }];
    expect(factsOf(start, shopConfig).medians).toEqual(told);
    // One that was declared before it has landed since, and an old one is forgotten.
    const later = index(...three.slice(1), entry(6, "2026-10-04T09:00:00Z", took(30, 9_000)))!;
    expect(factsOf({ ...state, indexed: later }, shopConfig).medians).toEqual(told);
    expect(factsOf({ ...state, indexed: [] }, shopConfig).medians).toEqual(told);
  });

  it("comes back as it was written, and what is broken says nothing", () => {
    const medians = [
      { name: "toFix", milliseconds: 0, count: 3 },
      { name: "total", milliseconds: 700_500, count: 200 },
    ] as const;
    expect(parseMediansRecord(mediansRecord(medians))).toEqual(medians);
    expect(parseMediansRecord("")).toEqual([]);
    expect(parseMediansRecord("toFix:1@2,toString:1@3,total:x@3,total:5@3")).toEqual([
      { name: "total", milliseconds: 5, count: 3 },
    ]);
  });
});
