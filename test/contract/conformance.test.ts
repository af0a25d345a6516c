import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unverifiedBehaviours } from "../../src/drill/stand-in/unverified.ts";
import type { Behaviour } from "./conformance-behaviour.ts";
import { checkBehaviours } from "./conformance-checks.ts";
import { graphqlBehaviours } from "./conformance-graphql.ts";
import { issueBehaviours } from "./conformance-issues.ts";
import { pullBehaviours } from "./conformance-pulls.ts";
import { refBehaviours } from "./conformance-refs.ts";
import { releaseBehaviours } from "./conformance-releases.ts";
import { githubTarget, standInTarget, type Target } from "./conformance-target.ts";

const behaviours: readonly Behaviour[] = [
  ...refBehaviours,
  ...issueBehaviours,
  ...pullBehaviours,
  ...checkBehaviours,
  ...releaseBehaviours,
  ...graphqlBehaviours,
];

describe("behaves like GitHub: the stand-in", () => {
  let target: Target;
  beforeAll(async () => {
    target = await standInTarget();
    const content = Buffer.from("# Scratch\n").toString("base64");
    const answer = await target.call("PUT", "/contents/README.md", { message: "Begin", content });
    expect(answer.status).toBe(201);
  });
  afterAll(async () => {
    await target.close();
    process.stdout.write(`${summary()}\n`);
  });

  it.each(behaviours)("$name [$source]", async (behaviour) => {
    const { standIn } = target;
    if (standIn === null) throw new Error("this target is the stand-in");
    const before = standIn.violations.length;
    await behaviour.run(target);
    await standIn.idle();
    const fresh = standIn.violations.slice(before);
    if (behaviour.breaksDescription === true) expect(fresh.length).toBeGreaterThan(0);
    else expect(fresh).toEqual([]);
  });
});

describe("behaves like GitHub: github.com", () => {
  const target = githubTarget(process.env);
  if (target === undefined) {
    it.skip("not compared: HOTFIX_CONFORMANCE_REPO and HOTFIX_CONFORMANCE_TOKEN are not set", () =>
      undefined);
    return;
  }
  for (const behaviour of behaviours) {
    const missing = (behaviour.needs ?? []).filter((who) => !target.has.has(who));
    const name = `${behaviour.name} [${behaviour.source}]`;
    if (missing.length > 0) it.skip(`${name}: no token of the ${missing.join(" and the ")}`, () => undefined);
    else it(name, { timeout: 60_000 }, () => behaviour.run(target));
  }
});

function summary(): string {
  const count = (source: string): number => behaviours.filter((it) => it.source === source).length;
  return [
    `Conformance: ${behaviours.length} behaviours (${count("spec")} by specification, ${count("docs")} documented,`,
    `${count("reported")} reported, ${count("unverified")} unverified);`,
    `${unverifiedBehaviours().size} guesses are registered in the stand-in.`,
  ].join(" ");
}
