import { safeParse } from "valibot";
import { explain, type ExplainedFile } from "./explain.ts";
import { schemaAt } from "./json-schema.ts";
import { isMapping, readYaml, type KeyPath } from "./read-yaml.ts";
import { configSchema, type Config } from "./schema.ts";

export type Parsed =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/** One file by itself, without what it builds on. */
export function parseConfiguration(text: string | null): Parsed {
  const reading = readYaml(text);
  if (!reading.ok) return reading;
  const { _extends: _, ...own } = reading.value;
  return validate(own, [{ name: null, lineOf: reading.lineOf }]);
}

/** Merged data against the schema. `files` say where a value stands, the last one outweighs the others. */
export function validate(value: unknown, files: readonly ExplainedFile[]): Parsed {
  try {
    const filled = fillEmpty(value, []);
    const result = safeParse(configSchema, filled);
    return result.success
      ? { ok: true, config: result.output }
      : { ok: false, problems: explain(result.issues, filled, files) };
  } catch (error) {
    // The pattern of a rule may contain itself, and what the YAML parser could just read may be too deep for the schema.
    if (error instanceof RangeError) return { ok: false, problems: ["the file is nested too deeply"] };
    throw error;
  }
}

/** `services:` with nothing behind it is as if it were not there, `payment:` a service with defaults: what a person who writes that expects. */
function fillEmpty(value: unknown, path: KeyPath): unknown {
  if (Array.isArray(value)) return value.map((item, index) => fillEmpty(item, [...path, index]));
  if (!isMapping(value)) return value;
  const filled = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) {
    const schema = item === null ? schemaAt([...path, key]) : null;
    if (item !== null || schema === null) filled[key] = fillEmpty(item, [...path, key]);
    else if (schema.type === "object" && schema.default === undefined) filled[key] = {};
  }
  return filled;
}
