import type { Budget, Priority } from "./budget.ts";
import type { CallKind } from "./call-kind.ts";
import { Parked } from "./parked.ts";
import { allowanceOf, exhaustedBy, reachedLimitInBody, reachedLimitOf } from "./rate-limit.ts";
import type { ReachedLimit } from "./rate-limit.ts";

/** An answer of Octokit, as far as the policies read it. */
export interface Answer {
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Sends within the budget. Throws `Parked`, at once and without sleeping, when it is spent or GitHub says to wait. */
export async function throttled<T extends Answer>(
  budget: Budget,
  now: () => number,
  call: CallKind,
  priority: Priority,
  send: () => Promise<T>,
): Promise<T> {
  budget.spend(call, priority);
  const leave = await budget.enter();
  try {
    const answer = await send();
    const limit = reachedLimitInBody(answer.data, answer.headers, now());
    if (limit !== null) throw parkedFor(limit, budget, call);
    const left = allowanceOf(answer.headers, now());
    if (left !== null) budget.note(call.surface, left.remaining, left.until);
    const exhausted = exhaustedBy(answer.headers, now());
    if (exhausted === null) budget.relax();
    else budget.pause(exhausted, call.surface);
    return answer;
  } catch (error) {
    const limit = reachedLimitOf(error, now());
    if (limit === null) throw error;
    throw parkedFor(limit, budget, call);
  } finally {
    leave();
  }
}

function parkedFor(limit: ReachedLimit, budget: Budget, call: CallKind): Parked {
  const until = budget.pause(limit.until, limit.kind === "primary" ? call.surface : "both");
  return new Parked(
    limit.kind === "primary"
      ? "GitHub's hourly allowance for this installation is used up"
      : "GitHub's limit against bursts was reached",
    until,
  );
}
