import type { GitResult } from "./git-process.ts";

const MOST_ANSWERS = 2000;
const MOST_BYTES = 1_000_000;

/** Commands whose answer hangs on objects only, if they are asked with ids. */
const PURE: ReadonlySet<string> = new Set(["rev-list", "diff", "ls-tree", "merge-base", "merge-tree"]);
const IDS = /^\^?[0-9a-f]{40}(?:\.{2,3}[0-9a-f]{40})?$/;
/** Options that bring refs in, or what is read from standard input. */
const ASKS_REFS = /^--(?:all|branches|tags|remotes|glob|stdin|reflog|exclude)/;

/**
 * Answers of git that can never change, because they hang on nothing but objects that are named by their ids. One incident asks the same few questions
 * hundreds of times, and starting a process costs more than all the rest of the answer.
 */
export class GitAnswers {
  readonly #known = new Map<string, Promise<GitResult>>();

  /** The answer that is known, or the one that `ask` gives. */
  get(args: readonly string[], ask: () => Promise<GitResult>): Promise<GitResult> {
    if (!hangsOnIdsOnly(args)) return ask();
    const key = JSON.stringify(args);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    if (this.#known.size >= MOST_ANSWERS) this.#known.clear();
    this.#known.set(key, answer);
    const forget = (): void => void this.#known.delete(key);
    // An object that is missing now may be pushed later; a big answer is not worth its memory.
    answer.then(({ code, stdout }) => {
      if (code > 1 || code < 0 || stdout.length > MOST_BYTES) forget();
    }, forget);
    return answer;
  }
}

function hangsOnIdsOnly(args: readonly string[]): boolean {
  const [command = "", ...rest] = args;
  const end = rest.indexOf("--");
  const asked = end === -1 ? rest : rest.slice(0, end);
  return (
    PURE.has(command) &&
    asked.every((word) => (word.startsWith("-") ? !ASKS_REFS.test(word) : IDS.test(word)))
  );
}
