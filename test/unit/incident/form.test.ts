import { describe, expect, it } from "vitest";
import { formLabels, parseForm } from "../../../src/incident/form.ts";
import { fc } from "../../support/fast-check.ts";

const answers: Readonly<Record<string, string>> = {
  Service: "payment",
  Severity: "critical",
  "What is broken": "All checkouts fail.\n\nSince the release.",
  "Impact started": "2026-11-20 14:30 UTC",
  "Users affected": "all of them",
  "Revenue per hour": "50,000",
  Currency: "EUR",
  "SLA minutes": "30",
};

function body(changes: Readonly<Record<string, string>> = {}): string {
  return formLabels.map((label) => `### ${label}\n\n${changes[label] ?? answers[label]}\n`).join("\n");
}

const empty = {
  service: null,
  severity: null,
  description: null,
  impactStarted: null,
  usersAffected: null,
  revenuePerHour: null,
  currency: null,
  slaMinutes: null,
  problems: [],
};

describe("parseForm", () => {
  it("reads every field", () => {
    expect(parseForm(body())).toEqual({
      service: "payment",
      severity: "critical",
      description: "All checkouts fail.\n\nSince the release.",
      impactStarted: "2026-11-20T14:30:00Z",
      usersAffected: "all of them",
      revenuePerHour: 50_000,
      currency: "EUR",
      slaMinutes: 30,
      problems: [],
    });
  });

  it("reads the same with the line ends of a browser", () => {
    expect(parseForm(body().replaceAll("\n", "\r\n"))).toEqual(parseForm(body()));
  });

  it.each(["", "Just a text.", "## Service\n\npayment", "####Service"])("finds nothing in %j", (text) => {
    expect(parseForm(text)).toEqual(empty);
  });

  it("takes what was not answered as not given", () => {
    const nothing = Object.fromEntries(formLabels.map((label) => [label, "_No response_"]));
    expect(parseForm(body({ ...nothing, Severity: "None" }))).toEqual(empty);
  });

  it("ignores headings in a fenced block, and takes an unclosed one to the end", () => {
    const fenced = parseForm(body({ "What is broken": "```\n### Severity\n\nlow\n```\nmore" }));
    expect(fenced.severity).toBe("critical");
    expect(fenced.description).toContain("### Severity");
    expect(fenced.problems).toEqual([]);
    expect(parseForm(body({ "What is broken": "~~~~\n```" })).slaMinutes).toBeNull();
  });

  it("reports a field that is there twice and uses neither", () => {
    const form = parseForm(body({ "What is broken": "text\n\n### Severity\n\nlow" }));
    expect(form.severity).toBeNull();
    expect(form.problems).toEqual([
      'the heading "Severity" is in the issue more than once, so that answer was not used',
    ]);
    expect(form.service).toBe("payment");
    expect(form.slaMinutes).toBe(30);
  });

  it("keeps a heading of a person inside an answer", () => {
    expect(parseForm(body({ "What is broken": "### Steps\n\nbuy something" })).description).toBe(
      "### Steps\n\nbuy something",
    );
  });

  it.each([
    ["2026-11-20T14:30Z", "2026-11-20T14:30:00Z"],
    ["2026-11-20 14:30:15 +01:00", "2026-11-20T13:30:15Z"],
    ["2026-11-20T14:30:15.123Z", "2026-11-20T14:30:15Z"],
  ])("reads the time %s", (text, instant) => {
    expect(parseForm(body({ "Impact started": text })).impactStarted).toBe(instant);
  });

  it.each([
    "14:30",
    "2026-11-20 14:30",
    "20/11/2026 14:30 UTC",
    "2026-02-30 10:00 UTC",
    "2026-11-20 25:00 UTC",
    "yesterday",
  ])("asks about the time %s, which could be any", (text) => {
    const form = parseForm(body({ "Impact started": text }));
    expect(form.impactStarted).toBeNull();
    expect(form.problems[0]).toContain(`not ${JSON.stringify(text)}`);
  });

  it.each(["0", "-1", "30.5", "half an hour", "9999999"])("asks about the SLA %s", (text) => {
    const form = parseForm(body({ "SLA minutes": text }));
    expect(form.slaMinutes).toBeNull();
    expect(form.problems).toHaveLength(1);
  });

  it("takes the currency from the amount, and neither where they contradict each other", () => {
    expect(parseForm(body({ "Revenue per hour": "USD 50,000", Currency: "_No response_" })).currency).toBe(
      "USD",
    );
    const clash = parseForm(body({ "Revenue per hour": "USD 50,000" }));
    expect([clash.revenuePerHour, clash.currency]).toEqual([null, null]);
    expect(clash.problems).toEqual(['"Revenue per hour" is in USD but "Currency" says EUR']);
  });

  it("reads any text without failing, and never takes more from it than the fields", () => {
    const line = fc.oneof(
      fc.constantFrom(
        ...formLabels.map((label) => `### ${label}`),
        "```",
        "~~~",
        "",
        "_No response_",
        "50,000",
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const form = parseForm(lines.join("\n"));
        expect(Object.keys(form).toSorted()).toEqual(Object.keys(empty).toSorted());
      }),
    );
  });
});
