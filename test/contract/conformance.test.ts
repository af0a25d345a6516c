import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unverifiedBehaviours } from "../../src/drill/stand-in/unverified.ts";
import type { Behaviour } from "./conformance-behaviour.ts";
import { conditionalBehaviours } from "./conformance-conditional.ts";
import { checkBehaviours } from "./conformance-checks.ts";
import { graphqlBehaviours } from "./conformance-graphql.ts";
import { issueBehaviours } from "./conformance-issues.ts";
import { mergeBehaviours } from "./conformance-merging.ts";
import { pullBehaviours } from "./conformance-pulls.ts";
import { queueBehaviours } from "./conformance-queue.ts";
import { refBehaviours } from "./conformance-refs.ts";
import { releaseBehaviours } from "./conformance-releases.ts";
import { githubTarget, standInTarget, type Target } from "./conformance-target.ts";

const behaviours: readonly Behaviour[] = [
  ...refBehaviours,
  ...issueBehaviours,
  ...pullBehaviours,
  ...mergeBehaviours,
  ...checkBehaviours,
  ...releaseBehaviours,
  ...graphqlBehaviours,
  ...conditionalBehaviours,
  ...queueBehaviours,
];

describe("behaves like GitHub: the stand-in", () => {
  let target: Target;
  beforeAll(async () => {
    target = await standInTarget();
  });
  afterAll(async () => {
    await target.close();
    process.stdout.write(`${summary()}\n`);
  });

  it.for(behaviours)("$name [$source]", async (behaviour) => {
    const before = target.standIn?.violations.length ?? 0;
    await behaviour.run(target);
    await target.standIn?.idle();
    const fresh = target.standIn?.violations.slice(before) ?? [];
    const unwanted = behaviour.breaksDescription === true ? [] : fresh;
    expect(unwanted).toEqual([]);
  });

  it("notices when a behaviour leaves the description", async () => {
    const standIn = target.standIn;
    const before = standIn?.violations.length ?? 0;
    await target.call("GET", "/issues?nonsense=1");
    await target.call("POST", "/issues", { title: "x", nonsense: true });
    expect(standIn?.violations.slice(before)).toEqual([
      { where: "request GET /repos/{owner}/{repo}/issues", what: "query nonsense is not documented" },
      {
        where: "request POST /repos/{owner}/{repo}/issues",
        what: "body: must NOT have additional properties (nonsense)",
      },
    ]);
  });
});

describe("behaves like GitHub: github.com", () => {
  const target = githubTarget(process.env);

  it("has a scratch repository to be compared with", ({ skip }) => {
    skip(target === undefined, "HOTFIX_CONFORMANCE_REPO and HOTFIX_CONFORMANCE_TOKEN are not set");
    expect(target?.has.has("author")).toBe(true);
  });

  it.for(target === undefined ? [] : behaviours)("$name [$source]", async (behaviour, { skip }) => {
    const missing = (behaviour.needs ?? []).filter((who) => target?.has.has(who) !== true);
    skip(behaviour.standInOnly !== undefined, behaviour.standInOnly);
    skip(missing.length > 0, `no token of the ${missing.join(" and the ")}`);
    await expect(behaviour.run(target!)).resolves.toBeUndefined();
  });
});

function summary(): string {
  const count = (source: string): number => behaviours.filter((it) => it.source === source).length;
  return [
    `Conformance: ${behaviours.length} behaviours (${count("spec")} by specification, ${count("docs")} documented,`,
    `${count("reported")} reported, ${count("unverified")} unverified);`,
    `${unverifiedBehaviours().size} guesses are registered in the stand-in.`,
  ].join(" ");
}
