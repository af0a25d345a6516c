import type { BaseIssue } from "valibot";
import { schemaAt, type JsonSchema } from "./json-schema.ts";
import { nearest } from "./nearest.ts";
import { kindOf, type KeyPath } from "./read-yaml.ts";
import { UNKNOWN_KEY } from "./schema/map-of.ts";

/** One file of those that were merged: for saying where a value stands. */
export interface ExplainedFile {
  /** null: the repository's own `.github/hotfix.yml`; else how to name the file. */
  readonly name: string | null;
  readonly lineOf: (path: KeyPath) => number | null;
}

const PROBLEM_LIMIT = 20;
const FOUND_LENGTH = 60;

/**
 * What is wrong with `value`, one sentence per problem: path, line, what was found, what is allowed, and the key that was probably meant.
 * `files` in the order of their weight, the last one outweighs the others.
 */
export function explain(
  issues: readonly BaseIssue<unknown>[],
  value: unknown,
  files: readonly ExplainedFile[],
): string[] {
  const sentences: string[] = [];
  const reports = issues.map(reportOf);
  // Each sentence looks its line up, and a hostile file has thousands of wrong keys.
  for (const report of reports.slice(0, PROBLEM_LIMIT)) sentences.push(sentenceOf(report, value, files));
  const rest = reports.length - sentences.length;
  return rest === 0 ? sentences : [...sentences, `${rest} more problems are not listed`];
}

interface Report {
  readonly path: KeyPath;
  readonly kind: "unknown" | "value";
  /** How the schema words it; null: worded from what is allowed. */
  readonly wanted: string | null;
}

function reportOf(issue: BaseIssue<unknown>): Report {
  const path = (issue.path ?? []).map(({ key }) => key as PropertyKey);
  switch (issue.type) {
    case UNKNOWN_KEY:
      return { path, kind: "unknown", wanted: null };
    case "regex":
    case "check":
    case "raw_check":
      // A name that a person chose is wrong by itself, whatever stands behind it.
      return {
        path,
        kind: issue.path?.at(-1)?.origin === "key" ? "unknown" : "value",
        wanted: issue.message,
      };
    default:
      return { path, kind: "value", wanted: null };
  }
}

function sentenceOf({ path, kind, wanted }: Report, value: unknown, files: readonly ExplainedFile[]): string {
  if (kind === "unknown") {
    return wanted === null ? unknownKey(path, files) : `${place(path, files)}: the name ${wanted}`;
  }
  if (wanted === null) return standard(path, value, files);
  return `${place(path, files)}: found ${found(value, path)}; it ${wanted}`;
}

function standard(path: KeyPath, value: unknown, files: readonly ExplainedFile[]): string {
  const schema = schemaAt(path);
  const allowed = schema === null ? "nothing" : allowedBy(schema);
  const wrong = valueAt(value, path);
  return wrong === undefined
    ? `${place(path, files)}: missing; allowed is ${allowed}`
    : `${place(path, files)}: found ${found(value, path)}; allowed is ${allowed}`;
}

function unknownKey(path: KeyPath, files: readonly ExplainedFile[]): string {
  const properties = schemaAt(path.slice(0, -1))?.properties ?? {};
  const guess = nearest(String(path.at(-1)), Object.keys(properties));
  const hint = guess === null ? "" : `; did you mean ${guess}?`;
  return `${place(path, files)}: not a key; allowed here: ${keysOf(properties)}${hint}`;
}

/** `services.payment.path, line 12`; the line of the nearest enclosing key where the key itself is missing. */
function place(path: KeyPath, files: readonly ExplainedFile[]): string {
  const name = path.map((step) => (typeof step === "number" ? `[${step}]` : shown(String(step)))).join(".");
  for (let length = path.length; length > 0; length--) {
    for (const file of files.toReversed()) {
      const line = file.lineOf(path.slice(0, length));
      if (line === null) continue;
      return `${name.replaceAll(".[", "[")}, line ${line}${file.name === null ? "" : ` of ${file.name}`}`;
    }
  }
  return name.replaceAll(".[", "[");
}

function shown(key: string): string {
  return /^[\w-]{1,60}$/u.test(key) ? key : JSON.stringify(key.slice(0, FOUND_LENGTH));
}

function found(value: unknown, path: KeyPath): string {
  const wrong = valueAt(value, path);
  const byDefault = wrong === undefined ? schemaAt(path)?.default : undefined;
  if (byDefault !== undefined) return `nothing, so ${JSON.stringify(byDefault)} holds`;
  if (typeof wrong !== "string" && typeof wrong !== "number" && typeof wrong !== "boolean") {
    return kindOf(wrong);
  }
  const text = JSON.stringify(wrong);
  return text.length <= FOUND_LENGTH ? text : `${text.slice(0, FOUND_LENGTH)}...`;
}

function valueAt(value: unknown, path: KeyPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}

/** What may stand there, in words: also the last column of the reference. */
export function allowedBy(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return listed(schema.enum.map(String), "or");
  switch (schema.type) {
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number from ${schema.minimum ?? (schema.exclusiveMinimum ?? -1) + 1} to ${schema.maximum}`;
    case "number":
      return `a number from ${schema.minimum ?? 0} to ${schema.maximum}`;
    case "array":
      return schema.items?.type === "object" ? "a list of maps" : "a list of texts";
    case "object":
      return schema.properties === undefined ? "a map of names" : `a map with ${keysOf(schema.properties)}`;
    default:
      return lengthOf(schema);
  }
}

function lengthOf(schema: JsonSchema): string {
  return schema.maxLength === undefined ? "a text" : `a text of 1 to ${schema.maxLength} characters`;
}

function keysOf(properties: Readonly<Record<string, JsonSchema>>): string {
  const keys = Object.keys(properties);
  return `the ${keys.length === 1 ? "key" : "keys"} ${listed(keys, "and")}`;
}

function listed(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
