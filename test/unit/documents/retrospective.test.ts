import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import { factsFingerprint } from "../../../src/documents/facts-fingerprint.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import { aCheckRun, checkoutLanded } from "../../support/facts-builder.ts";
import { checkoutTold, timeoutTold } from "../../support/told-incidents.ts";

const renderer = createRenderer(await loadTemplates());

function section(facts: IncidentFacts, name: string): string {
  const text = renderer.document(facts, "retrospective");
  return text.split(new RegExp(`<!-- hotfix:(?:begin|end) ${name}[^>]*-->`, "u"))[1]!.trim();
}

function lucky(facts: IncidentFacts): string {
  return section(facts, "lucky");
}

const landed = checkoutLanded();
const round = landed.rounds[0]!;
const pull = round.pullRequest!;

function withPull(changes: Partial<typeof pull>): IncidentFacts {
  return { ...landed, rounds: [{ ...round, pullRequest: { ...pull, ...changes } }] };
}

describe("where we got lucky", () => {
  it("is empty where nothing of it was observed", () => {
    expect(lucky(landed)).toBe("Nothing that the app could see.");
  });

  it("tells a deadline that was nearly missed, by less than a tenth of its time", () => {
    const at = (released: string) => ({ ...landed, times: { ...landed.times, released } });
    expect(lucky(at("2026-11-20T14:58:30Z"))).toBe(
      "- The release came only 2 min 30 s before the SLA deadline.",
    );
    expect(lucky(at("2026-11-20T14:58:00Z"))).toBe("Nothing that the app could see.");
  });

  it("tells checks that were still running at the merge, and only those that were", () => {
    const running = aCheckRun({
      name: "ci / slow",
      isOurs: false,
      startedAt: "2026-11-20T14:40:00Z",
      completedAt: "2026-11-20T14:50:00Z",
    });
    expect(lucky(withPull({ checkRuns: [running] }))).toBe(
      "- It was merged while checks were still running (`ci / slow`); they passed afterwards.",
    );
    const ended = { ...running, completedAt: "2026-11-20T14:41:00Z" };
    const later = { ...running, startedAt: "2026-11-20T14:45:00Z" };
    const red = { ...running, conclusion: "failure" };
    expect(lucky(withPull({ checkRuns: [ended, later, red] }))).toBe("Nothing that the app could see.");
  });

  it("tells a first hotfix that a check of its tests complained about", () => {
    const run = aCheckRun({ name: "hotfix/tests (advice)", conclusion: "neutral", title: "No test | @all" });
    expect(lucky(withPull({ checkRuns: [run] }))).toMatch(
      /^- One hotfix was enough although a check of its tests complained \(<?.*hotfix\/tests \(advice\).*: No test &vert; @\u200Ball\)\.$/u,
    );
    expect(lucky(withPull({ checkRuns: [{ ...run, conclusion: "success" }] }))).toBe(
      "Nothing that the app could see.",
    );
  });

  it("tells that a suspect was taken back on suspicion, until somebody confirms a cause", () => {
    const suspect = landed.suspects[0]!;
    const revert = { ...round.commits[1]!, message: `Revert it\n\nThis reverts commit ${suspect.sha}.` };
    const facts = { ...landed, rounds: [{ ...round, commits: [revert] }] };
    expect(lucky(facts)).toBe(
      "- The hotfix takes back `4b1d000`, and nobody has confirmed that this was the cause.",
    );
    expect(lucky({ ...facts, cause: checkoutTold().cause })).toBe("Nothing that the app could see.");
  });

  it("tells working hours by the clocks of the team, and nothing where nobody configured them", () => {
    expect(lucky({ ...landed, timezone: "Europe/Rome" })).toBe(
      "- It was declared on a working day at 15:31 (Europe/Rome), when people are at work.",
    );
    for (const timezone of [null, "America/Los_Angeles", "Nowhere/Else"]) {
      expect(lucky({ ...landed, timezone })).toBe("Nothing that the app could see.");
    }
  });
});

describe("the team's own median", () => {
  it("stands beside what this one took, and what is near it is as usual", () => {
    const told = checkoutTold();
    expect(section(told, "well")).toContain(
      "- Faster than usual: the first fix took 3 min 10 s; the median of the last 3 incidents is 10 min.",
    );
    expect(section(told, "not-well")).toContain(
      "- Slower than usual: the way from the first fix to the merge took 7 min 20 s; the median of the last 3 incidents is 2 min.",
    );
    expect(section(told, "well")).not.toContain("usual: the release took");
    expect(section(told, "durations")).toContain("| the release | 30 s | 30 s | 3 |");
    const two = { ...told, medians: [] };
    expect(section(two, "well")).not.toContain("Faster");
    expect(section(two, "durations")).not.toContain("median");
  });

  it("changes no document by itself: a later index gives the same facts", () => {
    const told = checkoutTold();
    expect(factsFingerprint({ ...told, medians: [] })).toBe(factsFingerprint(told));
    expect(factsFingerprint({ ...told, cause: null })).not.toBe(factsFingerprint(told));
    expect(factsFingerprint({ ...told, metrics: [] })).not.toBe(factsFingerprint(told));
    expect(factsFingerprint({ ...told, corrections: [] })).not.toBe(factsFingerprint(told));
  });
});

describe("the score", () => {
  it("counts what people said, what prevents it, and updates that came when they were due", () => {
    expect(section(checkoutTold(), "score")).toContain("| 5 of 5 | met |");
    expect(section(checkoutTold(), "score")).toContain("| 1 of 1 done | met |");
    expect(section(checkoutTold(), "score")).toContain("| 1 of 1 on time | met |");
    const timeout = section(timeoutTold(), "score");
    expect(timeout).toContain("| 5 of 5 | met |");
    expect(section({ ...timeoutTold(), actions: [] }, "score")).toContain(
      "| 4 of 5; missing: an action item | **missed** so far |",
    );
    expect(timeout).toContain("| no such action item | **missed** so far |");
    expect(timeout).toContain("| 0 of 6 on time | **missed** |");
  });

  it("asks for the cause only while nobody has confirmed one", () => {
    const asked = "what was the cause?";
    expect(renderer.document(landed, "retrospective")).toContain(asked);
    expect(renderer.document(checkoutTold(), "retrospective")).not.toContain(asked);
  });
});
