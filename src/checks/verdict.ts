import type { Config } from "../config/schema.ts";
import { counted } from "../documents/counted.ts";
import { code, inline, join, link, plain, prose, type SafeMarkdown } from "../documents/markdown.ts";
import { annotationsOf, type Annotation } from "./annotations.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Finding } from "./finding.ts";
import { type ChangedFile, type Provenance, provenanceOf } from "./provenance.ts";
import { ruleMark } from "./rule-mark.ts";
import type { CompiledPattern, CompiledRule, RuleSet } from "./rule-set.ts";

/** What a check run says. */
export interface Verdict {
  readonly conclusion: "success" | "failure" | "neutral" | "action_required";
  /** Plain text, one line. */
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** What stands in the way, each by a text that stays the same while it does, whatever moves around it. None: nothing does. */
  readonly blockers: readonly string[];
  /** Marks of the rules that failed and name an incident as their reason. Absent: none. */
  readonly failedRules?: readonly string[];
  /** Some of what fails can be mended by the button "Apply fix". */
  readonly isFixable?: true;
  /** Where the check is explained. */
  readonly detailsUrl?: string;
}

/** A finding with where it comes from and what follows from that. */
export interface JudgedFinding {
  readonly finding: Finding;
  readonly provenance: Provenance;
  readonly fails: boolean;
}

export interface VerdictInput {
  readonly evaluation: Evaluation;
  readonly ruleSet: RuleSet;
  /** null: no comparison with the target. */
  readonly changes: ReadonlyMap<string, ChangedFile> | null;
  readonly failOn: Config["checks"]["failOn"];
  /** What kept the app from looking at the whole tree, one plain sentence each. Any of them forbids "passed". */
  readonly limits: readonly string[];
  /** For links to the lines. */
  readonly repositoryUrl: string;
  readonly sha: string;
  /** What the commit is on, in words: `this hotfix`, the target of a back-merge, or `this pull request`. */
  readonly subject:
    | { readonly kind: "hotfix" | "pull-request" }
    | { readonly kind: "back-merge"; readonly target: string };
}

/** GitHub's limit for a summary. */
export const MAX_SUMMARY = 65_535;
/** GitHub does not say how long the id of a run may be, which carries them. */
const MOST_MARKS = 3;

export function verdictOf(input: VerdictInput): Verdict {
  const { evaluation, ruleSet } = input;
  if (ruleSizeOf(ruleSet) === 0) return NO_RULES;
  const judged = judgedFindings(input);
  const failing = judged.filter(({ fails }) => fails);
  const warning = judged.filter(({ fails }) => !fails);
  const incomplete = [
    ...input.limits,
    ...evaluation.notes.filter((note) => note.incomplete).map((note) => `${note.path}: ${note.sentence}`),
  ];
  // Elsewhere the app changes nobody's branch.
  const isOurs = input.subject.kind !== "pull-request";
  const conclusion =
    failing.length > 0
      ? "failure"
      : incomplete.length > 0
        ? "action_required"
        : warning.length > 0
          ? "neutral"
          : "success";
  const failedRules = marksOf(failing, ruleSet);
  return {
    conclusion,
    title: plain(titleOf(failing, warning, incomplete, input)),
    summary: summaryOf(failing, warning, incomplete, input),
    annotations: annotationsOf([...failing, ...warning]),
    blockers: [
      ...failing.map(({ finding }) => `${finding.rule} ${finding.path} ${finding.excerpt}`),
      ...incomplete,
    ],
    ...(failedRules.length > 0 && { failedRules }),
    ...(isOurs && failing.some(({ finding }) => finding.fix !== null) && { isFixable: true }),
  };
}

/** Findings with where they come from and whether they fail, by path and place. */
export function judgedFindings(
  input: Pick<VerdictInput, "evaluation" | "changes" | "failOn">,
): readonly JudgedFinding[] {
  return input.evaluation.findings.map((finding) => judge(finding, input));
}

/** For a repository whose configuration is wrong, with no earlier revision in force. */
export function configurationVerdict(problems: readonly string[]): Verdict {
  return {
    conclusion: "action_required",
    title: "The configuration is wrong, so nothing was checked",
    summary: [
      "**Nothing was checked: `.github/hotfix.yml` is wrong and no earlier revision of it is valid.**",
      "Correct it on the default branch; the check then runs by itself.",
      ...problems.map((problem) => `- ${prose(problem).markdown}`),
    ].join("\n\n"),
    annotations: [],
    blockers: [],
  };
}

