import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  GraphQLError as SyntaxOrFieldError,
  type GraphQLTypeResolver,
  parse,
  validate,
} from "graphql";
import type { Hub } from "../hub.ts";
import type { JsonObject } from "../router.ts";
import { GraphqlProblem, NotImplemented } from "./problem.ts";
import { githubSchema } from "./schema.ts";
import type { Fields } from "./scope.ts";

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: JsonObject;
  readonly operationName: string | null;
}

/** Fields are data, or functions of their arguments. What is absent was never built. */
const readField: GraphQLFieldResolver<Fields, unknown> = (source, args: unknown, _context, info) => {
  if (!Object.hasOwn(source, info.fieldName)) {
    throw new NotImplemented(info.parentType.name, info.fieldName);
  }
  const value = source[info.fieldName];
  return typeof value === "function" ? (value as (args: unknown) => unknown)(args) : value;
};

const typeOf: GraphQLTypeResolver<Fields, unknown> = (value) => {
  if (typeof value.__typename === "string") return value.__typename;
  throw new Error("stand-in: an object in a place of several types does not say which it is");
};

/** Runs one request the way GitHub does: wrong documents and failing fields are answered with status 200 and `errors`. */
export async function runGraphql(hub: Hub, root: Fields, request: GraphqlRequest): Promise<JsonObject> {
  let document: DocumentNode;
  try {
    document = parse(request.query);
  } catch (error) {
    if (!(error instanceof SyntaxOrFieldError)) throw error;
    return refuseDocument(hub, [error]);
  }
  const wrong = validate(githubSchema(), document);
  if (wrong.length > 0) return refuseDocument(hub, wrong);
  const result: ExecutionResult = await execute({
    schema: githubSchema(),
    document,
    rootValue: root,
    variableValues: request.variables,
    operationName: request.operationName,
    fieldResolver: readField,
    typeResolver: typeOf,
  });
  if (result.errors === undefined) return { data: result.data };
  return { data: result.data ?? null, errors: result.errors.map((error) => presentError(hub, error)) };
}

/** A document that does not fit the schema is a bug of whoever wrote it, in this project or not. */
function refuseDocument(hub: Hub, wrong: readonly GraphQLError[]): JsonObject {
  for (const { message } of wrong) hub.violations.push({ where: "request POST /graphql", what: message });
  return { errors: wrong.map((error) => ({ message: error.message, locations: error.locations ?? [] })) };
}

function presentError(hub: Hub, error: GraphQLError): JsonObject {
  const { originalError, path, locations, message } = error;
  const place = { ...(path === undefined ? {} : { path }), locations: locations ?? [], message };
  if (originalError instanceof GraphqlProblem) return { type: originalError.type, ...place };
  // Wrong variables have no cause of their own. Everything else is missing or broken here, and must fail whoever looks at violations.
  const what = originalError?.stack ?? message;
  hub.violations.push({ where: `request POST /graphql ${path?.join(".") ?? ""}`.trim(), what });
  return place;
}
