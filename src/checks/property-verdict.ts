import { code, plain, prose } from "../documents/markdown.ts";
import type { Annotation } from "./annotations.ts";
import type { PropertyFinding } from "./property-finding.ts";
import type { Verdict } from "./verdict.ts";

/** GitHub's limit for a summary is 65,535; what is around the list fits in the rest. */
const LIST_BUDGET = 60_000;
const MAX_ANNOTATIONS = 200;

/** Findings of one property as a check run. `passed`: the sentence where there is none, such as "The change comes with a test." */
export function propertyVerdict(
  findings: readonly PropertyFinding[],
  passed: string,
  limits: readonly string[] = [],
): Verdict {
  const failures = findings.filter(({ level }) => level === "failure");
  const warnings = findings.filter(({ level }) => level === "warning");
  const [first] = [...failures, ...warnings];
  const conclusion =
    failures.length > 0
      ? "failure"
      : limits.length > 0
        ? "action_required"
        : warnings.length > 0
          ? "neutral"
          : "success";
  const others = findings.length - 1;
  const title =
    first === undefined
      ? (limits[0] ?? passed)
      : `${first.sentence}${others > 0 ? ` And ${others} more.` : ""}`;
  return {
    conclusion,
    title: plain(title.replaceAll("`", "")),
    summary: [
      `**${headline(failures.length, warnings.length, limits.length)}**`,
      ...(first === undefined
        ? [prose(passed).markdown]
        : [`**What to do:** ${prose(first.nextStep).markdown}`]),
      list([...failures, ...warnings]),
      ...limits.map((limit) => `- Not checked: ${prose(limit).markdown}`),
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    annotations: [...failures, ...warnings].flatMap(annotationOf).slice(0, MAX_ANNOTATIONS),
  };
}

function headline(failures: number, warnings: number, limits: number): string {
  if (failures > 0)
    return `Not ready: ${failures} ${failures === 1 ? "thing stands" : "things stand"} in the way.`;
  if (limits > 0) return "Not proven: some of it could not be checked.";
  return warnings > 0 ? "Nothing stands in the way, but look at this." : "Passed.";
}

function list(findings: readonly PropertyFinding[]): string {
  const lines: string[] = [];
  let length = 0;
  for (const { path, line, sentence, nextStep } of findings) {
    const where = path === null ? "" : `${code(line === null ? path : `${path}:${line}`).markdown}: `;
    const text = `- ${where}${prose(sentence).markdown} ${prose(nextStep).markdown}`;
    length += text.length + 1;
    if (length > LIST_BUDGET) {
      lines.push(`- ${findings.length - lines.length} more did not fit on this page.`);
      break;
    }
    lines.push(text);
  }
  return lines.join("\n");
}

function annotationOf({
  path,
  line,
  level,
  code: title,
  sentence,
  nextStep,
}: PropertyFinding): readonly Annotation[] {
  if (path === null || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(path)) return [];
  const at = line ?? 1;
  const message = `${sentence} ${nextStep}`;
  return [{ path, start_line: at, end_line: at, annotation_level: level, title, message }];
}
