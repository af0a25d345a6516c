import type { SgNode, SgRoot } from "@ast-grep/napi";
import { allowedLines, commentMatchers, isAllowedWord, isComment } from "../allowance.ts";
import { CLEAN, type FileResult, leftToPeople } from "../file-result.ts";
import type { FileTask } from "../file-task.ts";
import type { Finding, Note } from "../finding.ts";
import { hasGrammar } from "../grammars.ts";
import { type Grammar, grammarOf, type Language, languageName } from "../languages.ts";
import { LineIndex } from "../line-index.ts";
import { lengthOf, regionsOf } from "../regions-of.ts";
import { isParseable, isTooLong, type Region, type Span, spanOf } from "../regions.ts";
import type { CompiledPattern, CompiledRule } from "../rule-set.ts";
import { decodeSource, isBinary, mayContain } from "../source-text.ts";
import { brokenHits } from "./broken-hits.ts";
import { goForms } from "./go-forms.ts";
import type { Forms, Hit } from "./hit.ts";
import { javaForms } from "./java-forms.ts";
import { cssForms, htmlForms } from "./markup-forms.ts";
import { Neighbours } from "./neighbours.ts";
import { patternResult } from "./pattern-rules.ts";
import { pythonForms } from "./python-forms.ts";
import { scriptForms } from "./script-forms.ts";
import { type Source, toFinding } from "./to-finding.ts";
import { wordHits } from "./word-hits.ts";

/** More findings than this of one file are only counted. */
const MAX_FINDINGS_PER_FILE = 1_000;

/** Code that contains a forbidden name somewhere, and must be parsed to tell what it is there. */
export interface Candidate {
  readonly text: string;
  readonly language: Language;
  readonly grammar: Grammar;
  readonly rules: readonly CompiledRule[];
  readonly patterns: readonly CompiledPattern[];
  /** Whether the file can be written back as it is. */
  readonly isLossless: boolean;
}

/** Everything that can be said of a file without parsing it, which is nearly always everything. `rules` are those that cover it. */
export function lookAt(
  bytes: Uint8Array,
  { language, rules, patterns }: FileTask,
):
  | { readonly kind: "done"; readonly result: FileResult }
  | { readonly kind: "parse"; readonly candidate: Candidate } {
  const named = rules.filter(({ rule }) => mayContain(bytes, rule.forbid));
  if (named.length + patterns.length === 0) return { kind: "done", result: CLEAN };
  const { text, isLossless } = decodeSource(bytes);
  const grammar = grammarOf(language);
  if (grammar !== null && hasGrammar(grammar) && isParseable(text, grammar) && canBeJudged(text, named)) {
    return { kind: "parse", candidate: { text, language, grammar, rules: named, patterns, isLossless } };
  }
  return { kind: "done", result: isBinary(bytes) ? BINARY : checkWords(text, language, named, patterns) };
}

/**
 * Each use is judged by what it stands in, at worst by everything before it: `a.x.x.x` is as deep as it is long. A step takes about a fifth of a microsecond, so
 * that a file takes some ten seconds at the most. A file of 100 kB may hold a thousand uses.
 */
const MOST_STEPS = 100_000_000;

function canBeJudged(text: string, rules: readonly CompiledRule[]): boolean {
  let left = MOST_STEPS / (text.length + 1);
  for (const { rule } of rules) {
    for (let at = text.indexOf(rule.forbid); at !== -1; at = text.indexOf(rule.forbid, at + 1)) {
      left -= 1;
      if (left < 0) return false;
    }
  }
  return true;
}

const BINARY: FileResult = {
  ...CLEAN,
  notes: [
    {
      sentence: "A binary file: its bytes contain a forbidden name, which may mean nothing.",
      incomplete: false,
    },
  ],
};

/** What a tree takes however short its text is, in characters of text. */
const TREE_CHARACTERS = 200;

/** `parsed` is told how much text was parsed besides the file itself. */
export function checkCandidate(
  candidate: Candidate,
  root: SgRoot,
  parsed: (characters: number) => void = () => undefined,
): FileResult {
  const { text, language, rules, patterns, isLossless } = candidate;
  const lines = new LineIndex(text);
  const regions = regionsOf(root, language);
  if (regions === null) return checkWords(text, language, rules, patterns);
  for (const region of regions.slice(1)) parsed(lengthOf(region) + TREE_CHARACTERS);
  const { hits, comments, broken } = scan(text, regions, rules, patterns);
  const known = new Map<string, ReadonlySet<number>>();
  const allowed = (unless: string): ReadonlySet<number> => {
    const free = known.get(unless) ?? allowedLines(text, lines, comments, unless);
    known.set(unless, free);
    return free;
  };
  const uses = rules.flatMap((rule) => {
    const { forbid, unless } = rule.rule;
    const free = unless === undefined ? new Set<number>() : allowed(unless);
    return hits
      .filter((hit) => hit.name === forbid && !free.has(lines.lineAt(hit.start)))
      .map((hit) => ({ hit, rule }));
  });
  const matched = patternResult(regions, patterns, allowed, lines);
  const notes = broken === null ? [] : [brokenNote(language, lines.lineAt(broken.start))];
  const source = { text, lines, precision: "code" } as const;
  const result = limited(uses, matched.findings, [...notes, ...matched.notes], source);
  return isLossless ? result : leftToPeople(result, NOT_UTF_8);
}

