import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** A syntax tree takes about a dozen bytes for each character: this is some 6 MB of trees, and the collection takes a few milliseconds. */
const MOST_CHARACTERS = 500_000;

let collect: (() => void) | null = null;

/**
 * Gives back the memory of syntax trees. They live outside the heap, where the collector does not see them: it thinks that nothing was used
 * and lets them pile up to gigabytes. So it is told, each time enough was parsed.
 */
export class ParserMemory {
  readonly #most: number;
  #characters = 0;

  /** `most`: characters of text whose trees may be there at a time, besides those of the largest file. */
  constructor(most = MOST_CHARACTERS) {
    this.#most = most;
  }

  parsed(characters: number): void {
    this.#characters += characters;
  }

  /** Call where nothing holds a tree. Trees are freed a turn of the event loop after the collection that found them. */
  async settle(): Promise<void> {
    if (this.#characters < this.#most) return;
    this.#characters = 0;
    collect ??= exposedCollector();
    collect();
    await turn();
  }
}

function exposedCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
