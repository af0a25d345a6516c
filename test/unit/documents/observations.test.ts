import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import type { IncidentFacts, TimelineEntry } from "../../../src/incident/facts.ts";
import { timeoutTold } from "../../support/told-incidents.ts";

const templates = await loadTemplates();

/** Lines of both documents that list how it went. */
function linesOf(facts: IncidentFacts, locale: "en" | "it", about: RegExp): readonly string[] {
  const renderer = createRenderer(templates, locale);
  return (["incident-report", "retrospective"] as const).flatMap((kind) =>
    renderer
      .document({ ...facts, locale }, kind)
      .split("\n")
      .filter((line) => line.startsWith("- ") && about.test(line)),
  );
}

function conflictAt(at: string, text: string): TimelineEntry {
  return { at, recordedAt: at, kind: "conflict", text, actor: null, url: `https://github.com/x/y#${at}` };
}

describe("how it went", () => {
  const told = timeoutTold();

  it("tells a conflict that two rounds met once, with how many they were", () => {
    const timeline = [
      conflictAt("2026-12-02T22:50:00Z", "The fix conflicts with develop"),
      conflictAt("2026-12-02T23:10:00Z", "The fix conflicts with develop"),
      conflictAt("2026-12-02T23:10:00Z", "The fix conflicts with release/2.1"),
    ];
    expect(linesOf({ ...told, timeline }, "en", /conflict/u)).toEqual([
      "- The fix conflicts with develop, in 2 rounds.",
      "- The fix conflicts with release/2.1.",
      "- The fix conflicts with develop, in 2 rounds.",
      "- The fix conflicts with release/2.1.",
    ]);
    const italian = [timeline[0]!, timeline[1]!].map((each) => ({ ...each, text: "Va in conflitto" }));
    expect(new Set(linesOf({ ...told, timeline: italian }, "it", /conflitto/iu))).toEqual(
      new Set(["- Va in conflitto, in 2 giri."]),
    );
  });

  it("tells an override once, with its reason", () => {
    expect(new Set(linesOf(told, "en", /overrid/u))).toEqual(
      new Set(["- Findings of hotfix/tests overridden: the provider has no sandbox."]),
    );
    expect(linesOf(told, "it", /Deroga/u)).toEqual([]);
    expect(linesOf(told, "it", /the provider has no sandbox\.$/u)).not.toEqual([]);
  });
});
