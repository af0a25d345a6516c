import { BUTTON_ADVICE, hasButton } from "./apply-fix-button.ts";
import { counted } from "../documents/counted.ts";
import { code, inline, link, prose } from "../documents/markdown.ts";
import type { Finding } from "./finding.ts";
import { patternsFound, quotedNamesFound, rulesFound, ruleSizeOf } from "./found-rules.ts";
import { isOwn, type JudgedFinding } from "./judged-findings.ts";
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
    ...advice(failing, warning, incomplete, input),
  ].join("\n\n");
  const budget = MAX_SUMMARY - start.length - end.length - 1_000;
  const first = table(failing, input, budget);
  const second = table(warning, input, budget - first.length);
  return [
    start,
    first,
    ...(second === ""
      ? []
      : [failing.length > 0 ? `Not counted against ${subjectName(input.subject)}:` : "", second]),
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
  const own = warning.filter(isOwn);
  if (own.length > 0) {
    return `Nothing stands in the way, but ${subjectName(subject)} has ${usesThatWarn(own, quotedNamesFound(own, ruleSet))}.`;
  }
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

/** `2 uses of totalAmount that only warn`: `names` as they are to be written. */
export function usesThatWarn(own: readonly JudgedFinding[], names: string): string {
  return `${counted(own.length, "use")} of ${names} that only ${own.length === 1 ? "warns" : "warn"}`;
}

/** What a person does next. Uses that were there before and stand elsewhere are nothing that a hotfix mends. */
function advice(
  failing: readonly JudgedFinding[],
  warning: readonly JudgedFinding[],
  incomplete: readonly string[],
  { ruleSet, subject }: VerdictInput,
): readonly string[] {
  if (failing.length > 0) return instructions(failing, ruleSet);
  if (incomplete.length > 0) {
    const override =
      subject.kind === "pull-request"
        ? ""
        : ", and then writes `/hotfix override properties because <reason>` on the incident";
    return [
      `**What to do:** Take what holds no code of yours out of the rules' \`in\`. At the rest of what is named under "Not checked" a person looks${override}.`,
    ];
  }
  const own = warning.filter(isOwn);
  if (own.length > 0) return instructions(own, ruleSet);
  if (warning.length === 0) return [];
  const where = subject.kind === "back-merge" ? `on ${code(subject.target).markdown}` : "there";
  return [
    `**What to do:** Nothing in ${subjectName(subject)}: it was like this before. Mend it ${where} in a change of its own.`,
    remedies(warning, ruleSet, ".")
      .map((remedy) => `- ${remedy}`)
      .join("\n"),
  ];
}

function instructions(judged: readonly JudgedFinding[], ruleSet: RuleSet): readonly string[] {
  return remedies(judged, ruleSet, ", then push.").map((remedy) => `**What to do:** ${remedy}`);
}

/** One for each rule that found something: what to write instead, how to allow a line, why. */
function remedies(judged: readonly JudgedFinding[], ruleSet: RuleSet, end: string): readonly string[] {
  const why = (because: string | undefined): string =>
    because === undefined ? "" : ` (${inline(because).markdown})`;
  const named = rulesFound(judged, ruleSet).map(({ rule }) => {
    const instead =
      rule.use === undefined
        ? `Remove ${code(rule.forbid).markdown}`
        : `Use ${code(rule.use).markdown} instead of ${code(rule.forbid).markdown}`;
    const unless =
      rule.unless === undefined
        ? ""
        : `, or put the comment ${code(rule.unless).markdown} on the line where it is right`;
    return `${instead}${unless}${end}${why(rule.because)}`;
  });
  const patterns = patternsFound(judged, ruleSet).map(
    ({ rule }) => `${prose(rule.message).markdown}${why(rule.because)}`,
  );
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
