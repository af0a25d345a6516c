import { readFile, writeFile } from "node:fs/promises";
import { jsonSchemaText } from "../src/config/json-schema.ts";
import { withReference } from "./configuration-reference.ts";

/** Writes what is derived from `src/config/schema.ts`: the JSON Schema for editors and the table in the reference. */
const guide = new URL("../docs/configuration.md", import.meta.url);
await writeFile(new URL("../hotfix.schema.json", import.meta.url), jsonSchemaText());
await writeFile(guide, withReference(await readFile(guide, "utf8")));
