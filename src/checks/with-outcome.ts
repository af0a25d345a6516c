/** What came of a verdict, as the id of its run carries it behind what the verdict derives from. */
export interface Outcome {
  /** Fingerprint of what stands in the way; null: nothing does. */
  readonly findings: string | null;
  /** Marks of rules that failed and name an incident as their reason: `rule-mark.ts`. */
  readonly failedRules: readonly string[];
}

/** The id of a run: `hotfix/properties;config=...;findings=1a2b3c4d;failed=0a1b2c3d.4e5f6071`. */
export function withOutcome(basis: string, { findings, failedRules }: Outcome): string {
  return [
    basis,
    ...(findings === null ? [] : [`findings=${findings}`]),
    ...(failedRules.length === 0 ? [] : [`failed=${failedRules.join(".")}`]),
  ].join(";");
}

/** The id without what came of the verdict. */
export function basisIn(externalId: string): string {
  return externalId.replace(/(?:;findings=\w+)?(?:;failed=[\w.]+)?$/u, "");
}

export function outcomeIn(externalId: string): Outcome {
  return {
    findings: /(?:^|;)findings=(\w+)/u.exec(externalId)?.[1] ?? null,
    failedRules: /(?:^|;)failed=([\w.]+)/u.exec(externalId)?.[1]?.split(".") ?? [],
  };
}
