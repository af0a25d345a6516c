import { afterAll, describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import { TemplateThread } from "../../../src/reconcile/template-thread.ts";
import { checkoutLanded } from "../../support/facts-builder.ts";

const builtIn = await loadTemplates();
const renderer = createRenderer(builtIn);
const thread = new TemplateThread(builtIn);
/** For what never ends. */
const impatient = new TemplateThread(builtIn, 2_500);
afterAll(() => Promise.all([thread.stop(), impatient.stop()]));

/** Harmless with the few entries of a sample. */
const BOMB = `${"{{#each @root.timeline}}".repeat(8)}x${"{{/each}}".repeat(8)}`;

describe("templates of repositories", () => {
  it("stand in the place of the app's, partials too", async () => {
    const own = { closing: "Over: {{id}}.", "partials/owners": "our own people" };
    expect(await thread.problemsOf(own, "en")).toEqual({});
    const render = thread.rendererWith(own, "en", renderer);
    expect(render.closingComment(checkoutLanded(), [])).toBe("Over: PAYMENT-CRITICAL-007.");
    expect(render.document(checkoutLanded(), "retrospective")).toContain("Question for our own people");
    expect(render.statusSection(checkoutLanded())).toBe(renderer.statusSection(checkoutLanded()));
  });

  const EXPLODES = /^explodes/u;
  it.each([
    ["names a missing field", { closing: "{{nobody}}" }, '"nobody" not defined'],
    ["calls itself", { "partials/owners": "{{> owners}}" }, "without an end"],
    [
      "explodes in its loops",
      { closing: `${"{{#each @root.timeline}}".repeat(30)}x${"{{/each}}".repeat(30)}` },
      "too much memory",
    ],
    ["explodes in the parser", { closing: `${"{{#if id}}".repeat(2900)}${"{{/if}}".repeat(2900)}` }, "it "],
    ["is very long", { closing: "x".repeat(100_000) }, "longer than"],
    ["is none of the app's", { "../../package": "x", constructor: "x" }, "no text of the app"],
  ])("one that %s is told apart from the others, and costs the app nothing", async (what, own, text) => {
    const broken = await (EXPLODES.test(what) ? impatient : thread).problemsOf(
      { ...own, release: "Fine: {{id}}" },
      "en",
    );
    const names = Object.keys(own);
    expect(Object.keys(broken)).toEqual(names);
    expect(Object.values(broken).join("\n")).toContain(text);
    expect(broken).not.toHaveProperty("release");
  });

  it("one that fails only with this incident gives way to the app's text, and the next look says so", async () => {
    const own = { closing: "{{#if (eq id 'PAYMENT-CRITICAL-007')}}{{nobody}}{{/if}}fine" };
    expect(await thread.problemsOf(own, "en")).toEqual({});
    const render = thread.rendererWith(own, "en", renderer);
    const builtInText = renderer.closingComment(checkoutLanded(), []);
    expect(render.closingComment(checkoutLanded(), [])).toBe(builtInText);
    expect(await thread.problemsOf(own, "en")).toEqual({
      closing: '"nobody" not defined (line 1, column 40)',
    });
  });

  it("one that takes for ever with this incident is ended soon, and others go on", async () => {
    const own = { closing: `${BOMB}fine` };
    expect(await thread.problemsOf(own, "en")).toEqual({});
    const render = thread.rendererWith(own, "en", renderer);
    const start = performance.now();
    expect(render.closingComment(checkoutLanded(), [])).toBe(renderer.closingComment(checkoutLanded(), []));
    // Without an end it would take days.
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(Object.keys(await thread.problemsOf(own, "en"))).toEqual(["closing"]);
    const other = { closing: "Over: {{id}}." };
    expect(await thread.problemsOf(other, "en")).toEqual({});
    expect(thread.rendererWith(other, "en", renderer).closingComment(checkoutLanded(), [])).toBe(
      "Over: PAYMENT-CRITICAL-007.",
    );
  });
});
