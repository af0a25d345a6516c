import { describe, expect, it } from "vitest";
import { readFrontMatter } from "../../../src/config/front-matter-schema.ts";

const UPDATE = {
  schema: "hotfix-responder/public-update/1",
  incident: "INC-007",
  service: null,
  severity: "critical",
  times: { impact_started: null, declared: "2026-02-28T09:30:00Z", released: "2024-02-29T23:59:59.5Z" },
};

const INSTANTS = { impact_started: null, declared: null, acknowledged: null, first_fix_pushed: null };
const DURATIONS = { to_acknowledge: 1, to_fix: null, to_review: 0, to_release: 5, to_land: 9 };
const REPORT = {
  schema: "hotfix-responder/incident-report/1",
  incident: "INC-007",
  issue: 7,
  url: "https://github.com/acme/shop/issues/7",
  title: "Checkout fails",
  service: "payment",
  severity: "critical",
  sla: { minutes: 30, deadline: null, met: true },
  times: { ...INSTANTS, merged: null, released: null, landed: null },
  seconds: { ...DURATIONS, declared_to_released: 5 },
  impact: { currency: "EUR", revenue_per_hour: 1.5, seconds: 60, loss: null, loss_range: [1, 2] },
  rounds: [{ round: 1, tag: null, pull_request: null, merge_commit: null }],
  retrospective_due: null,
};

const ENTRY = { service: "payment", incident: "INC-007", issue: 7, declared: null, open: [] };
const INDEX = { schema: "hotfix-responder/index/1", incidents: 1, services: [ENTRY] };

function reading(data: unknown) {
  return readFrontMatter(`---\n${JSON.stringify(data)}\n---\n`);
}

function problemsOf(data: unknown): readonly string[] {
  const read = reading(data);
  return read.ok ? [] : read.problems;
}

describe("front matter", () => {
  it("is read with what holds by default, and without keys that a later version brought", () => {
    expect(reading({ ...UPDATE, later: 1 })).toEqual({ ok: true, data: UPDATE });
    expect(reading(INDEX)).toEqual({
      ok: true,
      data: { ...INDEX, services: [{ ...ENTRY, seconds: null }] },
    });
  });

  it.each([
    [{ severity: 5 }, "front matter.severity: found a number; allowed is a text"],
    [{ severity: undefined }, "front matter.severity: missing"],
    [{ service: [] }, "front matter.service: found a list; allowed is a text"],
    [{ incident: "7" }, "front matter.incident: must be the id of an incident"],
    [
      { times: { ...UPDATE.times, declared: "2026-02-29T09:30:00Z" } },
      "times.declared: must be a time in UTC",
    ],
    [{ times: { ...UPDATE.times, declared: "2026-02-28T09:30:00+01:00" } }, "must be a time in UTC"],
    [{ times: { ...UPDATE.times, declared: "2026-02-28" } }, "must be a time in UTC"],
  ])("%j is wrong: %s", (change, problem) => {
    const problems = problemsOf({ ...UPDATE, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it.each([
    [{ incidents: -1 }, "front matter.incidents: must not be below 0"],
    [{ incidents: 1.5 }, "front matter.incidents: must be a whole number"],
    [{ incidents: 2 ** 53 }, "front matter.incidents: must be smaller"],
    [{ services: [{ ...ENTRY, issue: 0 }] }, "front matter.services.0.issue: must be above 0"],
    [
      { services: [{ ...ENTRY, open: [{ issue: 8, due: "2023-02-29" }] }] },
      "open.0.due: must be a day such as",
    ],
  ])("of an index, %j is wrong: %s", (change, problem) => {
    const problems = problemsOf({ ...INDEX, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it("of a report has numbers and not what YAML makes of .inf, pairs of two, and an address", () => {
    const text = `---\n${JSON.stringify(REPORT)}\n---\n`;
    expect(readFrontMatter(text)).toMatchObject({ ok: true, data: { actions: [], cause: null } });
    expect(readFrontMatter(text.replace('"revenue_per_hour":1.5', '"revenue_per_hour":.inf'))).toEqual({
      ok: false,
      problems: ["front matter.impact.revenue_per_hour: must be finite"],
    });
    expect(problemsOf({ ...REPORT, impact: { ...REPORT.impact, loss_range: [1, 2, 3] } })).toHaveLength(1);
    expect(problemsOf({ ...REPORT, impact: { ...REPORT.impact, loss_range: [1] } })).toHaveLength(1);
    expect(problemsOf({ ...REPORT, url: "issue 7" })).toEqual(["front matter.url: must be an address"]);
  });

  it("S22: of another kind is told without a word of what somebody wrote", () => {
    const [problem] = problemsOf({ ...UPDATE, schema: "@everyone" });
    expect(problem).toMatch(/^front matter\.schema: found a text; allowed is .*hotfix-responder\/index\/1/u);
    expect(problem).not.toContain("everyone");
    expect(problemsOf([UPDATE]).join("\n")).toContain("front matter");
    expect(problemsOf("@everyone").join("\n")).not.toContain("everyone");
  });
});
