import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ErrorObject } from "ajv";
import addFormats from "ajv-formats";

/** Schemas as their owners publish them, collected in a package. */
const NAMES = {
  sarif: "sarif-2.1.0",
  "github-workflow": "github-workflow",
} as const;

/** What is wrong with a value by a published schema; null: nothing. */
export function wrongBy(name: keyof typeof NAMES, value: unknown): readonly ErrorObject[] | null {
  const path = createRequire(import.meta.url).resolve(`schemastore/schemas/json/${NAMES[name]}.json`);
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")) as object);
  return validate(value) ? null : (validate.errors ?? []);
}
