import type { ForbidRule } from "../config/schema/forbid-rule-schema.ts";

/**
 * The rules of the configuration, and those of the incident for the files that the configuration has no rule about the same name for: what was merged is not
 * said twice, and a rule of the configuration for other files takes nothing away.
 */
export function rulesInForce(
  configured: readonly ForbidRule[],
  own: readonly ForbidRule[],
): readonly ForbidRule[] {
  const left = own.flatMap((rule): readonly ForbidRule[] => {
    const same = configured.filter(({ forbid }) => forbid === rule.forbid);
    if (same.some((each) => covers(each, rule))) return [];
    const elsewhere = same.flatMap((each) => wantedGlobs(each.in)).map((glob) => `!${glob}`);
    return [{ ...rule, in: [...rule.in, ...elsewhere] }];
  });
  return left.length === 0 ? configured : [...configured, ...left];
}

/** Whether a rule of the configuration finds what the other one would. */
export function covers(configured: ForbidRule, rule: ForbidRule): boolean {
  const globs = new Set(wantedGlobs(configured.in));
  return (
    configured.forbid === rule.forbid &&
    (globs.has("**") || wantedGlobs(rule.in).every((glob) => globs.has(glob)))
  );
}

function wantedGlobs(globs: readonly string[]): readonly string[] {
  return globs.filter((glob) => !glob.startsWith("!"));
}
