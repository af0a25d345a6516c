import { BUTTON_ADVICE, hasButton } from "./apply-fix-button.ts";
import { counted } from "../documents/counted.ts";
import { code, inline, link, prose } from "../documents/markdown.ts";
import type { Finding } from "./finding.ts";
import { patternsFound, quotedNamesFound, rulesFound, ruleSizeOf } from "./found-rules.ts";
import type { JudgedFinding } from "./judged-findings.ts";
import type { Provenance } from "./provenance.ts";
import type { RuleSet } from "./rule-set.ts";
import { subjectName, type VerdictInput } from "./verdict-input.ts";
import { pathInUrl } from "../incident/path-in-url.ts";

/** GitHub's limit for a summary. */
export const MAX_SUMMARY = 65_535;

/** Markdown: the headline, what to do, one table for what fails and one for what only warns, what was not checked. */
export function summaryOf(
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
    ...quickest(failing, input),
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
      : [failing.length > 0 ? `Elsewhere, not counted against ${subjectName(input.subject)}:` : "", second]),
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
      ...(introduced > 0 ? [`${introduced} introduced by ${subjectName(subject)}`] : []),
      ...(left > 0 && changes !== null ? [`${left} left in the code it answers for`] : []),
    ];
    const detail = parts.length === 0 ? "" : ` (${parts.join(", ")})`;
    return `Not ready: ${counted(failing.length, "forbidden use")} of ${quotedNamesFound(failing, ruleSet)}${detail}.`;
  }
  if (incomplete.length > 0) return "Not proven: some of the code could not be checked.";
  if (warning.length > 0) {
    const where =
      subject.kind === "back-merge" ? code(subject.target).markdown : "Nothing here is new, but other code";
    return `${where} still contains ${counted(warning.length, "use")} of ${quotedNamesFound(warning, ruleSet)}.`;
  }
  return "Passed: no forbidden code.";
}

/** Where there is a button. */
function quickest(failing: readonly JudgedFinding[], { subject }: VerdictInput): readonly string[] {
  const fixable = failing.filter(({ finding }) => finding.fix !== null).length;
  if (fixable === 0 || !hasButton(subject)) return [];
  const which = fixable < failing.length ? `${fixable} of them` : fixable === 1 ? "it" : "all of them";
  return [`${BUTTON_ADVICE} ${which} and commits that.`];
}

/** One line per rule that found something: what to write instead, how to allow a line. */
function advice(
  failing: readonly JudgedFinding[],
  warning: readonly JudgedFinding[],
  ruleSet: RuleSet,
): readonly string[] {
  const shown = failing.length > 0 ? failing : warning;
  const patterns = patternsFound(shown, ruleSet).map(({ rule }) => {
    const because = rule.because === undefined ? "" : ` (${inline(rule.because).markdown})`;
    return `**What to do:** ${prose(rule.message).markdown}${because}`;
  });
  const named = rulesFound(shown, ruleSet).map(({ rule }) => {
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
  const path = pathInUrl(finding.path);
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
