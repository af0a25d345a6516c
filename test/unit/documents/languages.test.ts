import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import type { DocumentKind } from "../../../src/documents/renderer.ts";
import { renderAll } from "../../../src/documents/try-templates.ts";
import {
  checkoutDeclared,
  checkoutLanded,
  checkoutReleased,
  timeoutLanded,
} from "../../support/facts-builder.ts";
import { resolvedFacts } from "../../support/resolved-incident.ts";
import { shopConfig } from "../../support/state-builder.ts";

const FOLDER = new URL("../../fixtures/documents/it/", import.meta.url);
const templates = await loadTemplates();
const english = Object.keys(templates).filter((name) => !name.startsWith("it/"));
const italian = createRenderer(templates, "it");

/** Those without a word: they are made of values and other templates. */
const WORDLESS = [
  "release-title.txt",
  "follow-up-title.txt",
  "partials/commit",
  "partials/landed-on",
  "partials/pull-request-state",
  "partials/state-of-incident",
];

function resolvedInItalian() {
  return resolvedFacts(["/hotfix recovered 14:42"], { ...shopConfig, locale: "it" });
}

/** What a template takes from its view, without its words. */
function valuesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/\{\{([^}]*)\}\}/gu), ([, inside]) =>
    inside!.replace(/="[^"]*"/gu, "").trim(),
  )
    .filter((inside) => inside !== "> phase" && inside !== "phase")
    .toSorted();
}

describe("Italian", () => {
  it.each(english.filter((name) => !WORDLESS.includes(name)))("has %s, made of the same values", (name) => {
    const text = templates[`it/${name}`];
    expect(text).toBeDefined();
    // Twice is once more than needed where the order of words asks for it, so that only what is named at all counts.
    expect(new Set(valuesIn(text!))).toEqual(new Set(valuesIn(templates[name]!)));
    expect(text).not.toBe(templates[name]);
  });

  it.each(english)("keeps the managed sections of %s", (name) => {
    const sections = (text: string) => text.match(/<!-- hotfix:\S+ \S+ -->/gu) ?? [];
    expect(sections(templates[`it/${name}`] ?? templates[name]!)).toEqual(sections(templates[name]!));
  });

  it("can tell every moment of both scenarios", () => {
    for (const facts of [checkoutDeclared(), checkoutReleased(), checkoutLanded(), timeoutLanded()]) {
      expect(renderAll(italian, facts).join("\n")).not.toMatch(
        /\b(?:Question|not observed|the team|Severity)\b/u,
      );
    }
  });

  const texts: Record<string, () => string> = {
    "checkout-status-declared": () => italian.statusSection(checkoutDeclared()),
    "checkout-closing-comment": () => italian.closingComment(checkoutLanded(), []),
    ...Object.fromEntries(
      (["incident-report", "retrospective", "stakeholder-update", "public-update"] as DocumentKind[]).map(
        (kind) => [`checkout-${kind}`, () => italian.document(checkoutLanded(), kind)],
      ),
    ),
    ...Object.fromEntries(
      (["incident-report", "retrospective", "stakeholder-update", "public-update"] as DocumentKind[]).map(
        (kind) => [`resolved-${kind}`, () => italian.document(resolvedInItalian(), kind)],
      ),
    ),
  };

  it.each(Object.keys(texts))("%s reads as it was agreed", (name) => {
    const text = `${texts[name]!().trimEnd()}\n`;
    const file = new URL(`${name}.md`, FOLDER);
    if (process.env.UPDATE_GOLDEN === "1") {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, text);
    }
    expect(text).toBe(readFileSync(file, "utf8"));
  });
});
