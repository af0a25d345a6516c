import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { buildASTSchema, type GraphQLSchema, parse } from "graphql";

let schema: GraphQLSchema | undefined;

/** GitHub's published schema. Reading it takes about 200 ms, so it waits for the first document. */
export function githubSchema(): GraphQLSchema {
  schema ??= read();
  return schema;
}

function read(): GraphQLSchema {
  // The package's own entry reads 5 MB more, and its `exports` hide the file that is wanted.
  const manifest = findPackageJSON("@octokit/graphql-schema", import.meta.url);
  if (manifest === undefined) throw new Error("@octokit/graphql-schema is not installed");
  const path = join(dirname(manifest), "schema.graphql");
  const document = parse(readFileSync(path, "utf8"), { noLocation: true });
  return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
}
