import { publishedSchema } from "./published-schema.ts";
import { fileSchema } from "./schema.ts";
import { patternNode } from "./schema/pattern-rule-schema.ts";

/** The parts of JSON Schema that `publishedSchema` makes of our schema. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  /** `#/$defs/<name>`: what may contain itself stands there. */
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

let made: JsonSchema | null = null;

/** JSON Schema (draft 2020-12) of `.github/hotfix.yml` as a person writes it. Made when asked for: a valid file does not need it. */
export function jsonSchema(): JsonSchema {
  made ??= publishedSchema("Hotfix Responder: .github/hotfix.yml", fileSchema, {
    pattern: patternNode,
  }) as JsonSchema;
  return made;
}

/** The text of `hotfix.schema.json`. */
export function jsonSchemaText(): string {
  return `${JSON.stringify(jsonSchema(), null, 2)}\n`;
}

/** What holds at a path of the file, such as `["services", "payment", "owners", 0]`; null where no key may stand. */
export function schemaAt(path: readonly PropertyKey[]): JsonSchema | null {
  let schema = jsonSchema();
  for (const step of path) {
    const next = typeof step === "number" ? schema.items : member(schema, String(step));
    if (next === undefined) return null;
    schema = resolved(next);
  }
  return schema;
}

/** The schema that a reference stands for, under the description that stands beside it. */
export function resolved(schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.replace("#/$defs/", "");
  return name === undefined ? schema : { ...jsonSchema().$defs?.[name], ...schema };
}

function member(schema: JsonSchema, key: string): JsonSchema | undefined {
  const properties = schema.properties;
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
}
