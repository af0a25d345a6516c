import { parse, type SgNode } from "@ast-grep/napi";
import type { PatternRule } from "../../config/schema/pattern-rule-schema.ts";
import type { FileResult } from "../file-result.ts";
import type { Finding, Fix } from "../finding.ts";
import { hasGrammar } from "../grammars.ts";
import type { LineIndex } from "../line-index.ts";
import { type Region, spanOf } from "../regions.ts";
import type { CompiledPattern } from "../rule-set.ts";

/** A pattern compares subtrees, which takes the square of their depth: hostile files could stop the check for everybody. */
const MAX_CHARACTERS = 500_000;
const MAX_DEPTH = 300;

type Found = Omit<Finding, "path">;

export interface DisabledRule {
  readonly id: string;
  /** Why, one plain sentence. */
  readonly sentence: string;
}

const disabled = new WeakMap<readonly PatternRule[], readonly DisabledRule[]>();

/** Rules that the parser cannot use. They find nothing, which must not look like "passed". The others are used. */
export function disabledRules(rules: readonly PatternRule[]): readonly DisabledRule[] {
  const known = disabled.get(rules);
  if (known !== undefined) return known;
  const found = rules.flatMap((rule) => {
    const because = brokenBecause(rule);
    return because === null
      ? []
      : [{ id: rule.id, sentence: `The rule "${rule.id}" of the configuration is disabled: ${because}.` }];
  });
  disabled.set(rules, found);
  return found;
}

/** Why a rule cannot be used, in the parser's words; null: it can. */
function brokenBecause(rule: PatternRule): string | null {
  if (!hasGrammar(rule.language)) return `there is no parser for ${rule.language} on this machine`;
  try {
    parse(rule.language, "").root().findAll(matcherOf(rule));
    return unparsable(rule.language, rule.rule);
  } catch (error) {
    // What the parser says of rules that it does not understand.
    if (error instanceof Error) return error.message.replace(/\s+/gu, " ").slice(0, 300);
    throw error;
  }
}

/** The parser takes a pattern that is no code of its language for one that matches nothing. */
function unparsable(language: PatternRule["language"], rule: unknown): string | null {
  if (Array.isArray(rule)) {
    return rule.map((each) => unparsable(language, each)).find((because) => because !== null) ?? null;
  }
  if (typeof rule !== "object" || rule === null) return null;
  for (const [key, value] of Object.entries(rule)) {
    if (key === "pattern" && typeof value === "string") {
      const root = parse(language, value.replaceAll(/\$+/gu, "_")).root();
      if (root.find({ rule: { kind: "ERROR" } }) !== null)
        return `the pattern \`${value}\` is no code of ${language}`;
    } else if (key !== "pattern") {
      const because = unparsable(language, value);
      if (because !== null) return because;
    }
  }
  return null;
}

/** Findings of full-form rules in the regions of a file that are of their language. */
export function patternResult(
  regions: readonly Region[],
  patterns: readonly CompiledPattern[],
  allowed: (unless: string) => ReadonlySet<number>,
  lines: LineIndex,
): Pick<FileResult, "findings" | "notes"> {
  const findings: Found[] = [];
  const notes: { sentence: string; incomplete: boolean }[] = [];
  for (const region of regions) {
    // What it is wrapped in is not in the file.
    if (region.role === "wrapped") continue;
    const wanted = patterns.filter(({ rule }) => rule.language === region.grammar);
    if (wanted.length === 0) continue;
    if (region.root.text().length > MAX_CHARACTERS || isDeeperThan(region.root, MAX_DEPTH)) {
      if (notes.length === 0) notes.push(TOO_MUCH);
      continue;
    }
    for (const pattern of wanted) {
      const free = pattern.rule.unless === undefined ? new Set<number>() : allowed(pattern.rule.unless);
      for (const node of region.root.findAll(matcherOf(pattern.rule))) {
        const found = findingOf(node, region, pattern, lines);
        if (!free.has(found.place.line)) findings.push(found);
      }
    }
  }
  return { findings, notes };
}

const TOO_MUCH = { sentence: "Too long or too deeply nested for rules with patterns.", incomplete: true };

function findingOf(node: SgNode, region: Region, { id, rule }: CompiledPattern, lines: LineIndex): Found {
  const { start, end } = spanOf(node, region);
  const text = rule.fix === undefined ? null : written(rule.fix, node);
  return {
    rule: id,
    place: lines.place(start, end),
    form: rule.message,
    precision: "code",
    message: text === null ? rule.message : `${rule.message.replace(/[^.!?]$/u, "$&.")} ${insteadOf(text)}`,
    because: rule.because ?? null,
    excerpt: lines.excerpt(start),
    fix: text === null ? null : ({ start, end, text } satisfies Fix),
    ...(rule.severity === "warning" && { isAdvice: true as const }),
  };
}

/** What is matched may be as long as a file. */
function insteadOf(text: string): string {
  const line = text.trim().replaceAll(/\s+/gu, " ");
  if (line === "") return "Take it out.";
  return `Write ${line.length > 200 ? `${line.slice(0, 200).toWellFormed()}…` : line} instead.`;
}

/** `$A` is what it matched, `$$$A` the code from the first to the last of what it matched. */
function written(fix: string, node: SgNode): string {
  const text = node.text();
  const offset = node.range().start.index;
  return fix.replaceAll(
    /\$\$\$([A-Z_][A-Z0-9_]*)|\$([A-Z_][A-Z0-9_]*)/gu,
    (whole, many?: string, one?: string) => {
      if (one !== undefined) return node.getMatch(one)?.text() ?? whole;
      const nodes = node.getMultipleMatches(many!);
      const [first] = nodes;
      const last = nodes.at(-1);
      return first === undefined || last === undefined
        ? ""
        : text.slice(first.range().start.index - offset, last.range().end.index - offset);
    },
  );
}

function matcherOf({ rule, constraints }: PatternRule) {
  return { rule, ...(constraints !== undefined && { constraints }) } as Parameters<SgNode["findAll"]>[0];
}

function isDeeperThan(root: SgNode, limit: number): boolean {
  let level: readonly SgNode[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((node) => node.children());
  }
  return false;
}
