import { jsonSchemaText } from "../config/json-schema.ts";
import type { Command } from "./command.ts";

/** Prints the JSON Schema of the configuration file, for editors. */
export const schema: Command = async (words, terminal) => {
  if (words.length > 0) {
    terminal.error("Usage: hotfix schema\n");
    return 2;
  }
  terminal.out(jsonSchemaText());
  return 0;
};
