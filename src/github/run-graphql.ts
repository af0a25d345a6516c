import type { RepositoryClient } from "./repository-client.ts";

/** One entry of `errors` in a GraphQL answer. */
export interface GraphqlError {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

/** GitHub answered with errors that make the data useless. `partial` is the data that came with them. */
export class GraphqlFailure extends Error {
  override readonly name = "GraphqlFailure";
  readonly errors: readonly GraphqlError[];
  readonly partial: unknown;

  constructor(errors: readonly GraphqlError[], partial: unknown) {
    super(errors.map((error) => `${error.type ?? "ERROR"}: ${error.message}`).join("; "));
    this.errors = errors;
    this.partial = partial;
  }
}

/**
 * Sends a GraphQL document with `owner` and `repo` of the client. An answer of status 200 is no success (F4): every error in it throws
 * `GraphqlFailure` unless `isExpected` says that the null it leaves in the data is an answer.
 */
export async function runGraphql<T>(
  client: RepositoryClient,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  isExpected: (error: GraphqlError) => boolean = () => false,
): Promise<T> {
  const where = document.includes("$owner") ? { owner: client.owner, repo: client.repo } : {};
  try {
    return await client.octokit.graphql<T>(document, { ...where, ...variables });
  } catch (error) {
    if (!hasGraphqlErrors(error)) throw error;
    const hasData = error.data !== null && error.data !== undefined;
    if (hasData && error.errors.every(isExpected)) return error.data as T;
    throw new GraphqlFailure(error.errors, error.data);
  }
}

function hasGraphqlErrors(
  error: unknown,
): error is { readonly errors: readonly GraphqlError[]; readonly data: unknown } {
  return (
    error instanceof Error &&
    error.name === "GraphqlResponseError" &&
    "errors" in error &&
    Array.isArray(error.errors)
  );
}

export function isNotFound(error: GraphqlError): boolean {
  return error.type === "NOT_FOUND";
}

/** `Resource not accessible by integration`: the installation lacks a permission for this part of the answer. */
export function isForbidden(error: GraphqlError): boolean {
  return error.type === "FORBIDDEN";
}
