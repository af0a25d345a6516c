import type { Problem } from "../../incident/state/problem.ts";
import type { Command } from "../markdown.ts";
import { command } from "../markdown.ts";

/** What people type to do by hand what was refused: one block for all problems, each command once. */
export function commandsOf(problems: readonly Pick<Problem, "commands">[]): readonly Command[] {
  const all = problems.flatMap((problem) => problem.commands ?? []);
  const isFirst = (words: readonly string[], index: number): boolean =>
    all.findIndex((other) => other.join("\n") === words.join("\n")) === index;
  return all.filter(isFirst).map(([program, ...words]) => command(program, words));
}
