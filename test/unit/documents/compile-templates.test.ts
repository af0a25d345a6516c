import { expect, test } from "vitest";
import { compileTemplates, TemplateError } from "../../../src/documents/compile-templates.ts";
import { inline, mention } from "../../../src/documents/markdown.ts";

function renderOne(template: string, view: object): string {
  return compileTemplates({ one: template })("one", view);
}

test("S22: a template escapes what it prints without asking for it", () => {
  expect(renderOne("{{title}}", { title: "*a* <b> [c]" })).toBe(inline("*a* <b> [c]").markdown);
  expect(renderOne("{{#each all}}{{this}}{{/each}}", { all: ["*", "|"] })).toBe("\\*&vert;");
});

test("S22: partials escape too", () => {
  const render = compileTemplates({
    "partials/p": "[{{x}}]\n",
    one: "{{> p}}{{#each all}}{{> p x=this}}{{/each}}",
  });
  expect(render("one", { x: "*", all: ["_"] })).toBe("[\\*][\\_]");
});

test("S23: a template of plain text removes line ends and does not escape for Markdown", () => {
  const render = compileTemplates({ "title.txt": "a: {{x}}" });
  expect(render("title.txt", { x: "*b*\nc" })).toBe("a: *b* c");
});

test("only Markdown of ours passes as it is", () => {
  expect(renderOne("{{who}}", { who: mention("ana") })).toBe("@ana");
  expect(() => renderOne("{{who}}", { who: { markdown: "@ana" } })).toThrow(TemplateError);
});

test.each(["{{{title}}}", "{{&title}}", "{{#if title}}{{{title}}}{{/if}}"])(
  "S22: %s is refused: it would print text as it is",
  (template) => {
    expect(() => compileTemplates({ one: template })).toThrow(/escape nothing/u);
  },
);

test.each([
  ["{{missing}}", /missing/u],
  ["{{#each all}}{{nothing}}{{/each}}", /nothing/u],
  ["{{unknownHelper title}}", /unknown helper/u],
  ["{{absent}}", /null/u],
  ["{{all}}", /object/u],
  ["{{#if title}}", /Parse error|Expecting/u],
  ["{{> nobody}}", /nobody/u],
  ["{{constructor}}", /undefined/u],
])("%s is an error, not silence", (template, message) => {
  expect(() => renderOne(template, { title: "t", absent: null, all: [{}] })).toThrow(message);
});

test("a template that calls itself ends with an error", () => {
  const render = compileTemplates({ "partials/loop": "{{> loop}}", one: "{{> loop}}" });
  expect(() => render("one", {})).toThrow(TemplateError);
});

test("a template that is not a text is refused: a syntax tree would run as code", () => {
  const tree = { type: "Program", body: [] } as unknown as string;
  expect(() => compileTemplates({ one: tree })).toThrow(/is not a text/u);
});

test("an unknown template is an error that names it", () => {
  expect(() => compileTemplates({})("nowhere", {})).toThrow("template nowhere: there is no such template");
});
