/** An entry of `errors` as GitHub writes it; `path` and `locations` are added where it is thrown. */
export class GraphqlProblem extends Error {
  override readonly name = "GraphqlProblem";
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export function notFound(message: string): GraphqlProblem {
  return new GraphqlProblem("NOT_FOUND", message);
}

export function unprocessable(message: string): GraphqlProblem {
  return new GraphqlProblem("UNPROCESSABLE", message);
}

export function forbidden(): GraphqlProblem {
  return new GraphqlProblem("FORBIDDEN", "Resource not accessible by integration");
}

/** A field that the schema has and the stand-in has not: never answered with null, which could pass for a fact. */
export class NotImplemented extends Error {
  override readonly name = "NotImplemented";

  constructor(type: string, field: string) {
    super(`stand-in: ${type}.${field} is not implemented`);
  }
}
