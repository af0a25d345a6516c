import type { InstallationClient } from "../github/repository-client.ts";
import type { PassResult } from "./worker.ts";

/** With the calls that the pass made, for its log line. */
export function withCalls(result: PassResult, ...clients: readonly InstallationClient[]): PassResult {
  const calls = clients.reduce((sum, client) => sum + client.calls.calls, 0);
  const trips = clients.reduce((sum, client) => sum + client.calls.sequentialTrips, 0);
  return { ...result, fields: { ...result.fields, calls, trips } };
}
