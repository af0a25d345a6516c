import type { Finding } from "./finding.ts";
import { type Provenance, provenanceOf } from "./provenance.ts";
import type { VerdictInput } from "./verdict-input.ts";

/** A finding with where it comes from and what follows from that. */
export interface JudgedFinding {
  readonly finding: Finding;
  readonly provenance: Provenance;
  readonly fails: boolean;
}

/** Findings with where they come from and whether they fail, by path and place. */
export function judgedFindings(
  input: Pick<VerdictInput, "evaluation" | "changes" | "failOn">,
): readonly JudgedFinding[] {
  return input.evaluation.findings.map((finding) => judge(finding, input));
}

function judge(finding: Finding, input: Pick<VerdictInput, "changes" | "failOn">): JudgedFinding {
  const provenance = provenanceOf(finding, input.changes);
  const fails = provenance === "unknown" || input.failOn.includes(provenance);
  return { finding, provenance, fails: fails && finding.isAdvice !== true };
}

/** In the lines or files of the hotfix. */
export function isOwn({ provenance }: JudgedFinding): boolean {
  return provenance !== "elsewhere";
}
