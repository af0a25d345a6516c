import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse } from "graphql";
import { describe, expect, it } from "vitest";
import * as mutations from "../../src/github/documents/mutations.ts";

const FOLDER = join(import.meta.dirname, "../../src/github");

describe("what is sent to GitHub", () => {
  it.each(Object.entries(mutations))(
    "F5: %s asks for one change only, so that none is half applied",
    (_name, text) => {
      const definitions = parse(text).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
      expect(definitions).toHaveLength(1);
      const [definition] = definitions;
      if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation");
      expect(definition.operation).toBe("mutation");
      expect(definition.selectionSet.selections).toHaveLength(1);
    },
  );

  it("F20: never comes from the search index, which lags and breaks", () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    expect(files.length).toBeGreaterThan(50);
    const searching = files.filter((name) =>
      /\brest\.search\b|["`]\/search\/|^\s*search\(/mu.test(readFileSync(join(FOLDER, name), "utf8")),
    );
    expect(searching).toEqual([]);
  });
});