const NO_RULES: Verdict = {
  conclusion: "neutral",
  title: "No rule is configured",
  summary:
    "**Nothing was checked: no rule is configured.**\n\nAdd one under `checks.forbid` in `.github/hotfix.yml` on the default branch.",
  annotations: [],
  blockers: [],
};

function judge(finding: Finding, input: Pick<VerdictInput, "changes" | "failOn">): JudgedFinding {
  const provenance = provenanceOf(finding, input.changes);
  const fails = provenance === "unknown" || input.failOn.includes(provenance);
  return { finding, provenance, fails: fails && finding.isAdvice !== true };
}

function titleOf(
  failing: readonly JudgedFinding[],
  warning: readonly JudgedFinding[],
  incomplete: readonly string[],
  { evaluation, ruleSet, subject }: VerdictInput,
): string {
  const names = namesOf(failing.length > 0 ? failing : warning, ruleSet);
  const more = evaluation.omitted > 0 ? "more than " : "";
  if (failing.length > 0) return `${more}${counted(failing.length, "forbidden use")} of ${names}`;
  if (incomplete.length > 0) return "Not everything could be checked";
  if (warning.length > 0) {
    const where = subject.kind === "back-merge" ? subject.target : `Code outside ${nameOf(subject)}`;
    return `${where} still contains ${more}${counted(warning.length, "use")} of ${names}`;
  }
  return `Clean: ${counted(evaluation.filesChecked, "file")}, ${counted(ruleSizeOf(ruleSet), "rule")}`;
}

