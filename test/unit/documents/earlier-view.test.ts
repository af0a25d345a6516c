import { expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import type { FailedRuleFacts } from "../../../src/incident/facts/earlier-incident-facts.ts";
import { checkoutDeclared } from "../../support/facts-builder.ts";

const templates = await loadTemplates();
const REPOSITORY = "https://github.com/acme/shop";
const open = [{ issue: 5, due: "2026-11-10" }];
const OF_SERVICE = { id: "PAYMENT-HIGH-003", number: 3, open };

function failed(id: string, more: Partial<FailedRuleFacts> = {}): FailedRuleFacts {
  const report = `${REPOSITORY}/blob/develop/incidents/${id}.md`;
  return { id, number: null, report, open: [], rules: ["totalAmount"], ...more };
}

function lines(facts: Partial<IncidentFacts>, locale: "en" | "it", document: "status" | "report") {
  const renderer = createRenderer(templates, locale);
  const all = checkoutDeclared({ earlier: [OF_SERVICE], ...facts });
  const text =
    document === "status" ? renderer.statusSection(all) : renderer.document(all, "incident-report");
  return text
    .replaceAll(/\]\([^)]*\)/gu, "]")
    .replaceAll("\\", "")
    .split("\n")
    .filter((line) => /(?:HIGH-003|LOW-00\d)\]/u.test(line));
}

it("tells of each earlier incident once: of its service, by its rule, or both", () => {
  const facts = {
    failedRules: [
      failed("PAYMENT-HIGH-003", { number: 3, open }),
      failed("CART-LOW-002", { number: 2, open: [{ issue: 4, due: "2026-12-01" }] }),
      failed("CART-LOW-001", { rules: ["total`x`", "no-float-money"] }),
    ],
  };
  expect(lines(facts, "en", "status")).toEqual([
    "- **Happened before:** [PAYMENT-HIGH-003], whose rule a commit of this hotfix broke (`totalAmount`), still open when this was declared: [#5] (due 2026-11-10)",
    "- **Failed before:** a commit of this hotfix broke the rule of [CART-LOW-002] (`totalAmount`), still open when this was declared: [#4] (due 2026-12-01)",
    "- **Failed before:** a commit of this hotfix broke the rules of [CART-LOW-001] (<code>total`x`</code>, `no-float-money`)",
  ]);
  expect(lines(facts, "it", "status")).toEqual([
    "- **È già successo:** [PAYMENT-HIGH-003], la cui regola è stata violata da un commit di questo hotfix (`totalAmount`), ancora aperte alla dichiarazione: [#5] (scadenza 2026-11-10)",
    "- **Già sbagliato:** un commit di questo hotfix ha violato la regola di [CART-LOW-002] (`totalAmount`), ancora aperte alla dichiarazione: [#4] (scadenza 2026-12-01)",
    "- **Già sbagliato:** un commit di questo hotfix ha violato le regole di [CART-LOW-001] (<code>total`x`</code>, `no-float-money`)",
  ]);
});

it("the report says that nothing was open only of what the index knows", () => {
  const facts = { failedRules: [failed("CART-LOW-002", { number: 2 }), failed("CART-LOW-001")] };
  expect(lines(facts, "en", "report")).toEqual([
    "- [PAYMENT-HIGH-003], still open when this one was declared: [#5] (due 2026-11-10)",
    "- A commit of this hotfix broke the rule of [CART-LOW-002] (`totalAmount`), nothing of it was open when this one was declared",
    "- A commit of this hotfix broke the rule of [CART-LOW-001] (`totalAmount`)",
  ]);
  expect(lines(facts, "it", "report")).toEqual([
    "- [PAYMENT-HIGH-003], ancora aperte alla dichiarazione di questo: [#5] (scadenza 2026-11-10)",
    "- Un commit di questo hotfix ha violato la regola di [CART-LOW-002] (`totalAmount`), nulla di suo era aperto alla dichiarazione di questo",
    "- Un commit di questo hotfix ha violato la regola di [CART-LOW-001] (`totalAmount`)",
  ]);
});

it("links the issue of an incident that the index knows, and the report of any other", () => {
  const facts = { failedRules: [failed("CART-LOW-002", { number: 2 }), failed("CART-LOW-001")] };
  const text = createRenderer(templates, "en").statusSection(checkoutDeclared(facts));
  expect(text).toContain(`(${REPOSITORY}/issues/2)`);
  expect(text).toContain(`(${REPOSITORY}/blob/develop/incidents/CART-LOW-001.md)`);
});
