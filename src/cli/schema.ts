import { jsonSchemaText } from "../config/json-schema.ts";
import { referenceTable } from "../config/reference.ts";
import type { Command } from "./command.ts";

/** Prints the JSON Schema of the configuration file for editors, or with `--markdown` the table of its keys. */
export const schema: Command = async (words, terminal) => {
  const [format, ...rest] = words;
  if (rest.length > 0 || (format !== undefined && format !== "--markdown")) {
    terminal.error("Usage: hotfix schema [--markdown]\n");
    return 2;
  }
  terminal.out(format === undefined ? jsonSchemaText() : referenceTable());
  return 0;
};
