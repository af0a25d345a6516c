import { setTimeout as sleep } from "node:timers/promises";

/** How fast scripted people act and what they pick where it does not matter: the same for the same seed. */
export class Pace {
  readonly seed: number;
  readonly speed: number;
  #state: number;

  /** @param speed 2 halves the pauses; `Number.POSITIVE_INFINITY` leaves them out */
  constructor(seed: number, speed: number) {
    this.seed = seed;
    this.speed = speed;
    this.#state = seed >>> 0;
  }

  /** Somebody reads, thinks and types: half to one and a half of `ms`. */
  async pause(ms = 300): Promise<void> {
    const length = (ms * (0.5 + this.#next())) / this.speed;
    if (length >= 1) await sleep(length);
  }

  pick<const T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.#next() * choices.length)] ?? choices[0];
  }

  /** From 0 to 1, 1 excluded: a linear congruential generator is random enough for pauses. */
  #next(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state / 2 ** 32;
  }
}
