import { setTimeout as sleep } from "node:timers/promises";

/** An expectation of the script that did not come true: the drill ends with it and a non-zero exit code. */
export class UnmetExpectation extends Error {
  override readonly name = "UnmetExpectation";
}

/**
 * Asks `probe` until it answers with something, and returns that. A person waiting would reload the page; so does this.
 *
 * @throws UnmetExpectation after `seconds`.
 */
export async function eventually<T>(
  expectation: string,
  probe: () => Promise<T | null | undefined | false>,
  seconds = 25,
): Promise<T> {
  const until = performance.now() + seconds * 1000;
  while (true) {
    const answer = await probe();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > until) throw new UnmetExpectation(`expected within ${seconds} s: ${expectation}`);
    await sleep(100);
  }
}

/** @throws UnmetExpectation when `truth` is false. */
export function expectThat(expectation: string, truth: boolean): void {
  if (!truth) throw new UnmetExpectation(`expected: ${expectation}`);
}
