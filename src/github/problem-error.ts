import type { Problem } from "../incident/state.ts";

/** Thrown by a write that knows what is wrong and what a person does next. `apply.ts` makes it the outcome. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.sentence);
    this.problem = problem;
  }
}

/** Something that a person can mend. */
export function refused(code: string, sentence: string, nextStep: string): ProblemError {
  return new ProblemError({ code, sentence, nextStep, transient: false });
}

/** GitHub is not ready, or did not answer: the pass is repeated, and looks before it does anything again. */
export function notYet(code: string, sentence: string): ProblemError {
  return new ProblemError({
    code,
    sentence,
    nextStep: "Nothing: the app tries again by itself",
    transient: true,
  });
}
