import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { ErrorObject, ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Validator, Violation } from "../validator.ts";
import { isAllowed, STATUSES_OF_EVERY_OPERATION } from "./allow-list.ts";

interface Schema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
}

interface Operation {
  readonly path: Readonly<Record<string, Schema>>;
  readonly query: Readonly<Record<string, Schema>>;
  readonly requiredQuery: readonly string[];
  readonly body?: Schema;
  readonly bodyRequired: boolean;
  /** By status; `true` where a response has no JSON body. */
  readonly responses: Readonly<Record<string, Schema | true>>;
}

interface RestDescription {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}

interface WebhookDescription {
  readonly events: Readonly<Record<string, Schema>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}

/** Quick to compile rather than quick to run: most schemas check a handful of bodies in a drill. */
const COMPILING = { logger: false, inlineRefs: false, code: { optimize: false } } as const;
/** Errors of one body that are reported; the rest follows from the same mistake most of the time. */
const REPORTED_ERRORS = 4;

/**
 * Checks against the committed copies of GitHub's description. Reading them takes a few milliseconds; each schema is compiled when
 * it is first needed.
 */
export function openApiValidator(): Validator {
  const rest = read<RestDescription>("github.slim.json");
  const webhooks = read<WebhookDescription>("webhooks.slim.json");
  const check = compiler(rest, webhooks);

  function request(
    method: string,
    template: string,
    query: URLSearchParams,
    body: unknown,
    params: Readonly<Record<string, string>> = {},
  ): readonly Violation[] {
    const name = `${method} ${template}`;
    const operation = rest.operations[name];
    if (operation === undefined)
      return [{ where: `request ${name}`, what: "the operation is not described" }];
    const pointer = `rest#/operations/${escapePointer(name)}`;
    const wrong = [
      ...textProblems("query", operation.query, query, `${pointer}/query`),
      ...textProblems("path", operation.path, new URLSearchParams(params), `${pointer}/path`),
      ...operation.requiredQuery.filter((key) => !query.has(key)).map((key) => `query ${key} is missing`),
      ...bodyProblems(operation, body, pointer),
    ];
    return report(`request ${name}`, wrong);
  }

  function textProblems(
    place: "query" | "path",
    schemas: Readonly<Record<string, Schema>>,
    values: URLSearchParams,
    pointer: string,
  ): readonly string[] {
    return [...values].flatMap(([key, text]) => {
      const schema = schemas[key];
      if (schema === undefined) return place === "query" ? [`query ${key} is not documented`] : [];
      return check(`${pointer}/${escapePointer(key)}`, fromText(resolve(schema), text)).map(
        (problem) => `${place} ${key}${problem}`,
      );
    });
  }

  function resolve(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : (rest.$defs[schema.$ref.replace("#/$defs/", "")] ?? {});
  }

  function bodyProblems(operation: Operation, body: unknown, pointer: string): readonly string[] {
    if (isAbsent(body)) {
      return operation.bodyRequired && operation.body !== undefined
        ? check(`${pointer}/body`, body ?? {}).map((problem) => `body${problem}`)
        : [];
    }
    if (operation.body === undefined) return ["body: the operation takes none"];
    return check(`${pointer}/body`, body).map((problem) => `body${problem}`);
  }

  function response(method: string, template: string, status: number, body: unknown): readonly Violation[] {
    const name = `${method} ${template}`;
    const operation = rest.operations[name];
    if (operation === undefined) return [];
    const schema = operation.responses[String(status)];
    if (schema === undefined) {
      if (STATUSES_OF_EVERY_OPERATION.has(status)) return [];
      return report(`response ${name} ${status}`, ["the status is not documented"]);
    }
    if (schema === true) return [];
    const problems = check(`rest#/operations/${escapePointer(name)}/responses/${status}`, body);
    return report(`response ${name} ${status}`, problems);
  }

  function webhook(event: string, action: string | null, payload: unknown): readonly Violation[] {
    const name = action === null ? event : `${event}.${action}`;
    if (webhooks.events[name] === undefined) {
      return [{ where: `webhook ${name}`, what: "the event is not described" }];
    }
    return report(`webhook ${name}`, check(`webhooks#/events/${escapePointer(name)}`, payload));
  }

  return { request, response, webhook };
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")) as T;
}

/** Returns problems as `<pointer> <message>`, empty when the value fits the schema at `reference`. */
function compiler(
  rest: RestDescription,
  webhooks: WebhookDescription,
): (reference: string, value: unknown) => readonly string[] {
  const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: true, ...COMPILING });
  addFormats.default(ajv, ["date-time", "date", "uri"]);
  ajv.addSchema(rest, "rest");
  ajv.addSchema(webhooks, "webhooks");
  const compiled = new Map<string, ValidateFunction>();
  return (reference, value) => {
    let validate = compiled.get(reference);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: reference });
      compiled.set(reference, validate);
    }
    if (validate(value) === true) return [];
    return (validate.errors ?? []).slice(0, REPORTED_ERRORS).map(wordsFor);
  };
}

function wordsFor(error: ErrorObject): string {
  const extra =
    error.keyword === "additionalProperties" ? ` (${String(error.params.additionalProperty)})` : "";
  const allowed = error.keyword === "enum" ? ` (${JSON.stringify(error.params.allowedValues)})` : "";
  return `${error.instancePath}: ${error.message ?? error.keyword}${extra}${allowed}`;
}

function report(where: string, problems: readonly string[]): readonly Violation[] {
  return problems.map((what) => ({ where, what })).filter((violation) => !isAllowed(violation));
}

function isAbsent(body: unknown): boolean {
  return body === undefined || (typeof body === "object" && body !== null && Object.keys(body).length === 0);
}

/** What a path segment or query value stands for: `"7"` is a number where the description wants one. */
function fromText(schema: Schema, text: string): unknown {
  const types = [schema, ...(schema.anyOf ?? [])].flatMap((part) => part.type ?? []);
  if ((types.includes("integer") || types.includes("number")) && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.includes("array")) return text.split(",");
  return text;
}

function escapePointer(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}
