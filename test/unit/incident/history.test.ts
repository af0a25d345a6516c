import { expect, it } from "vitest";
import { indexedIncidentsOf } from "../../../src/github/read-indexed-incidents.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { landed, shopConfig } from "../../support/state-builder.ts";

const PLACE = "develop:incidents/README.md";

function index(entries: string): ReadonlyMap<string, string> {
  return new Map([
    [PLACE, `---\nschema: hotfix-responder/index/1\nincidents: 1\nservices:\n${entries}---\n\n# Incidents\n`],
  ]);
}

function entry(id: string, issue: number, declared: string, rest = ""): string {
  return `  - service: payment\n    incident: ${id}\n    issue: ${issue}\n    declared: "${declared}"\n    open: []\n${rest}`;
}

const SECONDS =
  "    seconds:\n      to_acknowledge: 60\n      to_fix: null\n      to_review: 1\n      to_release: 2\n      to_land: 3\n      declared_to_released: 900\n";

it("takes from the index what was declared before, and nothing that an older index does not say", () => {
  const files = index(
    entry("PAYMENT-HIGH-003", 3, "2026-10-01T09:00:00Z", SECONDS) +
      entry("PAYMENT-HIGH-004", 4, "2026-10-02T09:00:00Z") +
      entry("PAYMENT-CRITICAL-042", 42, "2026-10-03T09:00:00Z", SECONDS) +
      entry("PAYMENT-HIGH-050", 50, "2027-01-01T09:00:00Z", SECONDS),
  );
  const facts = factsOf(landed({ indexed: indexedIncidentsOf(files, PLACE) }), shopConfig);
  expect(facts.history).toEqual([
    {
      id: "PAYMENT-HIGH-003",
      declared: "2026-10-01T09:00:00Z",
      durations: {
        toAcknowledge: 60_000,
        toFix: null,
        toReview: 1_000,
        toRelease: 2_000,
        toLand: 3_000,
        total: 900_000,
      },
    },
  ]);
});

it("knows of none where the index is missing or somebody made it unreadable", () => {
  const broken = new Map([[PLACE, "---\nschema: [\n---\n"]]);
  for (const files of [new Map(), broken]) {
    expect(factsOf(landed({ indexed: indexedIncidentsOf(files, PLACE) }), shopConfig).history).toEqual([]);
  }
});
