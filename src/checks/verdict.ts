import { hasButton } from "./apply-fix-button.ts";
import { counted } from "../documents/counted.ts";
import { plain, prose } from "../documents/markdown.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import { namesFound, patternsFound, rulesFound, ruleSizeOf } from "./found-rules.ts";
import { isOwn, type JudgedFinding, judgedFindings } from "./judged-findings.ts";
import { ruleMark } from "./rule-mark.ts";
import type { RuleSet } from "./rule-set.ts";
import { subjectName, type VerdictInput } from "./verdict-input.ts";
import { summaryOf, usesThatWarn } from "./verdict-summary.ts";

/** What a check run says. */
export interface Verdict {
  readonly conclusion: "success" | "failure" | "neutral" | "action_required";
  /** Plain text, one line. */
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** What stands in the way, each by a text that stays the same while it does, whatever moves around it. Two may have one text. None: nothing does. */
  readonly blockers: readonly string[];
  /** Marks of the rules that failed and name an incident as their reason. Absent: none. */
  readonly failedRules?: readonly string[];
  /** Some of what fails can be mended by the button "Apply fix". */
  readonly isFixable?: true;
  /** Where the check is explained. */
  readonly detailsUrl?: string;
}

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
      ...(failing.length > 0 && evaluation.omitted > 0 ? [`${evaluation.omitted} only counted`] : []),
      ...incomplete,
    ],
    ...(failedRules.length > 0 && { failedRules }),
    ...(hasButton(input.subject) &&
      failing.some(({ finding }) => finding.fix !== null) && { isFixable: true }),
  };
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

function titleOf(
  failing: readonly JudgedFinding[],
  warning: readonly JudgedFinding[],
  incomplete: readonly string[],
  { evaluation, ruleSet, subject }: VerdictInput,
): string {
  const own = warning.filter(isOwn);
  const names = namesFound(failing.length > 0 ? failing : own.length > 0 ? own : warning, ruleSet);
  const more = evaluation.omitted > 0 ? "more than " : "";
  if (failing.length > 0) return `${more}${counted(failing.length, "forbidden use")} of ${names}`;
  if (incomplete.length > 0) return "Not everything could be checked";
  if (own.length > 0) return `${usesThatWarn(own, names)} in ${subjectName(subject)}`;
  if (warning.length > 0) {
    const where = subject.kind === "back-merge" ? subject.target : `Code outside ${subjectName(subject)}`;
    return `${where} still contains ${more}${counted(warning.length, "use")} of ${names}`;
  }
  return `Clean: ${counted(evaluation.filesChecked, "file")}, ${counted(ruleSizeOf(ruleSet), "rule")}`;
}

function marksOf(judged: readonly JudgedFinding[], ruleSet: RuleSet): readonly string[] {
  const rules = [...rulesFound(judged, ruleSet), ...patternsFound(judged, ruleSet)].map(({ rule }) => rule);
  return [...new Set(rules.map(ruleMark).filter((mark) => mark !== null))].slice(0, MOST_MARKS);
}
