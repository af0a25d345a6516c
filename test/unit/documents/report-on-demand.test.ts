import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import { checkoutInReview, checkoutLanded } from "../../support/facts-builder.ts";

const templates = await loadTemplates();
const FILE = "https://github.com/acme/shop/blob/develop/incidents/PAYMENT-CRITICAL-007.md";
const URL = "https://github.com/acme/shop/issues/7#issuecomment-901";

function asked(facts: IncidentFacts, report: string | null, locale: "en" | "it" = "en"): string {
  const answers = [{ kind: "report", line: "/hotfix report" }] as const;
  return createRenderer(templates, locale).reply(facts, { actor: "ana", url: URL, answers, report });
}

function long(facts: IncidentFacts): IncidentFacts {
  const entry = { ...checkoutLanded().timeline[0]!, text: `pushed \`\`\` ${"x".repeat(80)}` };
  return { ...facts, timeline: Array.from({ length: 5_000 }, () => entry) };
}

describe("the report on demand", () => {
  it.each(["en", "it"] as const)(
    "is the whole report, without the marks of what the app rewrites (%s)",
    (locale) => {
      const text = asked(checkoutInReview(), null, locale);
      expect(text).toContain("\n# PAYMENT-CRITICAL-007: ");
      expect(text.match(/^## /gmu)!.length).toBeGreaterThan(6);
      expect(text).toContain("```mermaid");
      expect(text).not.toMatch(/<!--|^schema:/mu);
    },
  );

  it("S38: of 5,000 entries is cut honestly below 65,536 characters, with a link to the whole", () => {
    const cut = asked(long(checkoutLanded()), FILE);
    expect(cut.length).toBeLessThanOrEqual(60_000);
    expect(cut).toMatch(
      new RegExp(`The rest was left out: .*\\*\\* The whole of it: \\[report\\]\\(${FILE}\\)\\.$`, "u"),
    );
    const early = asked(long(checkoutInReview()), null);
    expect(early.length).toBeLessThanOrEqual(60_000);
    expect(early).toMatch(
      /The whole of it is committed when the fix has landed everywhere: \[#7\]\(.*\) says where\.$/u,
    );
  });
});
