import type { CallKind } from "./call-kind.ts";
import { Parked } from "./parked.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** GitHub counts a call when it arrives, and calls are under way for different times. */
const UNDER_WAY = 1000;

/** What GitHub allows one installation: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const LIMITS = {
  contentPerMinute: 80,
  contentPerHour: 500,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2000,
  concurrent: 100,
};

/**
 * What each kind of work may use of the content budget. The last fifth is kept for urgent work, so that a flood of small incidents cannot hold up a
 * critical one, and half of that for status comments too, so that the others can say that they wait.
 */
const SHARES = { normal: 0.8, telling: 0.9, urgent: 1 };

/** `telling`: a status comment. */
export type Priority = keyof typeof SHARES;

/** Calls that are left for status comments when GitHub's hourly allowance comes to its end. */
const LEFT_FOR_TELLING = 25;

/** Without a header GitHub asks for at least a minute, and for more each time. */
const FIRST_PAUSE = MINUTE;
const LONGEST_PAUSE = 15 * MINUTE;

/**
 * The budget of one installation. Sliding windows and not refilled buckets: a bucket that starts full lets twice its size through in
 * the first minute. Bursts are free until a window is full; then every call is refused with `Parked`, and nothing sleeps.
 */
export class Budget {
  readonly #now: () => number;
  readonly #content = new SlidingWindow();
  readonly #points = { rest: new SlidingWindow(), graphql: new SlidingWindow() };
  readonly #pausedUntil = { rest: 0, graphql: 0 };
  readonly #allowance = {
    rest: { remaining: Infinity, until: 0 },
    graphql: { remaining: Infinity, until: 0 },
  };
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #pause = FIRST_PAUSE;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Throws `Parked` when the call must wait, else counts it. */
  spend(call: CallKind, priority: Priority): void {
    const now = this.#now();
    const paused = this.#pausedUntil[call.surface];
    if (paused > now) throw new Parked("GitHub asked to wait", paused);
    const { remaining, until } = this.#allowance[call.surface];
    if (call.isWrite && priority === "normal" && remaining <= LEFT_FOR_TELLING && until > now)
      throw new Parked("GitHub's hourly allowance for this installation is almost used up", until);
    const share = SHARES[priority];
    const { contentPerMinute, contentPerHour, restPointsPerMinute, graphqlPointsPerMinute } = LIMITS;
    const points = this.#points[call.surface];
    const pointsLimit = call.surface === "rest" ? restPointsPerMinute : graphqlPointsPerMinute;
    const free = Math.max(
      points.freeAt(now, call.points, pointsLimit, MINUTE),
      call.isWrite ? this.#content.freeAt(now, 1, contentPerMinute * share, MINUTE + UNDER_WAY) : 0,
      call.isWrite ? this.#content.freeAt(now, 1, contentPerHour * share, HOUR + UNDER_WAY) : 0,
    );
    if (free > now) throw new Parked("the budget of calls for this installation is spent", free);
    points.add(now, call.points, MINUTE);
    if (call.isWrite) this.#content.add(now, 1, HOUR + UNDER_WAY);
  }

  /** What GitHub says is left of its hourly allowance, with every answer. */
  note(surface: CallKind["surface"], remaining: number, until: number): void {
    this.#allowance[surface] = { remaining, until };
  }

  /** GitHub said that a limit is reached. `until` null: it did not say for how long. Returns when to go on. */
  pause(until: number | null, surface: CallKind["surface"] | "both"): number {
    const now = this.#now();
    const end = until ?? now + this.#pause;
    if (until === null) this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    for (const each of ["rest", "graphql"] as const) {
      if (surface === "both" || surface === each) {
        this.#pausedUntil[each] = Math.max(this.#pausedUntil[each], end);
      }
    }
    return end;
  }

  /** A call went through: the next pause without a header is short again. */
  relax(): void {
    this.#pause = FIRST_PAUSE;
  }

  /** Waits for one of the places at the same time; call what it returns when the call has ended. */
  async enter(): Promise<() => void> {
    if (this.#running >= LIMITS.concurrent) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    };
  }
}

/** What was spent lately, oldest first. */
class SlidingWindow {
  #spent: { readonly at: number; readonly amount: number }[] = [];

  add(now: number, amount: number, keep: number): void {
    this.#spent = this.#spent.filter((entry) => entry.at > now - keep);
    this.#spent.push({ at: now, amount });
  }

  /** The earliest time at which `amount` more stays within `limit` for every `length` milliseconds. */
  freeAt(now: number, amount: number, limit: number, length: number): number {
    const recent = this.#spent.filter((entry) => entry.at > now - length);
    let total = recent.reduce((sum, entry) => sum + entry.amount, amount);
    if (total <= limit) return now;
    for (const entry of recent) {
      total -= entry.amount;
      if (total <= limit) return entry.at + length;
    }
    return now;
  }
}
