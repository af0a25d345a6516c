import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyAction } from "../../src/github/apply.ts";
import { defaultConfig } from "../../src/config/schema.ts";
import type { ActionOf } from "../../src/github/action-of.ts";
import { openShop, type ObservedShop } from "../support/observed-shop.ts";

const PATH = "src/payment/processor.js";
const FIXED = "export const read = (order) => order.amount;\n";
/** S26: no shell, no query and no ref may take it for anything but a name. */
const HOSTILE = 'src/-rf "quoted" $(id)\t\\ ü.js';

let shop: ObservedShop;

function inOneShop(): void {
  beforeAll(async () => {
    shop = await openShop({
      files: { [HOSTILE]: "1\n2\n3\n", "package.json": '{\n  "version": "1.0.0"\n}\n' },
    });
  });
  afterAll(() => shop.close());
}

async function aHotfix(files: Readonly<Record<string, string>> = { [PATH]: FIXED }) {
  const issue = await shop.declare();
  const hotfix = `hotfix/${issue}-checkout-fails`;
  const backMerge = `backmerge/${issue}-develop`;
  const { state } = await shop.observe(issue);
  await shop.open(issue, hotfix, "main", state);
  await shop.open(issue, backMerge, "develop", state);
  const fix = Object.keys(files).length === 0 ? "" : await shop.push(hotfix, files);
  return { issue, hotfix, backMerge, fix };
}

async function heads(branch: string): Promise<string> {
  const ben = shop.person("ben");
  await ben.git("fetch", "--quiet", "--prune", "origin");
  return (await ben.git("rev-parse", `origin/${branch}`)).trim();
}

describe("looking for conflicts", () => {
  inOneShop();

  it("asks nothing before there is a fix, once when there is one, and again only when a head moved", async () => {
    const { issue, hotfix } = await aHotfix({});
    const before = await shop.counted(issue);
    expect(before.state.forecasts).toEqual([]);
    expect(before.trips).toBe(2);

    const fix = await shop.push(hotfix, { [PATH]: FIXED });
    const first = await shop.counted(issue);
    expect(first.trips).toBe(3);
    const again = await shop.counted(issue);
    expect(again.trips).toBe(2);
    expect(first.calls.length - again.calls.length).toBe(2);
    const into = await heads("develop");
    expect(again.state.forecasts).toEqual([
      { target: "develop", hotfix: fix, into, markers: [], outcome: { kind: "clean" } },
    ]);

    await shop.push("develop", { "src/other.js": "1\n" });
    expect((await shop.counted(issue)).trips).toBe(3);
  });

  it("names the lines, and only those commits of the other side that are newer than the merge base", async () => {
    const { issue, fix } = await aHotfix({ [PATH]: FIXED, [HOSTILE]: "1\nfix\n3\n" });
    const theirs = await shop.push(
      "develop",
      { [PATH]: "export const read = (order) => order.total;\n", [HOSTILE]: "0\n1\nwork\nmore\n3\n" },
      "feat: totals",
    );
    const { state } = await shop.observe(issue);
    const [forecast] = state.forecasts.filter(({ hotfix }) => hotfix === fix);
    expect(forecast?.outcome).toMatchObject({
      kind: "conflicts",
      files: [
        {
          path: HOSTILE,
          hunks: [{ target: { line: 3, lines: 2 } }],
          commits: [{ sha: theirs, message: "feat: totals" }],
        },
        { path: PATH, hunks: [{ target: { line: 1, lines: 1 } }], commits: [{ sha: theirs }] },
      ],
    });
  });

  it("F4: is advice: where GitHub does not answer, everything else is there, and it is asked again", async () => {
    const { issue, fix } = await aHotfix({ "src/new.js": "1\n" });
    const disarm = shop.standIn.faults.add({
      path: "/graphql",
      when: ({ body }) => String(body["query"]).includes("query Sides"),
      times: Number.POSITIVE_INFINITY,
      effect: {
        kind: "answer-before",
        status: 200,
        body: { data: null, errors: [{ message: "Something went wrong while executing your query." }] },
      },
    });
    const { state } = await shop.observe(issue);
    expect(state.branches).toHaveLength(2);
    expect(state.forecasts.find(({ hotfix }) => hotfix === fix)?.outcome).toEqual({
      kind: "unknown",
      because: "GitHub did not answer",
    });
    disarm();
    const after = await shop.observe(issue);
    expect(after.state.forecasts.find(({ hotfix }) => hotfix === fix)?.outcome).toEqual({ kind: "clean" });
  });

  it("says that it does not know where a side changes more files than GitHub lists", async () => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`many/${index}.txt`, "1\n"]));
    const { issue, fix } = await aHotfix(files);
    const { state } = await shop.observe(issue);
    expect(state.forecasts.find(({ hotfix }) => hotfix === fix)?.outcome).toEqual({
      kind: "unknown",
      because: "the fix's side changes 300 files or more",
    });
  });
});

describe("looking for conflicts around the production merge", () => {
  inOneShop();

  it("asks nothing between the merge to production and the tag, and of the back-merge branch once that holds the fix", async () => {
    const { issue, hotfix, backMerge } = await aHotfix();
    await shop.observe(issue);
    const { rest, graphql } = shop.person("olga").octokit;
    const at = { owner: "acme", repo: "shop" };
    const { data } = await rest.pulls.list({ ...at, head: `acme:${hotfix}` });
    const [pull] = data;
    await graphql(
      "mutation Ready($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }",
      { id: pull!.node_id },
    );
    const merged = await rest.pulls.merge({ ...at, pull_number: pull!.number });
    await shop.standIn.idle();
    const asked = async () => {
      const { calls, state } = await shop.counted(issue);
      return { compares: calls.filter(({ template }) => template.includes("/compare/")).length, state };
    };
    const between = await asked();
    expect(between.state.forecasts).toEqual([]);
    expect(between.compares).toBe(0);

    const commit = merged.data.sha;
    await shop.apply(issue, {
      kind: "merge-into-branch",
      branch: backMerge,
      commit,
      message: "hotfix: bring it",
    });
    const after = await asked();
    const [own, into] = [await heads(backMerge), await heads("develop")];
    expect(after.state.forecasts).toEqual([
      { target: "develop", hotfix: own, into, markers: [], outcome: { kind: "clean" } },
    ]);
    expect((await asked()).compares).toBe(0);
  });
});

