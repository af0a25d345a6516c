import type { Finding, Fix } from "../finding.ts";
import type { LineIndex } from "../line-index.ts";
import type { CompiledRule } from "../rule-set.ts";
import type { Hit } from "./hit.ts";
import type { Taken } from "./neighbours.ts";

/** The file that was looked at, and how. */
export interface Source {
  readonly text: string;
  readonly lines: LineIndex;
  readonly precision: Finding["precision"];
}

/** `taken`: why the name to use instead cannot just be put there. */
export function toFinding(
  hit: Hit,
  { id, rule }: CompiledRule,
  taken: Taken | null,
  { lines, precision }: Source,
): Omit<Finding, "path"> {
  const instead = rule.use === undefined ? "" : ` Use "${rule.use}" instead.`;
  const but = taken === null ? "" : ` ${WHY_TAKEN[taken](rule.use ?? "")}, so a person must decide.`;
  const how = precision === "word" ? " Found as a word: this file is not parsed, so comments count too." : "";
  return {
    rule: id,
    place: lines.place(hit.start, hit.end),
    form: hit.form,
    precision,
    message: `"${rule.forbid}" is forbidden here (${hit.form}).${instead}${but}${how}`,
    because: rule.because ?? null,
    excerpt: lines.excerpt(hit.start),
    fix: taken !== null ? null : fixOf(hit, rule.forbid, rule.use),
  };
}

const WHY_TAKEN: Readonly<Record<Taken, (use: string) => string>> = {
  already: (use) => `"${use}" is there already`,
  "as-well": (use) => `Another name there would become "${use}" as well`,
};

function fixOf(hit: Hit, name: string, use: string | undefined): Fix | null {
  const text = use === undefined ? null : replacement(hit, name, use);
  return text === null ? null : { start: hit.start, end: hit.end, text };
}

/** null where `use` is not something that can stand there. */
function replacement(hit: Hit, name: string, use: string): string | null {
  switch (hit.rewrite) {
    case "name":
      return IDENTIFIER.test(use) ? use : null;
    case "shorthand":
      return IDENTIFIER.test(use) ? `${use}: ${name}` : null;
    case "string":
      return /["'`\\$\p{Cc}]/u.test(use) ? null : use;
    case "attribute":
      return /^[\w.:-]+$/u.test(use) ? use : null;
    case "none":
      return null;
  }
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
