import { counted } from "../documents/counted.ts";
import { code, fence, plain, prose, type SafeMarkdown } from "../documents/markdown.ts";
import type { Annotation } from "./annotations.ts";
import type { PropertyFinding } from "./property-finding.ts";
import type { Verdict } from "./verdict.ts";

/** GitHub's limit for a summary is 65,535; what is around the list fits in the rest. */
const LIST_BUDGET = 50_000;
const MAX_ANNOTATIONS = 200;
const MAX_TEXTS = 5;

export interface PropertyReport {
  /** `scope`. */
  readonly property: string;
  readonly findings: readonly PropertyFinding[];
  /** The sentence where there is no finding, such as "The change comes with a test." */
  readonly passed: string;
  /** What kept the app from looking at all of it, one plain sentence each. */
  readonly limits: readonly string[];
  /** What else is worth reading, each a list item of safe Markdown without its dash. */
  readonly details: readonly SafeMarkdown[];
}

/** What a property found as a check run. `blocks` false: it says the same and stands in nobody's way. */
export function propertyVerdict(report: PropertyReport, blocks: boolean): Verdict {
  const { property, findings, passed, limits, details } = report;
  const failures = findings.filter(({ level }) => level === "failure");
  const warnings = findings.filter(({ level }) => level === "warning");
  const [first] = [...failures, ...warnings];
  const others = findings.length - 1;
  const title =
    first === undefined
      ? (limits[0] ?? passed)
      : `${first.sentence}${others > 0 ? ` And ${others} more.` : ""}`;
  const annotations = [...failures, ...warnings].flatMap((finding) => annotationOf(finding, blocks));
  return {
    conclusion: conclusionOf(failures.length, warnings.length, limits.length, blocks),
    title: plain(title.replaceAll("`", "")),
    summary: [
      `**${headline(failures.length, warnings.length, limits.length, blocks)}**${first === undefined ? "" : ` ${placed(first)}`}`,
      ...(first === undefined
        ? limits.length > 0 && blocks
          ? [lookYourself(property), prose(passed).markdown]
          : [prose(passed).markdown]
        : [`**What to do:** ${prose(first.nextStep).markdown}`]),
      ...texts([...failures, ...warnings]),
      // One has been told already.
      findings.length > 1 ? list([...failures, ...warnings]) : "",
      ...limits.map((limit) => `- Not checked: ${prose(limit).markdown}`),
      details.map(({ markdown }) => `- ${markdown}`).join("\n"),
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    annotations: annotations.slice(0, MAX_ANNOTATIONS),
    blockers: blocks
      ? [...failures.map(({ code, path, sentence }) => `${code} ${path ?? ""} ${sentence}`), ...limits]
      : [],
  };
}

function lookYourself(property: string): string {
  return `**What to do:** A person looks at what was not checked, and then writes \`/hotfix override ${property} because <reason>\` on the incident.`;
}

function conclusionOf(
  failures: number,
  warnings: number,
  limits: number,
  blocks: boolean,
): Verdict["conclusion"] {
  if (failures > 0 && blocks) return "failure";
  if (limits > 0 && blocks) return "action_required";
  return failures + warnings + limits > 0 ? "neutral" : "success";
}

function headline(failures: number, warnings: number, limits: number, blocks: boolean): string {
  if (failures > 0) {
    const things = counted(failures, "thing");
    return blocks
      ? `Not ready: ${things} ${failures === 1 ? "stands" : "stand"} in the way.`
      : `Advice: ${things} could be better.`;
  }
  if (limits > 0) return "Not proven: some of it could not be checked.";
  return warnings > 0 ? "Nothing stands in the way, but look at this." : "Passed.";
}

/** Markdown: the finding, and where it is. */
function placed({ path, line, sentence }: PropertyFinding): string {
  const where = path === null ? "" : `${code(line === null ? path : `${path}:${line}`).markdown}: `;
  return `${where}${prose(sentence).markdown}`;
}

/** Texts to copy, of those findings that come with one. */
function texts(findings: readonly PropertyFinding[]): readonly string[] {
  return findings
    .flatMap(({ text }) => text ?? [])
    .slice(0, MAX_TEXTS)
    .map((text) => fence(text, "text").markdown);
}

function list(findings: readonly PropertyFinding[]): string {
  const lines: string[] = [];
  let length = 0;
  for (const finding of findings) {
    const text = `- ${placed(finding)} ${prose(finding.nextStep).markdown}`;
    length += text.length + 1;
    if (length > LIST_BUDGET) {
      lines.push(`- ${findings.length - lines.length} more did not fit on this page.`);
      break;
    }
    lines.push(text);
  }
  return lines.join("\n");
}

function annotationOf(finding: PropertyFinding, blocks: boolean): readonly Annotation[] {
  const { path, line, level, code: title, sentence, nextStep } = finding;
  if (path === null || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(path)) return [];
  const at = line ?? 1;
  return [
    {
      path,
      start_line: at,
      end_line: at,
      annotation_level: blocks ? level : "warning",
      title,
      message: `${sentence} ${nextStep}`,
    },
  ];
}
