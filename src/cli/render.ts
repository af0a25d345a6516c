import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadTemplates } from "../config/load-templates.ts";
import { nearest } from "../config/nearest.ts";
import { TemplateError } from "../documents/compile-templates.ts";
import { createRenderer } from "../documents/create-renderer.ts";
import type { Renderer } from "../documents/renderer.ts";
import type { IncidentFacts } from "../incident/facts.ts";
import type { Command, Terminal } from "./command.ts";

const DOCUMENTS: Readonly<Record<string, (renderer: Renderer, facts: IncidentFacts) => string>> = {
  "incident-report": (renderer, facts) => renderer.document(facts, "incident-report"),
  retrospective: (renderer, facts) => renderer.document(facts, "retrospective"),
  "stakeholder-update": (renderer, facts) => renderer.document(facts, "stakeholder-update"),
  "public-update": (renderer, facts) => renderer.document(facts, "public-update"),
  "release-notes": (renderer, facts) => renderer.release(facts, facts.rounds.at(-1)!).body,
  status: (renderer, facts) => renderer.statusSection(facts),
  /** What `--facts` takes. */
  facts: (_renderer, facts) => JSON.stringify(facts, null, 2),
};

const USAGE = `Usage: hotfix render <document> --facts facts.json | --incident owner/repo#7 [--locale en|it]
Documents: ${Object.keys(DOCUMENTS).join(", ")}
--incident asks GitHub with the credentials of the app (APP_ID, PRIVATE_KEY, WEBHOOK_SECRET).
`;

/** Writes one document to standard output, from a file of facts or from what GitHub shows of an incident now. */
export const render: Command = async (words, terminal) => {
  const wanted = parseWords(words);
  if (typeof wanted === "string") {
    terminal.error(`${wanted}${USAGE}`);
    return 2;
  }
  const source =
    wanted.incident === undefined
      ? await readFacts(resolve(terminal.cwd, wanted.facts!), wanted.facts!)
      : await askGitHub(wanted.incident, terminal);
  if (!source.ok) {
    terminal.error(`${source.problem}\n`);
    return 1;
  }
  const locale = wanted.locale ?? source.locale;
  try {
    const text = DOCUMENTS[wanted.document]!(createRenderer(await loadTemplates(), locale), source.facts);
    terminal.out(`${text.trimEnd()}\n`);
    return 0;
  } catch (error) {
    // What a file of facts lacks is noticed by whatever needs it first.
    const isLack =
      error instanceof TypeError || error instanceof RangeError || error instanceof TemplateError;
    if (!isLack || wanted.facts === undefined) throw error;
    terminal.error(
      `${wanted.facts} is not the facts of an incident (see hotfix render facts): ${error.message}\n`,
    );
    return 1;
  }
};

interface Wanted {
  readonly document: string;
  readonly facts: string | undefined;
  readonly incident: { readonly owner: string; readonly repo: string; readonly issue: number } | undefined;
  readonly locale: "en" | "it" | undefined;
}

function parseWords(words: readonly string[]): Wanted | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { facts: { type: "string" }, incident: { type: "string" }, locale: { type: "string" } },
    });
    const [document, ...rest] = positionals;
    if (document === undefined || rest.length > 0) return "";
    if (!Object.hasOwn(DOCUMENTS, document)) {
      const guess = nearest(document, Object.keys(DOCUMENTS));
      return `${JSON.stringify(document)} is not a document${guess === null ? "" : `; did you mean ${guess}?`}\n`;
    }
    if ((values.facts === undefined) === (values.incident === undefined)) return "";
    const { locale } = values;
    if (locale !== undefined && locale !== "en" && locale !== "it") return "--locale must be en or it\n";
    const incident = values.incident === undefined ? undefined : parsePlace(values.incident);
    if (incident === null) return "--incident must be written like owner/repo#7\n";
    return { document, facts: values.facts, incident, locale };
  } catch (error) {
    if (error instanceof TypeError) return `${error.message}\n`;
    throw error;
  }
}

function parsePlace(text: string): Wanted["incident"] | null {
  const match = /^([\w.-]{1,100})\/([\w.-]{1,100})#([1-9]\d{0,9})$/u.exec(text);
  return match === null ? null : { owner: match[1]!, repo: match[2]!, issue: Number(match[3]) };
}

type Source =
  | { readonly ok: true; readonly facts: IncidentFacts; readonly locale: "en" | "it" }
  | { readonly ok: false; readonly problem: string };

async function readFacts(path: string, name: string): Promise<Source> {
  try {
    return { ok: true, facts: JSON.parse(await readFile(path, "utf8")) as IncidentFacts, locale: "en" };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, problem: `${name} is not JSON: ${error.message}` };
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "EISDIR" || code === "EACCES")
      return { ok: false, problem: `${name} cannot be read (${code})` };
    throw error;
  }
}

async function askGitHub(place: NonNullable<Wanted["incident"]>, terminal: Terminal): Promise<Source> {
  const { observedFacts } = await import("./render/observed-facts.ts");
  return observedFacts(place, terminal.variables ?? {}, terminal.cwd);
}
