import { parseArgs } from "node:util";
import { Pace } from "../drill/pace.ts";
import { runDrill, scenarios } from "../drill/run-drill.ts";
import type { Command } from "./command.ts";

const USAGE = "Usage: hotfix drill [--scenario NAME] [--folder PATH] [--seed N] [--speed X] [--list]\n";

/** Plays an incident from label to landed against a stand-in for GitHub. */
export const drill: Command = async (words, terminal) => {
  const values = readWords(words);
  if (values === null) {
    terminal.error(USAGE);
    return 2;
  }
  if (values.list) {
    for (const { name, summary } of scenarios) terminal.out(`${name.padEnd(20)} ${summary}\n`);
    return 0;
  }
  if (!/^\d{1,9}$/u.test(values.seed) || !(Number(values.speed) > 0)) {
    terminal.error(`--seed takes a whole number and --speed a number above 0.\n${USAGE}`);
    return 2;
  }
  const scenario = scenarios.find(({ name }) => name === values.scenario);
  if (scenario === undefined) {
    const names = scenarios.map(({ name }) => name).join(", ");
    terminal.error(`There is no scenario ${JSON.stringify(values.scenario)}; there are: ${names}.\n`);
    return 2;
  }
  return runDrill({
    scenario,
    folder: values.folder,
    searchPath: terminal.searchPath,
    pace: new Pace(Number(values.seed), Number(values.speed)),
    write: (line) => terminal.out(`${line}\n`),
  });
};

interface Words {
  readonly scenario: string;
  readonly folder: string;
  readonly seed: string;
  readonly speed: string;
  readonly list: boolean;
}

function readWords(words: readonly string[]): Words | null {
  try {
    return parseArgs({
      args: [...words],
      options: {
        scenario: { type: "string", default: scenarios[0]!.name },
        folder: { type: "string", default: "drill-output" },
        seed: { type: "string", default: "1" },
        speed: { type: "string", default: "1" },
        list: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    // What parseArgs throws for an unknown option or a missing value.
    if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_"))
      return null;
    throw error;
  }
}
