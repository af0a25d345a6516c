import type { Config } from "../config/schema.ts";

/** What the check runs of this app are about: `hotfix/<property>`. */
export type Property = "properties" | "scope" | "tests" | "migrations" | "message" | "review";

/** A check run that a commit must have. */
export interface WantedCheck {
  readonly property: Property;
  /** As GitHub shows it and as branch rules can require it: `hotfix/scope`. One that advises says so: nobody can require it by mistake. */
  readonly name: string;
  /** False: it never fails. */
  readonly blocks: boolean;
}

const PROPERTIES: readonly Property[] = ["properties", "scope", "tests", "migrations", "message", "review"];

/** The check of the code itself, which every pushed commit gets. */
export const CODE_CHECK = checkName("properties", "block");

/**
 * Check runs for the head of a hotfix branch. Of a back-merge branch only the code is checked: all else was settled on the way to production. Of any
 * other pull request, where all of them are guarded, too.
 */
export function wantedChecks(
  checks: Config["checks"],
  subject: "hotfix" | "back-merge" | "pull-request",
): readonly WantedCheck[] {
  const properties = subject === "hotfix" ? PROPERTIES : PROPERTIES.slice(0, 1);
  return properties.flatMap((property) => {
    // Without rules it says that there is none; there is nothing to switch off.
    const mode = property === "properties" ? "block" : checks[property].mode;
    return mode === "off" ? [] : [{ property, name: checkName(property, mode), blocks: mode === "block" }];
  });
}

/** Whether a check run of this app, under any of the names that it may have, is about a property of a commit. */
export function isPropertyCheck(name: string): boolean {
  return PROPERTIES.some((property) =>
    (["block", "advise"] as const).some((mode) => checkName(property, mode) === name),
  );
}

function checkName(property: Property, mode: "block" | "advise"): string {
  return `hotfix/${property}${mode === "advise" ? " (advice)" : ""}`;
}
