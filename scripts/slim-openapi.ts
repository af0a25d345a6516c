import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { OPERATIONS, WEBHOOK_EVENTS } from "../src/drill/stand-in/openapi/selection.ts";

/**
 * Makes the committed copies of GitHub's description that the stand-in validates against: only the operations and events of
 * `selection.ts`, only what a validator reads, equal parts stored once. The same input gives the same bytes.
 *
 * Four changes of meaning, all so that plain JSON Schema can run it: `nullable` becomes a type of `null`; `oneOf` becomes `anyOf`, because
 * this description uses it for alternatives that overlap; a request body that lists its properties allows no others; and a query
 * parameter accepts its text form, which is what arrives.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const require = createRequire(import.meta.url);
const OUTPUT = new URL("../src/drill/stand-in/openapi/", import.meta.url);
/** Keywords that hold one schema, a list of schemas, or a map of schemas; and those copied as they are. */
const ONE = ["items", "additionalProperties", "not"];
const LIST = ["allOf", "anyOf", "oneOf"];
const MAP = ["properties", "patternProperties"];
/** Where names of our own stand beside schemas: these maps themselves are never moved. */
const NAMED = [...MAP, "path", "query", "responses"];
const PLAIN = [
  "type",
  "enum",
  "const",
  "required",
  "format",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
];
const FORMATS = new Set(["date-time", "date", "uri"]);
/** A part that is written twice and is longer than this is stored once. */
const SHARED_LENGTH = 160;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function object(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error(`expected an object, got ${JSON.stringify(value)}`);
  return value;
}

function text(value: Json | undefined): string {
  if (typeof value !== "string") throw new Error(`expected a text, got ${JSON.stringify(value)}`);
  return value;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function generated(packageName: string): { readonly description: JsonObject; readonly source: string } {
  const path = require.resolve(`${packageName}/package.json`);
  const version = text(object(JSON.parse(readFileSync(path, "utf8")) as Json).version);
  const file = path.replace("package.json", "generated/api.github.com.json");
  return {
    description: object(JSON.parse(readFileSync(file, "utf8")) as Json),
    source: `${packageName} ${version}`,
  };
}

/** Copies a schema down to what a validator reads. `closed`: a request body, where an unlisted property is a mistake of the caller. */
function slimSchema(schema: Json, closed: boolean, reach: (name: string, closed: boolean) => string): Json {
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === "string") {
    return withNull(schema, {
      $ref: `#/$defs/${reach(schema.$ref.replace("#/components/schemas/", ""), closed)}`,
    });
  }
  const slim: Record<string, Json> = {};
  for (const key of PLAIN) {
    const value = schema[key];
    if (value === undefined) continue;
    if (key === "format" && !FORMATS.has(text(value))) continue;
    slim[key] = value;
  }
  for (const key of ONE) {
    const value = schema[key];
    if (value !== undefined) slim[key] = slimSchema(value, closed, reach);
  }
  for (const key of LIST) {
    const alternatives = list(schema[key]).map((part) => slimSchema(part, closed && key !== "allOf", reach));
    if (alternatives.length > 0) slim[key === "oneOf" ? "anyOf" : key] = alternatives;
  }
  for (const key of MAP) {
    if (!isObject(schema[key])) continue;
    const entries = Object.entries(schema[key]).map(([name, part]) => [
      name,
      slimSchema(part, closed, reach),
    ]);
    slim[key] = Object.fromEntries(entries) as Json;
  }
  const lists = isObject(schema.properties) && Object.keys(schema.properties).length > 0;
  if (closed && lists && schema.additionalProperties === undefined && schema.allOf === undefined) {
    slim.additionalProperties = false;
  }
  return withNull(schema, slim);
}

