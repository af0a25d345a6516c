import { type ConversionConfig, type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema, MaxCodePointsAction } from "valibot";

/**
 * JSON Schema (draft 2020-12) of what a person or a tool may write where `schema` reads it. `definitions` by name: what `schema` holds lazily,
 * because it may contain itself.
 */
export function publishedSchema(
  title: string,
  schema: GenericSchema,
  definitions: Readonly<Record<string, GenericSchema>> = {},
): JsonSchema {
  const { $schema, ...rest } = toJsonSchema(schema, { ...CONVERSION, definitions });
  return { title, $schema, ...rest };
}

// What holds by default and what it means stand before what is allowed, for people who read the file.
const CONVERSION: ConversionConfig = {
  target: "draft-2020-12",
  typeMode: "input",
  // What a function decides, JSON Schema cannot say.
  ignoreActions: ["check", "raw_check", "finite"],
  overrideAction({ valibotAction: action, jsonSchema }) {
    switch (action.type) {
      case "description": {
        const { description, ...rest } = jsonSchema;
        return { description, ...rest };
      }
      // Characters are what JSON Schema counts: an emoji is one of them.
      case "max_code_points":
        return {
          ...jsonSchema,
          maxLength: (action as MaxCodePointsAction<string, number, undefined>).requirement,
        };
      // Every pattern of JSON Schema has the flag u, as ours have.
      case "regex":
        return jsonSchema;
      default:
        return null;
    }
  },
  overrideSchema({ valibotSchema, jsonSchema }) {
    switch (valibotSchema.type) {
      case "object":
      case "strict_object":
        return withoutEmptyList(jsonSchema);
      case "optional":
        return defaultFirst(jsonSchema);
      case "nullable":
        return shortNullable(jsonSchema);
      case "picklist":
        return { type: "string", enum: jsonSchema.enum };
      case "literal":
        return { type: typeof jsonSchema.const as "string" | "number", const: jsonSchema.const };
      default:
        return null;
    }
  },
};

function withoutEmptyList(schema: JsonSchema): JsonSchema {
  const { required, ...rest } = schema;
  return required?.length === 0 ? rest : schema;
}

function defaultFirst(schema: JsonSchema): JsonSchema {
  const { default: value, ...rest } = schema;
  return value === undefined ? schema : { default: value, ...rest };
}

/** `{ "type": ["string", "null"] }` where there is no more to say than a type. */
function shortNullable(schema: JsonSchema): JsonSchema {
  const inner = schema.anyOf?.[0];
  if (typeof inner !== "object" || typeof inner.type !== "string" || Object.keys(inner).length > 1) {
    return schema;
  }
  return { type: [inner.type, "null"] };
}
