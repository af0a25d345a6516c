import picomatch from "picomatch";
import type { Config } from "../../config/schema.ts";
import type { Change } from "../change-list.ts";
import type { OtherCheck } from "../commit-state.ts";
import type { PropertyFinding } from "../property-finding.ts";

type TestsSettings = Config["checks"]["tests"];

/** Whether the change comes with a test, and what the repository's other required checks say. */
export function testsFindings(
  changes: readonly Change[],
  checks: readonly OtherCheck[],
  settings: TestsSettings,
): readonly PropertyFinding[] {
  const isTest = picomatch([...settings.tests], GLOBS);
  const isCode = picomatch([...settings.code], GLOBS);
  const hasCode = changes.some(({ path }) => isCode(path) && !isTest(path));
  const removed = changes.filter(({ path, status }) => status === "removed" && isTest(path));
  return [
    ...(hasCode && !hasTest(changes, settings) ? [MISSING] : []),
    ...removed.map(({ path }) => removedTest(path)),
    ...checks.filter(({ isRequired }) => isRequired).flatMap(otherFinding),
  ];
}

/** What is said where nothing is found. */
export function testsPassed(changes: readonly Change[], settings: TestsSettings): string {
  return hasTest(changes, settings)
    ? "The change comes with a test."
    : "No code is changed, so no test is asked for.";
}

function hasTest(changes: readonly Change[], { tests }: TestsSettings): boolean {
  const isTest = picomatch([...tests], GLOBS);
  return changes.some(({ path, status, additions }) => status !== "removed" && isTest(path) && additions > 0);
}

const GLOBS = { dot: true, noextglob: true } as const;

const MISSING: PropertyFinding = {
  code: "no-test",
  level: "failure",
  path: null,
  line: null,
  sentence: "The change comes without a test.",
  nextStep: "Add the test that fails without the fix, or change the one that should have failed.",
};

function removedTest(path: string): PropertyFinding {
  return {
    code: "test-removed",
    level: "warning",
    path: null,
    line: null,
    sentence: `The test \`${path}\` is removed.`,
    nextStep: "Make sure that it does not test what is being fixed.",
  };
}

function otherFinding({ name, status, conclusion }: OtherCheck): readonly PropertyFinding[] {
  const about = { path: null, line: null } as const;
  if (status !== "completed") {
    return [
      {
        ...about,
        code: "check-running",
        level: "warning",
        sentence: `The required check \`${name}\` has not ended.`,
        nextStep: "Wait for it.",
      },
    ];
  }
  if (["success", "neutral", "skipped"].includes(conclusion ?? "")) return [];
  return [
    {
      ...about,
      code: "check-failed",
      level: "failure",
      sentence: `The required check \`${name}\` says ${conclusion ?? "nothing"}.`,
      nextStep: "Look at its log.",
    },
  ];
}
