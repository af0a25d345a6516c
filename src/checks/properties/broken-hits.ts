import { isComment } from "../allowance.ts";
import type { Grammar } from "../languages.ts";
import { type Region, type Span, spanOf } from "../regions.ts";
import type { Hit } from "./hit.ts";
import { wordHits } from "./word-hits.ts";

/**
 * Names where the parser gave up: a missing semicolon or a conflict marker makes fragments of what follows, which have no form. `judged`: offsets of
 * the names that stand in a node of their own, which the grammar's forms have decided on.
 */
export function brokenHits(
  region: Region,
  errors: readonly Span[],
  judged: ReadonlySet<number>,
  names: readonly string[],
): readonly Hit[] {
  if (errors.length === 0 || region.grammar === "Html") return [];
  const text = region.root.text();
  const mentions = names
    .flatMap((name) => wordHits(text, name))
    .map((hit) => ({ ...hit, start: hit.start + region.offset, end: hit.end + region.offset }))
    .filter(({ start }) => !judged.has(start));
  if (mentions.length === 0) return [];
  const broken = merged(errors);
  const quiet = merged(quietSpans(region));
  return mentions
    .filter(({ start }) => isWithin(broken, start) && !isWithin(quiet, start))
    .map((hit) => ({ ...hit, form: "name in code that does not parse" }));
}

/** Comments, and strings as far as they are whole. */
function quietSpans(region: Region): readonly Span[] {
  const kinds = QUIET[region.grammar].map((kind) => ({ kind }));
  return region.root
    .findAll({ rule: { any: kinds } })
    .filter((node) => isComment(node) || !node.children().some((child) => child.is("ERROR")))
    .map((node) => spanOf(node, region));
}

const SCRIPT = ["comment", "html_comment", "string_fragment", "regex"] as const;

const QUIET: Readonly<Record<Grammar, readonly string[]>> = {
  JavaScript: SCRIPT,
  TypeScript: SCRIPT,
  Tsx: [...SCRIPT, "jsx_text"],
  Html: ["comment"],
  Css: ["comment", "js_comment", "string_value"],
  python: ["comment", "string_content"],
  java: ["line_comment", "block_comment", "string_fragment"],
  go: ["comment", "interpreted_string_literal", "raw_string_literal"],
};

/** In the order of the text, none within another. */
function merged(spans: readonly Span[]): readonly Span[] {
  const outer: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    if (span.end > (outer.at(-1)?.end ?? -1)) outer.push(span);
  }
  return outer;
}

/** Of spans that are merged: in the last one that begins no later? */
function isWithin(spans: readonly Span[], at: number): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start <= at) low = middle + 1;
    else high = middle;
  }
  const span = spans[low - 1];
  return span !== undefined && at < span.end;
}
