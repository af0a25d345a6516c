import type { CallKind } from "./call-kind.ts";
import { isServerFault } from "./server-fault.ts";
import type { Answer } from "./throttle-policy.ts";

/** Two quick tries more: what lasts longer is the worker's, which waits durably. */
const PAUSES_MS = [200, 800];

/**
 * Repeats reads that failed on GitHub's side. Writes are never repeated here: GitHub may have done what it did not answer (F3), so they are
 * looked at again before they are redone.
 */
export async function retried<T extends Answer>(
  call: CallKind,
  sleep: (ms: number) => Promise<void>,
  send: () => Promise<T>,
): Promise<T> {
  for (const pause of call.isWrite ? [] : PAUSES_MS) {
    try {
      const answer = await send();
      if (!isEmptyFailure(answer.data)) return answer;
    } catch (error) {
      if (!isServerFault(error)) throw error;
    }
    await sleep(pause);
  }
  return send();
}

/** GraphQL says "Something went wrong" with status 200 and no data at all (F4). */
function isEmptyFailure(data: unknown): boolean {
  if (typeof data !== "object" || data === null || !("errors" in data)) return false;
  const nothing = !("data" in data) || data.data === null || data.data === undefined;
  return nothing && /something went wrong|timed? ?out|timeout/iu.test(JSON.stringify(data.errors));
}
