/** One breach of GitHub's published description, by the stand-in or by whoever calls it. */
export interface Violation {
  /** `request POST /repos/{owner}/{repo}/git/refs`, `response 201 ...`, `webhook issues.labeled`. */
  readonly where: string;
  /** JSON pointer or parameter name, and what is wrong there. */
  readonly what: string;
}

/** The seam to GitHub's OpenAPI description. Each method returns what is wrong, empty when nothing is. */
export interface Validator {
  /** `params`: decoded values of the path template. */
  request(
    method: string,
    template: string,
    query: URLSearchParams,
    body: unknown,
    params?: Readonly<Record<string, string>>,
  ): readonly Violation[];
  response(method: string, template: string, status: number, body: unknown): readonly Violation[];
  webhook(event: string, action: string | null, payload: unknown): readonly Violation[];
}

export const acceptAll: Validator = {
  request: () => [],
  response: () => [],
  webhook: () => [],
};
