/** What a call costs and whether it may be repeated. */
export interface CallKind {
  readonly surface: "rest" | "graphql";
  /** Octokit asks for a token inside another call, which holds a place in the budget already: it must not wait for one. */
  readonly isForToken: boolean;
  /** A write is never repeated by the client, and counts against GitHub's limit of created content. */
  readonly isWrite: boolean;
  /** GitHub's points a minute: GET 1, other REST 5, GraphQL query 1, mutation 5. */
  readonly points: number;
}

export interface CallOptions {
  readonly method?: string;
  readonly url?: string;
  readonly query?: unknown;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

export function callKindOf(options: CallOptions): CallKind {
  if (options.url?.endsWith("/graphql") === true) {
    const isWrite = typeof options.query !== "string" || /^\s*mutation\b/u.test(options.query);
    return { surface: "graphql", isForToken: false, isWrite, points: isWrite ? 5 : 1 };
  }
  if (isTokenUrl(options.url ?? "")) return { surface: "rest", isForToken: true, isWrite: false, points: 5 };
  const isWrite = !SAFE_METHODS.has(options.method ?? "GET");
  return { surface: "rest", isForToken: false, isWrite, points: isWrite ? 5 : 1 };
}

/** Of a request for an installation token, as a template or filled in. */
export function isTokenUrl(url: string): boolean {
  return /\/app\/installations\/[^/]+\/access_tokens$/u.test(url);
}
