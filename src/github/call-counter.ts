/** Counts the calls of one pass and how many of them had to wait for one another. */
export class CallCounter {
  #calls = 0;
  #longestChain = 0;

  get calls(): number {
    return this.#calls;
  }

  /** Length of the longest chain of calls in which each began after the one before had ended; a token fetched on the way adds none. */
  get sequentialTrips(): number {
    return this.#longestChain;
  }

  /** Call at the start of a request; call what it returns at its end. */
  begin(): () => void {
    this.#calls += 1;
    const position = this.#longestChain + 1;
    return () => {
      this.#longestChain = Math.max(this.#longestChain, position);
    };
  }
}
