import type { Config } from "../config/schema.ts";
import { type Saying, said } from "./say.ts";
import type { Problem } from "./state/problem.ts";

/** A problem in English, with the words to say it in another language. */
export function problemIn({
  code,
  sentence,
  nextStep,
  transient,
}: Pick<Problem, "code" | "transient"> & {
  readonly sentence: Saying;
  readonly nextStep: Saying;
}): Problem {
  const words = { sentence, nextStep };
  return { code, sentence: said(sentence, "en"), nextStep: said(nextStep, "en"), transient, words };
}

/** The same in the language of the repository. One that has no words to say it in stays as it is. */
export function problemSaidIn({ words, ...problem }: Problem, locale: Config["locale"]): Problem {
  return words === undefined
    ? problem
    : { ...problem, sentence: said(words.sentence, locale), nextStep: said(words.nextStep, locale) };
}
