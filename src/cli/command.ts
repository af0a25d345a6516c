import type { Variables } from "../config/environment.ts";

/** What a command may touch of the process. Tests pass their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly cwd: string;
  /** Where programs such as `git` are found: the value of PATH. */
  readonly searchPath: string;
  /** Environment variables, for commands that ask GitHub. Absent: none. */
  readonly variables?: Variables;
}

/**
 * Runs one command with the words after its name; resolves to the exit code: 0 done, 1 the answer is no (a wrong file, a failed drill),
 * 2 the command was called wrongly.
 */
export type Command = (words: readonly string[], terminal: Terminal) => Promise<number>;
