/** One entry of `errors` in a 422 body. */
export interface FieldError {
  readonly resource?: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
  readonly value?: unknown;
}

/** An answer that is not a success. The kernel adds `documentation_url` and `status` to the body. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly errors: readonly (FieldError | string)[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    extra: {
      errors?: readonly (FieldError | string)[];
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.errors = extra.errors;
    this.headers = extra.headers ?? {};
  }
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, message);
}

export function unauthorized(message = "Bad credentials"): ApiError {
  return new ApiError(401, message);
}

export function forbidden(
  message = "Resource not accessible by integration",
  headers: Readonly<Record<string, string>> = {},
): ApiError {
  return new ApiError(403, message, { headers });
}

export function notFound(message = "Not Found"): ApiError {
  return new ApiError(404, message);
}

export function conflict(message: string): ApiError {
  return new ApiError(409, message);
}

/** 422 with a top-level message only. */
export function unprocessable(message: string): ApiError {
  return new ApiError(422, message);
}

/** 422 `Validation Failed` with details. */
export function validationFailed(...errors: readonly (FieldError | string)[]): ApiError {
  return new ApiError(422, "Validation Failed", { errors });
}
