import picomatch from "picomatch";
import { CONFIGURATION_PATH } from "../config/configuration-path.ts";
import type { Config } from "../config/schema.ts";
import type { ForbidRule } from "../config/schema/forbid-rule-schema.ts";
import type { PatternRule } from "../config/schema/pattern-rule-schema.ts";

/** Raised whenever the same rules may give other findings than before, so that no cached result of older code is used. */
const ENGINE = 9;

export interface CompiledRule {
  /** Stable within a configuration: `forbid totalAmount`. */
  readonly id: string;
  readonly rule: ForbidRule;
  /** Whether the rule looks at a file, by its path from the root of the tree. */
  readonly covers: (path: string) => boolean;
}

/** A rule in its full form. */
export interface CompiledPattern {
  readonly id: string;
  readonly rule: PatternRule;
  readonly covers: (path: string) => boolean;
}

export type Rule = ForbidRule | PatternRule;

export interface RuleSet {
  readonly rules: readonly CompiledRule[];
  readonly patterns: readonly CompiledPattern[];
  /** Equal for rule sets that give equal findings: hash it for keys. */
  readonly canonical: string;
}

/** The rules of a configuration. What the app itself wrote about a name, and the rule that forbids it, are no uses of it. */
export function rulesOf(config: {
  readonly checks: Pick<Config["checks"], "forbid" | "rules">;
  readonly documents: Config["documents"];
}): readonly Rule[] {
  const folders = Object.values(config.documents).filter((value) => typeof value === "string");
  const ours = [CONFIGURATION_PATH, ...folders.map((folder) => `${folder.replace(/\/+$/u, "")}/**`)].map(
    (glob) => `!${glob}`,
  );
  return [...config.checks.forbid, ...config.checks.rules].map((rule) => ({
    ...rule,
    in: [...rule.in, ...ours],
  }));
}

export function compileRules(all: readonly Rule[]): RuleSet {
  const names = all.filter((rule) => "forbid" in rule);
  const rules = names.map((rule, index) => ({
    id: idOf(rule, names.slice(0, index)),
    rule,
    covers: coverage(rule.in),
  }));
  const patterns = all
    .filter((rule) => "language" in rule)
    .map((rule) => {
      // In YAML a sentence may have several lines.
      const message = rule.message.trim().replace(/\s+/gu, " ");
      return { id: rule.id, rule: { ...rule, message }, covers: coverage(rule.in) };
    });
  return { rules, patterns, canonical: canonicalText(rules, patterns) };
}

/** For a cache of results per file: what the findings in one file depend on, besides its bytes and its language. */
export function canonicalText(rules: readonly CompiledRule[], patterns: readonly CompiledPattern[]): string {
  return JSON.stringify([
    ENGINE,
    ...patterns.map(({ rule }) => rule),
    ...rules.map(({ id, rule }) => [
      id,
      rule.forbid,
      rule.use ?? null,
      rule.in,
      rule.unless ?? null,
      rule.because ?? null,
    ]),
  ]);
}

/** Two rules about one name are numbered, so that each finding names its own. */
function idOf(rule: ForbidRule, before: readonly ForbidRule[]): string {
  const same = before.filter(({ forbid }) => forbid === rule.forbid).length;
  return same === 0 ? `forbid ${rule.forbid}` : `forbid ${rule.forbid} (${same + 1})`;
}

/** `!` globs take files away from those that the others name. */
function coverage(globs: readonly string[]): (path: string) => boolean {
  const options = { dot: true, noextglob: true, maxLength: 500 } as const;
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const isWanted = matcher(wanted.length === 0 ? ["**"] : wanted, options);
  const isUnwanted = matcher(unwanted, options);
  return (path) => {
    // A line end in a name is legal in git, but no wildcard matches it: such a file must not slip through.
    const plain = LINE_END.test(path) ? path.replace(/[\r\n\u2028\u2029]/gu, "_") : path;
    return isWanted(plain) && !isUnwanted(plain);
  };
}

const LINE_END = /[\r\n\u2028\u2029]/u;

/** One expression once and for all: what the library does around each for each path takes longer than they do. */
function matcher(
  globs: readonly string[],
  options: { readonly dot: true; readonly noextglob: true; readonly maxLength: number },
): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const expression = new RegExp(globs.map((glob) => picomatch.makeRe(glob, options).source).join("|"));
  return (path) => expression.test(path) || globs.includes(path);
}
