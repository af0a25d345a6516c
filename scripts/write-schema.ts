import { readFile, writeFile } from "node:fs/promises";
import { frontMatterSchemaText } from "../src/config/front-matter-schema.ts";
import { jsonSchemaText } from "../src/config/json-schema.ts";
import { withReference } from "./configuration-reference.ts";

/** Writes what is derived from schemas: the JSON Schema for editors and the table in the reference, and the JSON Schema of front matter. */
const guide = new URL("../docs/configuration.md", import.meta.url);
await writeFile(new URL("../hotfix.schema.json", import.meta.url), jsonSchemaText());
await writeFile(new URL("../front-matter.schema.json", import.meta.url), frontMatterSchemaText());
await writeFile(guide, withReference(await readFile(guide, "utf8")));
