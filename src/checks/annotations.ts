import type { JudgedFinding } from "./judged-findings.ts";

/** As GitHub's checks API takes it. Plain text, no Markdown. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  /** Only where the annotation stays on one line, as GitHub demands. */
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** GitHub takes this many in one request. */
export const ANNOTATION_BATCH = 50;

/** More are only listed in the summary: the page of a pull request does not get better by them, and each batch is a request. */
const MAX_ANNOTATIONS = 200;

/** In the order given, which must not change between two passes: an interrupted upload goes on from its count. */
export function annotationsOf(judged: readonly JudgedFinding[]): readonly Annotation[] {
  return judged
    .filter(({ finding }) => isAnnotatable(finding.path))
    .slice(0, MAX_ANNOTATIONS)
    .map(({ finding, fails }) => {
      const { line, endLine, column, endColumn } = finding.place;
      return {
        path: finding.path,
        start_line: line,
        end_line: endLine,
        // GitHub counts the last column in.
        ...(line === endLine ? { start_column: column, end_column: Math.max(column, endColumn - 1) } : {}),
        annotation_level: fails ? ("failure" as const) : ("warning" as const),
        title: finding.rule.slice(0, 255),
        message: messageOf(finding.message, finding.because),
      };
    });
}

/** One bad path would refuse the whole batch; such a finding stands in the summary. */
function isAnnotatable(path: string): boolean {
  return !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(path);
}

function messageOf(message: string, because: string | null): string {
  return because === null ? message : `${message}\nWhy: ${because}`;
}
