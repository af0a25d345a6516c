/** One request to the API (not git, not webhooks), as it reached the stand-in. */
export interface Call {
  /** Login of the account, `app:<slug>` for a JWT, `anonymous`. */
  readonly actor: string;
  readonly method: string;
  /** Path template of the route, e.g. `/repos/{owner}/{repo}/pulls`; the bare path where no route matched. */
  readonly template: string;
  /** Path and query below the API prefix. */
  readonly path: string;
  /** 0 when the connection was dropped. */
  readonly status: number;
  /** Milliseconds on one monotonic clock for all calls of a process. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly createsContent: boolean;
  /** False for 304 and for `/rate_limit`. */
  readonly counted: boolean;
}

/**
 * Sequential round trips: the most calls that can be put in a row so that each began after the one before had ended.
 * Calls that overlapped in time count once. Reliable with a latency per call that is long against scheduling noise: at
 * no latency, two calls that were sent together may be served one after the other.
 */
export function roundTrips(calls: readonly Call[]): number {
  let trips = 0;
  let free = Number.NEGATIVE_INFINITY;
  // Taking the call that ends first is the classic optimum for the largest set of disjoint intervals.
  for (const call of calls.toSorted((a, b) => a.endedAt - b.endedAt)) {
    if (call.startedAt < free) continue;
    trips += 1;
    free = call.endedAt;
  }
  return trips;
}