describe("committing a merge that GitHub refuses", () => {
  inOneShop();

  async function aConflict() {
    const { issue, backMerge } = await aHotfix({});
    const hotfix = await shop.push(backMerge, {
      [PATH]: FIXED,
      [HOSTILE]: "1\nfix\n3\n",
      "src/new.js": "new\n",
      "package.json": '{\n  "version": "1.0.1"\n}\n',
    });
    const into = await shop.push("develop", {
      [HOSTILE]: `1\nwork ${issue}\n3\n`,
      "package.json": `{\n  "version": "1.${issue}.0"\n}\n`,
    });
    const action: ActionOf<"commit-merge"> = {
      kind: "commit-merge",
      branch: backMerge,
      expectedHead: hotfix,
      hotfix,
      into,
      versionFiles: defaultConfig.conflicts.versionFiles,
      markers: true,
      message: `hotfix: merge\n\nHotfix-Incident: ${issue}`,
    };
    return { issue, backMerge, hotfix, into, action };
  }

  async function outcomeOf(issue: number, action: ActionOf<"commit-merge">) {
    return applyAction(await shop.client(), (await shop.observe(issue)).state, action);
  }

  it("keeps all of the other side, lays the fix over it, and has both as parents", async () => {
    const { issue, backMerge, hotfix, into, action } = await aConflict();
    expect(await outcomeOf(issue, action)).toMatchObject({ ok: true, value: { kind: "merge" } });
    const head = await heads(backMerge);
    const git = (...args: readonly string[]) => shop.person("ben").git(...args);
    expect((await git("log", "-1", "--format=%P", head)).trim()).toBe(`${hotfix} ${into}`);
    expect(await git("log", "-1", "--format=%an", head)).toContain("hotfix-responder[bot]");
    const changed = await git("-c", "core.quotePath=false", "diff", "--name-status", "-z", into, head);
    const names = changed.split("\0").filter((_, index) => index % 2 === 1);
    expect(names.toSorted()).toEqual([HOSTILE, "src/new.js", PATH].toSorted());
    expect(await git("show", `${head}:${PATH}`)).toBe(FIXED);
    expect(await git("show", `${head}:package.json`)).toContain(`1.${issue}.0`);
    expect(await git("show", `${head}:${HOSTILE}`)).toBe(
      `1\n<<<<<<< hotfix\nfix\n=======\nwork ${issue}\n>>>>>>> target\n3\n`,
    );
  });

  it("S20: leaves a branch where it is that a person moved on, or back, in the meantime", async () => {
    const { issue, backMerge, hotfix, action } = await aConflict();
    const further = await shop.push(backMerge, { "src/own.js": "mine\n" }, "wip");
    expect(await outcomeOf(issue, action)).toMatchObject({
      ok: false,
      problem: { code: "branch-moved", transient: true },
    });
    expect(await heads(backMerge)).toBe(further);

    const ben = shop.person("ben");
    const back = (await ben.git("rev-parse", `${hotfix}^`)).trim();
    await ben.git("push", "--quiet", "--force", "origin", `${back}:${backMerge}`);
    await shop.standIn.idle();
    expect(await outcomeOf(issue, action)).toMatchObject({ ok: false, problem: { code: "branch-moved" } });
    expect(await heads(backMerge)).toBe(back);
  });

  it("S20: loses the race against a push between the look and the write", async () => {
    const { issue, backMerge, hotfix, action } = await aConflict();
    const ben = shop.person("ben");
    const back = (await ben.git("rev-parse", `${hotfix}^`)).trim();
    const pushed = Promise.withResolvers<unknown>();
    let isPushing = false;
    shop.standIn.faults.add({
      path: /git\/trees$/u,
      when: () => {
        if (!isPushing)
          pushed.resolve(ben.git("push", "--quiet", "--force", "origin", `${back}:${backMerge}`));
        isPushing = true;
        return true;
      },
      effect: { kind: "hold", until: pushed.promise },
    });
    expect(await outcomeOf(issue, action)).toMatchObject({
      ok: false,
      problem: { code: "branch-moved", transient: true },
    });
    expect(isPushing).toBe(true);
    expect(await heads(backMerge)).toBe(back);
  });

  it("commits nothing where a file is left for people and no markers are wanted", async () => {
    const { issue, backMerge, hotfix, action } = await aConflict();
    expect(await outcomeOf(issue, { ...action, markers: false })).toMatchObject({
      ok: false,
      problem: { code: "merge-conflict", transient: false },
    });
    expect(await heads(backMerge)).toBe(hotfix);
  });

  it("F15: calls a refusal for want of a permission what it is", async () => {
    const { issue, action } = await aConflict();
    shop.standIn.faults.add({
      path: /git\/trees$/u,
      effect: {
        kind: "answer-before",
        status: 409,
        body: { message: "Resource not accessible by integration" },
      },
    });
    expect(await outcomeOf(issue, action)).toMatchObject({
      ok: false,
      problem: { code: "permission-missing" },
    });
  });
});
