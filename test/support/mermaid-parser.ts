import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createContext, runInContext } from "node:vm";

interface Mermaid {
  parse(text: string): Promise<{ readonly diagramType: string }>;
}

let parser: Mermaid | null = null;

/** The kind of each chart in the text, told by mermaid's own parser. @throws what the parser says of a chart that it cannot read */
export async function chartsIn(markdown: string): Promise<readonly string[]> {
  const charts = Array.from(
    markdown.matchAll(/^(`{3,})mermaid\n([\s\S]*?)\n\1$/gmu),
    ([, , text = ""]) => text,
  );
  const kinds: string[] = [];
  // One after the other: the parser keeps the diagram that it reads in variables of its own.
  for (const chart of charts) kinds.push((await load().parse(chart)).diagramType);
  return kinds;
}

/** It is made for a browser's page and names itself on its globals: here it gets globals of its own, and needs no page to parse a Gantt chart. */
function load(): Mermaid {
  if (parser !== null) return parser;
  const path = createRequire(import.meta.url).resolve("@mermaid-js/tiny");
  const context = createContext({ console, setTimeout, clearTimeout, structuredClone, URL });
  runInContext(readFileSync(path, "utf8"), context);
  parser = runInContext("globalThis.mermaid", context) as Mermaid;
  return parser;
}
