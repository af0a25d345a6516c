import { parseArgs } from "node:util";
import { runDrill, scenarios } from "../drill/run-drill.ts";

export const drillHelp = `hotfix drill [--scenario NAME] [--folder PATH] [--list]
  Plays an incident from label to landed against a stand-in for GitHub on this machine.`;

/** `hotfix drill`. Exit code 0: every expectation met; 1: one was not; 2: wrong arguments. */
export async function drill(
  args: readonly string[],
  io: { readonly write: (line: string) => void; readonly searchPath: string },
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenario: { type: "string", default: scenarios[0]!.name },
      folder: { type: "string", default: "drill-output" },
      list: { type: "boolean", default: false },
    },
  });
  if (values.list) {
    for (const { name, summary } of scenarios) io.write(`${name.padEnd(20)} ${summary}`);
    return 0;
  }
  const scenario = scenarios.find(({ name }) => name === values.scenario);
  if (scenario === undefined) {
    io.write(
      `There is no scenario ${JSON.stringify(values.scenario)}; there are: ${scenarios.map(({ name }) => name).join(", ")}.`,
    );
    return 2;
  }
  return runDrill({ scenario, folder: values.folder, searchPath: io.searchPath, write: io.write });
}