const NOT_UTF_8 = "Not valid UTF-8, so a person mends it: nothing is replaced in it.";

interface FoundHit extends Hit {
  /** Where the parser gave up there is none. */
  readonly node?: SgNode;
}

interface Scan {
  /** In the order of the text; a place that two grammars see counts once. */
  readonly hits: readonly FoundHit[];
  /** Those that may allow a line. */
  readonly comments: readonly Span[];
  /** Where the file first stops being its language. */
  readonly broken: Span | null;
}

function scan(
  text: string,
  regions: readonly Region[],
  rules: readonly CompiledRule[],
  patterns: readonly CompiledPattern[],
): Scan {
  const names = [...new Set(rules.map(({ rule }) => rule.forbid))];
  const phrases = [...new Set([...rules, ...patterns].flatMap(({ rule }) => rule.unless ?? []))].filter(
    (phrase) => text.includes(phrase),
  );
  const wanted = new Set(names);
  const hits: FoundHit[] = [];
  const comments: Span[] = [];
  const broken: Span[] = [];
  for (const region of regions) {
    const forms = formsOf(region.grammar);
    const any = [
      ...(names.length === 0 ? [] : forms.candidates(names)),
      ...commentMatchers(region.grammar, phrases),
      { kind: "ERROR" },
    ];
    const errors: Span[] = [];
    const judged = new Set<number>();
    for (const node of region.root.findAll({ rule: { any } })) {
      const span = spanOf(node, region);
      if (node.kind() === "ERROR") {
        if (region.role === "file" || region.role === "embedded") errors.push(span);
      } else if (isComment(node)) comments.push(span);
      else {
        judged.add(span.start);
        hits.push(...forms.hitsOf(node, region, wanted).map((hit) => ({ ...hit, node })));
      }
    }
    hits.push(...brokenHits(region, errors, judged, names));
    broken.push(...errors);
  }
  const sorted = hits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  return {
    hits: sorted.filter((hit, index) => index === 0 || hit.start !== sorted[index - 1]!.start),
    comments,
    broken: broken[0] ?? null,
  };
}

function checkWords(
  text: string,
  language: Language,
  rules: readonly CompiledRule[],
  patterns: readonly CompiledPattern[],
): FileResult {
  const lines = new LineIndex(text);
  const uses = rules.flatMap((rule) => {
    const { forbid, unless } = rule.rule;
    const known = new Map<number, boolean>();
    const isAllowed = (line: number, phrase: string): boolean => {
      const answer = known.get(line) ?? isAllowedWord(text, lines, line, phrase);
      known.set(line, answer);
      return answer;
    };
    return wordHits(text, forbid)
      .filter((hit) => unless === undefined || !isAllowed(lines.lineAt(hit.start), unless))
      .map((hit) => ({ hit, rule }));
  });
  const unparsed = `Not parsed as ${languageName(language)}${isTooLong(text) ? " (longer than a million characters)" : ""}`;
  const notes = [
    ...(language === "text"
      ? []
      : [{ sentence: `${unparsed}; names in it were matched as words.`, incomplete: false }]),
    ...(patterns.length === 0
      ? []
      : [{ sentence: `${unparsed}, so not looked at for rules with patterns.`, incomplete: true }]),
  ];
  return limited(uses, [], notes, { text, lines, precision: "word" });
}

function formsOf(grammar: Grammar): Forms {
  switch (grammar) {
    case "JavaScript":
    case "TypeScript":
    case "Tsx":
      return scriptForms;
    case "Html":
      return htmlForms;
    case "Css":
      return cssForms;
    case "python":
      return pythonForms;
    case "java":
      return javaForms;
    case "go":
      return goForms;
  }
}

function brokenNote(language: Language, line: number): Omit<Note, "path"> {
  return {
    sentence: `Does not parse as ${languageName(language)} (line ${line}); checked as far as it can be read.`,
    incomplete: false,
  };
}

interface Use {
  readonly hit: FoundHit;
  readonly rule: CompiledRule;
}

/** What is only counted is not worded either. */
function limited(
  uses: readonly Use[],
  matched: readonly Omit<Finding, "path">[],
  notes: readonly Omit<Note, "path">[],
  source: Source,
): FileResult {
  const { text } = source;
  const neighbours = new Neighbours(text, MOST_STEPS / (text.length + 1));
  const kept = uses.slice(0, MAX_FINDINGS_PER_FILE);
  const taken = neighbours.taken(
    kept.map(({ hit, rule: { rule } }) =>
      rule.use === undefined || hit.node === undefined ? null : { hit, node: hit.node, use: rule.use },
    ),
  );
  const findings = kept.map(({ hit, rule }, index) => {
    const { use } = rule.rule;
    const isTaken = use !== undefined && hit.isTaken?.(use) === true;
    return toFinding(hit, rule, isTaken ? "already" : taken[index]!, source);
  });
  return {
    findings: [...findings, ...matched.slice(0, MAX_FINDINGS_PER_FILE - findings.length)],
    notes,
    omitted: Math.max(0, uses.length + matched.length - MAX_FINDINGS_PER_FILE),
  };
}
