import { describe, expect, it } from "vitest";
import { problemIn, problemSaidIn } from "../../../src/incident/problem-in.ts";
import { saying } from "../../../src/incident/say.ts";

const what = saying("Creating the branch {branch}", { branch: "hotfix/7-{rule}" });
const problem = problemIn({
  code: "rule-violation",
  sentence: saying("{what} was refused by a rule of the repository: {rule}", {
    what,
    rule: "{what} $& signed",
  }),
  nextStep: saying("Unlock the conversation"),
  transient: false,
});

describe("what GitHub refused", () => {
  it("is in English until the language is known, and then in that, what it is about included", () => {
    expect(problem).toMatchObject({
      sentence:
        "Creating the branch hotfix/7-{rule} was refused by a rule of the repository: {what} $& signed",
      nextStep: "Unlock the conversation",
    });
    const told = problemSaidIn({ ...problem, commands: [["git push"]] }, "it");
    expect(told).toEqual({
      code: "rule-violation",
      sentence:
        "Creazione del ramo hotfix/7-{rule}: rifiutato da una regola del repository: {what} $& signed",
      nextStep: "Sbloccare la conversazione",
      transient: false,
      commands: [["git push"]],
    });
    expect(problemSaidIn(problem, "en").sentence).toBe(problem.sentence);
  });

  it("stays as it is where it was said in the right language already", () => {
    expect(problemSaidIn(problemSaidIn(problem, "it"), "en").sentence).toContain("rifiutato");
  });
});
