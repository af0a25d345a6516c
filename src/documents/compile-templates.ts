import Handlebars from "handlebars";
import { addressText, inline, isSafeMarkdown, plain } from "./markdown.ts";
import { templateHelpers } from "./template-helpers.ts";

/** Renders one template. @throws TemplateError if the template names something that the view lacks. */
export type RenderTemplate = (name: string, view: object) => string;

/** A template that cannot be used: `template` says which. */
export class TemplateError extends Error {
  readonly template: string;
  /** What is wrong with it. */
  readonly sentence: string;

  constructor(template: string, cause: unknown) {
    const sentence = sentenceOf(cause);
    super(`template ${template}: ${sentence}`, { cause });
    this.sentence = sentence;
    this.name = "TemplateError";
    this.template = template;
  }
}

function sentenceOf(cause: unknown): string {
  // What the runtime throws when the stack or a string is full. A helper that is given what it cannot format throws a RangeError, too.
  if (cause instanceof RangeError && /call stack|string length/u.test(cause.message)) {
    return "it calls itself without an end, or gives too long a text";
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replace(/ in \[object Object\] - (\d+):(\d+)$/u, " (line $1, column $2)");
}

const PARTIALS = "partials/";
/** Templates of titles and tag messages: their values become plain text, not Markdown. */
const PLAIN_TEXT = ".txt";

type Compiled = (context: unknown) => string;

/**
 * Compiles all templates at once, in an environment of their own. Whatever a template prints is escaped for where it goes, without the
 * template having to ask; only `SafeMarkdown` passes as it is. Unknown names and helpers are errors, never silence.
 * @param templates text by path below `templates/`, without `.hbs`; those below `partials/` are partials
 */
export function compileTemplates(templates: Readonly<Record<string, string>>): RenderTemplate {
  const markdown = createEnvironment(escapeForMarkdown);
  const plainText = createEnvironment(escapeForPlainText);
  for (const [name, helper] of Object.entries(templateHelpers)) {
    markdown.registerHelper(name, helper);
    plainText.registerHelper(name, helper);
  }
  const compiled = new Map<string, Compiled>();
  for (const [name, text] of Object.entries(templates)) {
    const environment = name.endsWith(PLAIN_TEXT) ? plainText : markdown;
    const template = compileOne(environment, name, isPhrase(name, text) ? text.trimEnd() : text);
    if (name.startsWith(PARTIALS)) environment.registerPartial(name.slice(PARTIALS.length), template);
    else compiled.set(name, template);
  }
  return (name, view) => {
    const template = compiled.get(name);
    if (template === undefined) throw new TemplateError(name, "there is no such template");
    try {
      return template(view).trim();
    } catch (error) {
      throw new TemplateError(name, error);
    }
  };
}

/** A partial of one line is a phrase inside a sentence: the line end of its file is none of its text. */
function isPhrase(name: string, text: unknown): boolean {
  return name.startsWith(PARTIALS) && typeof text === "string" && text.indexOf("\n") >= text.length - 1;
}

function compileOne(environment: typeof Handlebars, name: string, text: string): Compiled {
  // A syntax tree in place of text would be compiled to code as it is: CVE-2026-33937.
  if (typeof text !== "string") throw new TemplateError(name, "is not a text");
  try {
    refuseRawOutput(environment.parse(text));
    return environment.compile(text, {
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: Object.fromEntries(Object.keys(templateHelpers).map((helper) => [helper, true])),
    });
  } catch (error) {
    throw new TemplateError(name, error);
  }
}

/** Handlebars escapes for HTML and offers no other way; each compiled template asks the container that it runs in. */
function createEnvironment(escape: (value: unknown) => string): typeof Handlebars {
  const environment = Handlebars.create();
  const instantiate = environment.template;
  environment.template = (specification: TemplateSpecification) => {
    const { main } = specification as unknown as { readonly main: Main };
    const escaping: Main = (container, ...rest) => {
      container.escapeExpression = escape;
      return main(container, ...rest);
    };
    return instantiate({ ...specification, main: escaping });
  };
  return environment;
}

/** The compiled body of a template: Handlebars hands it the functions that it may call. */
type Main = (container: { escapeExpression: unknown }, ...rest: readonly unknown[]) => unknown;

function escapeForMarkdown(value: unknown): string {
  if (isSafeMarkdown(value)) return value.markdown;
  if (typeof value === "string") return inline(value).markdown;
  return printNumber(value);
}

function escapeForPlainText(value: unknown): string {
  return typeof value === "string" ? plain(value) : (addressText(value) ?? printNumber(value));
}

function printNumber(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new TypeError(
    `prints a value that is neither text nor number: ${value === null ? "null" : typeof value}`,
  );
}

/** `{{{x}}}` and `{{&x}}` would let text of people through as it is. */
function refuseRawOutput(node: unknown): void {
  if (typeof node !== "object" || node === null) return;
  if ("escaped" in node && node.escaped === false)
    throw new SyntaxError("uses {{{ }}} or {{& }}, which escape nothing");
  for (const child of Object.values(node)) refuseRawOutput(child);
}