function summaryOf(
  failing: readonly JudgedFinding[],
  warning: readonly JudgedFinding[],
  incomplete: readonly string[],
  input: VerdictInput,
): string {
  const { evaluation, ruleSet } = input;
  const end = [
    ...section(
      "Not checked",
      incomplete.slice(0, 50).map((sentence) => `- ${prose(sentence).markdown}`),
    ),
    ...section("Worth knowing", worthKnowing(input).slice(0, 50)),
    `Checked ${counted(evaluation.filesChecked, "file")} with ${counted(ruleSizeOf(ruleSet), "rule")}.${
      evaluation.omitted > 0
        ? ` ${counted(evaluation.omitted, "further finding")} in the same files: only counted.`
        : ""
    }`,
  ].join("\n\n");
  const start = [
    `**${headline(failing, warning, incomplete, input)}**`,
    ...advice(failing, warning, ruleSet),
  ].join("\n\n");
  const budget = MAX_SUMMARY - start.length - end.length - 1_000;
  const first = table(failing, input, budget);
  const second = table(warning, input, budget - first.length);
  return [
    start,
    first,
    ...(second === ""
      ? []
      : [failing.length > 0 ? `Elsewhere, not counted against ${nameOf(input.subject)}:` : "", second]),
    end,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The verdict in one sentence: what a tired person reads. */
function headline(
  failing: readonly JudgedFinding[],
  warning: readonly JudgedFinding[],
  incomplete: readonly string[],
  { subject, ruleSet, changes }: VerdictInput,
): string {
  if (failing.length > 0) {
    const introduced = failing.filter(({ provenance }) => provenance === "introduced").length;
    const left = failing.length - introduced;
    const parts = [
      ...(introduced > 0 ? [`${introduced} introduced by ${nameOf(subject)}`] : []),
      ...(left > 0 && changes !== null ? [`${left} left in the code it answers for`] : []),
    ];
    const detail = parts.length === 0 ? "" : ` (${parts.join(", ")})`;
    return `Not ready: ${counted(failing.length, "forbidden use")} of ${quotedNames(failing, ruleSet)}${detail}.`;
  }
  if (incomplete.length > 0) return "Not proven: some of the code could not be checked.";
  if (warning.length > 0) {
    const where =
      subject.kind === "back-merge" ? code(subject.target).markdown : "Nothing here is new, but other code";
    return `${where} still contains ${counted(warning.length, "use")} of ${quotedNames(warning, ruleSet)}.`;
  }
  return "Passed: no forbidden code.";
}

/** One line per rule that found something: what to write instead, how to allow a line. */
function advice(
  failing: readonly JudgedFinding[],
  warning: readonly JudgedFinding[],
  ruleSet: RuleSet,
): readonly string[] {
  const shown = failing.length > 0 ? failing : warning;
  const patterns = patternsOf(shown, ruleSet).map(({ rule }) => {
    const because = rule.because === undefined ? "" : ` (${inline(rule.because).markdown})`;
    return `**What to do:** ${prose(rule.message).markdown}${because}`;
  });
  const named = rulesOf(shown, ruleSet).map(({ rule }) => {
    const instead =
      rule.use === undefined
        ? `Remove ${code(rule.forbid).markdown}`
        : `Use ${code(rule.use).markdown} instead of ${code(rule.forbid).markdown}`;
    const unless =
      rule.unless === undefined
        ? ""
        : `, or put the comment ${code(rule.unless).markdown} on the line where it is right`;
    const because = rule.because === undefined ? "" : ` (${inline(rule.because).markdown})`;
    return `**What to do:** ${instead}${unless}, then push.${because}`;
  });
  return [...named, ...patterns];
}

function table(judged: readonly JudgedFinding[], input: VerdictInput, budget: number): string {
  if (judged.length === 0) return "";
  const rows = judged.map(({ finding, provenance }) => row(finding, provenance, input));
  const head = "| Where | Found | Line |\n| --- | --- | --- |";
  const shown: string[] = [];
  let length = head.length;
  for (const line of rows) {
    length += line.length + 1;
    if (length > budget) break;
    shown.push(line);
  }
  const hidden = rows.length - shown.length;
  const rest = hidden === 0 ? "" : `\n\n${counted(hidden, "more finding")} did not fit on this page.`;
  return shown.length === 0 ? rest.trim() : `${[head, ...shown].join("\n")}${rest}`;
}

function row(finding: Finding, provenance: Provenance, { repositoryUrl, sha }: VerdictInput): string {
  const path = finding.path.split("/").map(encodeURIComponent).join("/");
  const url = `${repositoryUrl}/blob/${sha}/${path}#L${finding.place.line}`;
  const where = link(code(`${finding.path}:${finding.place.line}`), url, repositoryUrl);
  const what = finding.precision === "word" ? "as a word, in a file that is not parsed" : finding.form;
  const found = provenance === "unknown" ? what : `${provenance}: ${what}`;
  return `| ${where.markdown} | ${inline(found).markdown} | ${code(finding.excerpt).markdown} |`;
}

function worthKnowing({ evaluation }: VerdictInput): readonly string[] {
  return evaluation.notes
    .filter((note) => !note.incomplete)
    .map((note) => `- ${code(note.path).markdown}: ${prose(note.sentence).markdown}`);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`**${title}**`, lines.join("\n")];
}

function nameOf({ kind }: VerdictInput["subject"]): string {
  return kind === "pull-request" ? "this pull request" : "this hotfix";
}

function rulesOf(judged: readonly JudgedFinding[], ruleSet: RuleSet): readonly CompiledRule[] {
  const ids = new Set(judged.map(({ finding }) => finding.rule));
  return ruleSet.rules.filter(({ id }) => ids.has(id));
}

function patternsOf(judged: readonly JudgedFinding[], ruleSet: RuleSet): readonly CompiledPattern[] {
  const ids = new Set(judged.map(({ finding }) => finding.rule));
  return ruleSet.patterns.filter(({ id }) => ids.has(id));
}

function marksOf(judged: readonly JudgedFinding[], ruleSet: RuleSet): readonly string[] {
  const rules = [...rulesOf(judged, ruleSet), ...patternsOf(judged, ruleSet)].map(({ rule }) => rule);
  return [...new Set(rules.map(ruleMark).filter((mark) => mark !== null))].slice(0, MOST_MARKS);
}

/** What was found, by the names that rules give it. */
function foundNames(judged: readonly JudgedFinding[], ruleSet: RuleSet): readonly string[] {
  return [
    ...new Set([
      ...rulesOf(judged, ruleSet).map(({ rule }) => rule.forbid),
      ...patternsOf(judged, ruleSet).map(({ id }) => id),
    ]),
  ];
}

function ruleSizeOf({ rules, patterns }: RuleSet): number {
  return rules.length + patterns.length;
}

function namesOf(judged: readonly JudgedFinding[], ruleSet: RuleSet): string {
  return namedShortly(foundNames(judged, ruleSet));
}

function quotedNames(judged: readonly JudgedFinding[], ruleSet: RuleSet): string {
  const names: readonly SafeMarkdown[] = foundNames(judged, ruleSet).map(code);
  return names.length <= 3
    ? join(names, ", ").markdown
    : `${join(names.slice(0, 3), ", ").markdown} and ${names.length - 3} more`;
}

function namedShortly(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}
