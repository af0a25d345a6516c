import { allowedLines, commentsIn, isAllowedWord } from "../allowance.ts";
import type { Finding, Fix, Note } from "../finding.ts";
import { hasGrammar } from "../grammars.ts";
import { type Language, languageName } from "../languages.ts";
import { LineIndex } from "../line-index.ts";
import { isParseable, parseRegions, type Region, type Span, spanOf } from "../regions.ts";
import type { CompiledRule } from "../rule-set.ts";
import { decodeSource, isBinary, mayContain } from "../source-text.ts";
import { goHits } from "./go-forms.ts";
import type { Hit } from "./hit.ts";
import { javaHits } from "./java-forms.ts";
import { cssHits, htmlHits } from "./markup-forms.ts";
import { pythonHits } from "./python-forms.ts";
import { scriptHits } from "./script-forms.ts";
import { wordHits } from "./word-match.ts";

/** What one file gives, without its path: the same for equal bytes, so that it can be kept by blob id. */
export interface FileResult {
  readonly findings: readonly Omit<Finding, "path">[];
  readonly notes: readonly Omit<Note, "path">[];
  /** Findings that were counted but not kept. */
  readonly omitted: number;
}

export const CLEAN: FileResult = { findings: [], notes: [], omitted: 0 };

/** More findings than this of one file are only counted. */
const MAX_FINDINGS_PER_FILE = 1_000;

/** The uses of forbidden names in one file. `rules` are those that cover it. Never throws on account of the bytes. */
export function checkFile(bytes: Uint8Array, language: Language, rules: readonly CompiledRule[]): FileResult {
  const candidates = rules.filter(({ rule }) => mayContain(bytes, rule.forbid));
  if (candidates.length === 0) return CLEAN;
  const { text } = decodeSource(bytes);
  if (language !== "text" && hasGrammar(language) && isParseable(text, language)) {
    return checkCode(text, language, candidates);
  }
  if (isBinary(bytes)) {
    return {
      ...CLEAN,
      notes: [
        {
          sentence: "A binary file: its bytes contain a forbidden name, which may mean nothing.",
          incomplete: false,
        },
      ],
    };
  }
  return checkWords(text, language, candidates);
}

function checkCode(
  text: string,
  language: Exclude<Language, "text">,
  rules: readonly CompiledRule[],
): FileResult {
  const lines = new LineIndex(text);
  const regions = parseRegions(text, language);
  const comments = regions.flatMap(commentsIn);
  const broken = regions.flatMap((region) => (region.role === "expression" ? [] : errorsIn(region)))[0];
  const findings = rules.flatMap((rule) => {
    const allowed =
      rule.rule.unless === undefined
        ? new Set<number>()
        : allowedLines(text, lines, comments, rule.rule.unless);
    return distinct(regions.flatMap((region) => hitsIn(region, rule.rule.forbid)))
      .filter((hit) => !allowed.has(lines.lineAt(hit.start)))
      .map((hit) => toFinding(hit, rule, text, lines, "code"));
  });
  const notes = broken === undefined ? [] : [brokenNote(language, lines.lineAt(broken.start))];
  return limited(findings, notes);
}

function checkWords(text: string, language: Language, rules: readonly CompiledRule[]): FileResult {
  const lines = new LineIndex(text);
  const findings = rules.flatMap((rule) =>
    wordHits(text, rule.rule.forbid)
      .filter(
        (hit) =>
          rule.rule.unless === undefined ||
          !isAllowedWord(text, lines, lines.lineAt(hit.start), rule.rule.unless),
      )
      .map((hit) => toFinding(hit, rule, text, lines, "word")),
  );
  const isWithoutGrammar = language !== "text";
  return limited(
    findings,
    isWithoutGrammar
      ? [
          {
            sentence: `Not parsed as ${languageName(language)}; names in it were matched as words.`,
            incomplete: false,
          },
        ]
      : [],
  );
}

function hitsIn(region: Region, name: string): readonly Hit[] {
  switch (region.grammar) {
    case "JavaScript":
    case "TypeScript":
    case "Tsx":
      return scriptHits(region, name);
    case "Html":
      return htmlHits(region, name);
    case "Css":
      return cssHits(region, name);
    case "python":
      return pythonHits(region, name);
    case "java":
      return javaHits(region, name);
    case "go":
      return goHits(region, name);
  }
}

function errorsIn(region: Region): readonly Span[] {
  const first = region.root.find({ rule: { kind: "ERROR" } });
  return first === null ? [] : [spanOf(first, region)];
}

function brokenNote(language: Language, line: number): Omit<Note, "path"> {
  return {
    sentence: `Does not parse as ${languageName(language)} (line ${line}); checked as far as it can be read.`,
    incomplete: false,
  };
}

/** In the order of the text; a place that two grammars see counts once. */
function distinct(hits: readonly Hit[]): readonly Hit[] {
  const sorted = hits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  return sorted.filter((hit, index) => index === 0 || hit.start !== sorted[index - 1]!.start);
}

function limited(
  findings: readonly Omit<Finding, "path">[],
  notes: readonly Omit<Note, "path">[],
): FileResult {
  return {
    findings: findings.slice(0, MAX_FINDINGS_PER_FILE),
    notes,
    omitted: Math.max(0, findings.length - MAX_FINDINGS_PER_FILE),
  };
}

function toFinding(
  hit: Hit,
  { id, rule }: CompiledRule,
  text: string,
  lines: LineIndex,
  precision: Finding["precision"],
): Omit<Finding, "path"> {
  const instead = rule.use === undefined ? "" : ` Use "${rule.use}" instead.`;
  const how =
    precision === "word" ? " Found as a word: this kind of file is not parsed, so comments count too." : "";
  return {
    rule: id,
    place: lines.place(hit.start, hit.end),
    form: hit.form,
    precision,
    message: `"${rule.forbid}" is forbidden here (${hit.form}).${instead}${how}`,
    because: rule.because ?? null,
    excerpt: lines.excerpt(hit.start),
    fix: fixOf(hit, rule.forbid, rule.use),
  };
}

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