function withNull(schema: JsonObject, slim: Record<string, Json>): Json {
  if (schema.nullable !== true) return slim;
  if (typeof slim.type !== "string") return { anyOf: [slim, { type: "null" }] };
  const values = slim.enum;
  return {
    ...slim,
    type: [slim.type, "null"],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}

/** Collects the components that are reached, open and closed copies apart. */
function componentCollector(components: JsonObject) {
  const done = new Map<string, Json>();
  function reach(name: string, closed: boolean): string {
    const key = closed ? `${name}.closed` : name;
    if (!done.has(key)) {
      done.set(key, true);
      done.set(key, slimSchema(object(components[name]), closed, reach));
    }
    return key;
  }
  return { reach, done };
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** Stores each part that is written more than once in `$defs`, named by its content. */
function shareParts(root: JsonObject): Json {
  const seen = new Map<string, number>();
  function count(value: Json): void {
    if (Array.isArray(value)) value.forEach(count);
    if (!isObject(value)) return;
    const written = JSON.stringify(value);
    const before = seen.get(written) ?? 0;
    seen.set(written, before + 1);
    if (before === 0) Object.values(value).forEach(count);
  }
  count(root);
  const shared = new Map<string, Json>();
  function share(value: Json, mayMove: boolean): Json {
    if (Array.isArray(value)) return value.map((part) => share(part, true));
    if (!isObject(value)) return value;
    const written = JSON.stringify(value);
    const moves = mayMove && written.length > SHARED_LENGTH && (seen.get(written) ?? 0) > 1;
    const name = `part.${createHash("sha1").update(written).digest("hex").slice(0, 10)}`;
    if (moves && shared.has(name)) return { $ref: `#/$defs/${name}` };
    if (moves) shared.set(name, true);
    const copy: Record<string, Json> = {};
    for (const [key, part] of Object.entries(value)) {
      copy[key] = NAMED.includes(key) ? shareValues(part) : share(part, true);
    }
    if (!moves) return copy;
    shared.set(name, copy);
    return { $ref: `#/$defs/${name}` };
  }
  function shareValues(map: Json): Json {
    if (!isObject(map)) return map;
    return Object.fromEntries(Object.entries(map).map(([key, part]) => [key, share(part, true)]));
  }
  function shareSection(section: Json): Json {
    return isObject(section)
      ? Object.fromEntries(Object.entries(section).map(([key, part]) => [key, share(part, false)]))
      : section;
  }
  const sections = Object.fromEntries(
    Object.entries(root).map(([key, section]) => [key, shareSection(section)]),
  );
  return sorted({ ...sections, $defs: { ...object(sections.$defs), ...Object.fromEntries(shared) } });
}

function slimOperation(
  description: JsonObject,
  name: string,
  reach: (name: string, closed: boolean) => string,
): Json {
  const [method = "", path = ""] = name.split(" ");
  const components = object(description.components);
  const operation = object(object(description.paths)[path])[method.toLowerCase()];
  if (!isObject(operation)) throw new Error(`${name} is not in the description`);
  const resolve = (part: Json, kind: string): JsonObject => {
    const reference = object(part).$ref;
    return typeof reference === "string"
      ? object(object(components[kind])[reference.split("/").at(-1) ?? ""])
      : object(part);
  };
  const parameters: Record<string, Record<string, Json>> = { path: {}, query: {} };
  const required: string[] = [];
  for (const part of list(operation.parameters)) {
    const parameter = resolve(part, "parameters");
    const place = parameters[text(parameter.in)];
    if (place === undefined) continue;
    place[text(parameter.name)] = slimSchema(parameter.schema ?? {}, false, reach);
    if (parameter.required === true && parameter.in === "query") required.push(text(parameter.name));
  }
  const responses: Record<string, Json> = {};
  for (const [status, part] of Object.entries(object(operation.responses))) {
    const schema = jsonSchemaOf(resolve(part, "responses"));
    responses[status] = schema === undefined ? true : slimSchema(schema, false, reach);
  }
  const body = isObject(operation.requestBody) ? jsonSchemaOf(operation.requestBody) : undefined;
  return {
    path: parameters.path ?? {},
    query: parameters.query ?? {},
    requiredQuery: required,
    ...(body === undefined ? {} : { body: slimSchema(body, true, reach) }),
    bodyRequired: isObject(operation.requestBody) && operation.requestBody.required === true,
    responses,
  };
}

function jsonSchemaOf(holder: JsonObject): Json | undefined {
  if (!isObject(holder.content)) return undefined;
  const content = holder.content["application/json"] ?? Object.values(holder.content)[0];
  return isObject(content) ? content.schema : undefined;
}

function slimRest(): Json {
  const { description, source } = generated("@octokit/openapi");
  const { reach, done } = componentCollector(object(object(description.components).schemas));
  const operations = OPERATIONS.map((name) => [name, slimOperation(description, name, reach)]);
  return shareParts({
    source,
    operations: Object.fromEntries(operations) as Json,
    $defs: Object.fromEntries(done),
  });
}

function slimWebhooks(): Json {
  const { description, source } = generated("@octokit/openapi-webhooks");
  const { reach, done } = componentCollector(object(object(description.components).schemas));
  const events: Record<string, Json> = {};
  for (const item of Object.values(object(description.webhooks))) {
    const operation = object(object(item).post);
    const name = text(operation.operationId).replace("/", ".").replaceAll("-", "_");
    if (!WEBHOOK_EVENTS.includes(name)) continue;
    const schema = jsonSchemaOf(object(operation.requestBody));
    if (schema !== undefined) events[name] = slimSchema(schema, false, reach);
  }
  const missing = WEBHOOK_EVENTS.filter((name) => events[name] === undefined);
  if (missing.length > 0) throw new Error(`not in the description: ${missing.join(", ")}`);
  return shareParts({ source, events, $defs: Object.fromEntries(done) });
}

/** One line for each operation, event and component, so that an update reads as a difference. */
function write(name: string, value: Json): void {
  const sections = Object.entries(object(value)).map(([key, section]) => {
    if (!isObject(section)) return `${JSON.stringify(key)}: ${JSON.stringify(section)}`;
    const lines = Object.entries(section).map(
      ([entry, part]) => `${JSON.stringify(entry)}:${JSON.stringify(part)}`,
    );
    return `${JSON.stringify(key)}: {\n${lines.join(",\n")}\n}`;
  });
  const written = `{\n${sections.join(",\n")}\n}\n`;
  JSON.parse(written);
  writeFileSync(new URL(name, OUTPUT), written);
  process.stdout.write(`${name}: ${Math.round(written.length / 1024)} KiB\n`);
}

write("github.slim.json", slimRest());
write("webhooks.slim.json", slimWebhooks());
