import { expect, it } from "vitest";
import { basisIn, outcomeIn, withOutcome } from "../../../src/checks/with-outcome.ts";

const BASIS = "hotfix/properties;config=1;decisions=2";

it.each([
  { findings: null, failedRules: [] },
  { findings: "1a2b", failedRules: [] },
  { findings: "1a2b", failedRules: ["0a1b2c3d"] },
  { findings: "1a2b", failedRules: ["0a1b2c3d", "4e5f6071"] },
])("what came of a verdict comes back from the id of its run, and the basis without it: %j", (outcome) => {
  const id = withOutcome(BASIS, outcome);
  expect(outcomeIn(id)).toEqual(outcome);
  expect(basisIn(id)).toBe(BASIS);
});
