import { problemIn } from "../incident/problem-in.ts";
import { type Saying, saying } from "../incident/say.ts";
import type { Problem, ShellCommand } from "../incident/state/problem.ts";

/** Thrown by a write that knows what is wrong and what a person does next. `apply.ts` makes it the outcome. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.sentence);
    this.problem = problem;
  }
}

/** Something that a person can mend, with `commands` where a person can do the same in a clone. */
export function refused(
  code: string,
  sentence: Saying,
  nextStep: Saying,
  commands: readonly ShellCommand[] = [],
): ProblemError {
  const problem = problemIn({ code, sentence, nextStep, transient: false });
  return new ProblemError(commands.length === 0 ? problem : { ...problem, commands });
}

/** GitHub is not ready, or did not answer: the pass is repeated, and looks before it does anything again. */
export function notYet(code: string, sentence: Saying): ProblemError {
  const nextStep = saying("Nothing: the app tries again by itself");
  return new ProblemError(problemIn({ code, sentence, nextStep, transient: true }));
}
