import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from "yaml";

/** Path of a key in the file, such as `["services", "payment", "owners", 0]`. */
export type KeyPath = readonly PropertyKey[];

export type YamlReading =
  | {
      readonly ok: true;
      readonly value: Readonly<Record<string, unknown>>;
      /** Line of a key or list entry, from 1; null where the file has none at that path. */
      readonly lineOf: (path: KeyPath) => number | null;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** A configuration file is at most this long, in bytes of UTF-8. */
export const SIZE_LIMIT = 64 * 1024;
const ALIAS_LIMIT = 50;
const PROBLEM_LIMIT = 10;

/**
 * Text to plain data: maps, lists, text, numbers, booleans and null, and nothing else. `null` stands for what GitHub gives no text of.
 * Custom tags, doubled keys, more than one document and alias bombs are problems, one sentence each.
 */
export function readYaml(text: string | null): YamlReading {
  if (text === null || Buffer.byteLength(text) > SIZE_LIMIT || text.includes("\0")) {
    return failure(["the file must be UTF-8 text of at most 64 kB"]);
  }
  const lines = new LineCounter();
  try {
    // `schema` is named so that a %YAML 1.1 directive cannot bring back its dates, merge keys and yes/no.
    const document = parseDocument(text, {
      schema: "core",
      resolveKnownTags: false,
      // Compares each key with all others; `keyProblems` is linear.
      uniqueKeys: false,
      lineCounter: lines,
      prettyErrors: false,
      logLevel: "error",
    });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0) {
      return failure(faults.slice(0, PROBLEM_LIMIT).map((fault) => faultSentence(fault, lines)));
    }
    const problems = keyProblems(document, lines);
    if (problems.length > 0) return failure(problems.slice(0, PROBLEM_LIMIT));
    const value: unknown = document.toJS({ maxAliasCount: ALIAS_LIMIT });
    if (value !== null && value !== undefined && !isMapping(value)) {
      return failure([
        `line 1: found ${kindOf(value)}; allowed is a map of keys, such as branches: and services:`,
      ]);
    }
    return { ok: true, value: value ?? {}, lineOf: (path) => lineOf(document, lines, path) };
  } catch (error) {
    // The parser recurses into nested flow collections; the alias limit is a ReferenceError.
    if (error instanceof RangeError) return failure(["the file is nested too deeply"]);
    if (error instanceof ReferenceError) {
      return failure([
        `the file's aliases (*name) stand for too much; write the values out (${error.message})`,
      ]);
    }
    throw error;
  }
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** For "found ...": the kind of a value in a person's words. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a map" : `a ${typeof value === "string" ? "text" : typeof value}`;
}

function failure(problems: readonly string[]): YamlReading {
  return { ok: false, problems };
}

function faultSentence(fault: YAMLError, lines: LineCounter): string {
  const at = `line ${lines.linePos(fault.pos[0]).line}`;
  switch (fault.code) {
    case "TAG_RESOLVE_FAILED":
      return `${at}: tags such as !!name are not allowed; plain text, numbers, booleans, lists and maps are`;
    case "MULTIPLE_DOCS":
      return `${at}: a second document (---) begins; one is allowed`;
    default:
      return `${at}: this is not valid YAML (${fault.message.replace(/\s+/gu, " ").slice(0, 200)})`;
  }
}

function keyProblems(document: Document, lines: LineCounter): string[] {
  const problems: string[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const problem = keyProblem(key, seen);
        if (problem === null) continue;
        const start = (key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0;
        problems.push(`line ${lines.linePos(start).line}: ${problem}`);
      }
    },
  });
  return problems;
}

function keyProblem(key: unknown, seen: Set<string>): string | null {
  if (!isScalar(key)) return "a key must be plain text";
  const name = String(key.value);
  // Code that copies maps key by key would change a prototype with it (faults S9).
  if (name === "__proto__") return "__proto__ is not a key";
  if (seen.has(name)) return "the same key stands twice; each key may stand once";
  seen.add(name);
  return null;
}

function lineOf(document: Document, lines: LineCounter, path: KeyPath): number | null {
  let node: Node | null = document.contents;
  let start: number | undefined;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return null;
      start = (pair.key as Node).range?.[0];
      node = (pair.value as Node | null) ?? null;
    } else if (isSeq(node) && typeof step === "number") {
      node = (node.items[step] as Node | undefined) ?? null;
      if (node === null) return null;
      start = node.range?.[0];
    } else {
      return null;
    }
  }
  return start === undefined ? null : lines.linePos(start).line;
}
