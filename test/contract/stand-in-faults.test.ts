import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { roundTrips } from "../../src/drill/stand-in/call-log.ts";
import type { Call } from "../../src/drill/stand-in/call-log.ts";
import { ShopWorld } from "../support/shop-world.ts";

const shop = { owner: "acme", repo: "shop" };

describe("bad days of GitHub", () => {
  let world: ShopWorld;
  let sha: string;
  beforeEach(async () => {
    world = await ShopWorld.open();
    sha = world.head("main");
  });
  afterEach(() => world.close());

  const createRef = (name: string): Promise<unknown> =>
    world.asApp().rest.git.createRef({ ...shop, ref: `refs/heads/${name}`, sha });
  const exists = (name: string): boolean =>
    world.standIn.repository("acme/shop").git.branch(name) !== undefined;

  it("F3: may have done it although the answer says otherwise", async () => {
    const path = "/repos/{owner}/{repo}/git/refs";
    world.standIn.faults.add({ method: "POST", path, effect: { kind: "answer-before", status: 502 } });
    await expect(createRef("a")).rejects.toMatchObject({ status: 502 });
    expect(exists("a")).toBe(false);
    world.standIn.faults.add({ method: "POST", path, effect: { kind: "answer-after", status: 502 } });
    await expect(createRef("a")).rejects.toMatchObject({ status: 502 });
    expect(exists("a")).toBe(true);
    world.standIn.faults.add({ method: "POST", path, effect: { kind: "drop-after" } });
    await expect(createRef("b")).rejects.toMatchObject({ status: 500 });
    expect(exists("b")).toBe(true);
    world.standIn.faults.add({ method: "POST", path, effect: { kind: "drop-before" } });
    await expect(createRef("c")).rejects.toMatchObject({ status: 500 });
    expect(exists("c")).toBe(false);
    await createRef("c");
  });

  it("F1: hides what was just created from reads, for a while", async () => {
    world.standIn.faults.add({
      method: "POST",
      path: /git\/refs$/,
      effect: { kind: "replica-lag", ms: 1_500 },
    });
    await createRef("hotfix/1-a");
    const octokit = world.asApp();
    const read = (): Promise<unknown> => octokit.rest.git.getRef({ ...shop, ref: "heads/hotfix/1-a" });
    await expect(read()).rejects.toMatchObject({ status: 404 });
    await expect(octokit.rest.repos.getBranch({ ...shop, branch: "hotfix/1-a" })).rejects.toMatchObject({
      status: 404,
    });
    await expect.poll(read, { timeout: 60_000 }).toMatchObject({ status: 200 });
  });

  it("strikes the call it is meant for, as often as it is told", async () => {
    world.standIn.faults.add({
      method: "POST",
      path: "/repos/{owner}/{repo}/git/refs",
      when: ({ body }) => String(body.ref).includes("hotfix/"),
      skip: 1,
      times: 2,
      effect: { kind: "answer-before", status: 500 },
    });
    await createRef("a");
    await createRef("hotfix/1");
    await expect(createRef("hotfix/2")).rejects.toMatchObject({ status: 500 });
    await expect(createRef("hotfix/2")).rejects.toMatchObject({ status: 500 });
    await createRef("hotfix/2");
  });

  it("F13: refuses content beyond the secondary limit, and everything beyond the primary one", async () => {
    const strict = await ShopWorld.open({ standIn: { limits: { contentPerMinute: 2, perHour: 6 } } });
    try {
      const octokit = strict.asApp();
      const { data: main } = await octokit.rest.git.getRef({ ...shop, ref: "heads/main" });
      const create = (name: string): Promise<unknown> =>
        octokit.rest.git.createRef({ ...shop, ref: `refs/heads/${name}`, sha: main.object.sha });
      await create("a");
      await create("b");
      await expect(create("c")).rejects.toMatchObject({
        status: 403,
        response: { data: { message: expect.stringContaining("secondary rate limit") } },
      });
      await octokit.rest.repos.get(shop);
      await octokit.rest.repos.get(shop);
      await expect(octokit.rest.repos.get(shop)).rejects.toMatchObject({
        status: 403,
        response: { headers: { "x-ratelimit-remaining": "0" } },
      });
    } finally {
      await strict.close();
    }
  });

  it("answers 304 to who has the same already, free of charge", async () => {
    const octokit = world.asApp();
    const first = await octokit.rest.git.getRef({ ...shop, ref: "heads/main" });
    const again = octokit.rest.git.getRef({
      ...shop,
      ref: "heads/main",
      headers: { "if-none-match": first.headers.etag ?? "" },
    });
    await expect(again).rejects.toMatchObject({ status: 304 });
    const { data: limit } = await octokit.rest.rateLimit.get();
    expect(limit.resources.core.used).toBe(1);
    expect(world.standIn.calls.slice(-2).map((call) => [call.status, call.counted])).toEqual([
      [304, false],
      [200, false],
    ]);
    await world.commit("alice", "Next");
    await world.push("alice", "HEAD:main");
    const fresh = await octokit.rest.git.getRef({
      ...shop,
      ref: "heads/main",
      headers: { "if-none-match": first.headers.etag ?? "" },
    });
    expect(fresh.status).toBe(200);
  });

  it("counts calls that overlap as one round trip", async () => {
    const slow = await ShopWorld.open({ standIn: { latencyMs: 40 } });
    try {
      const octokit = slow.asUser("alice");
      await Promise.all([1, 2, 3].map(() => octokit.rest.repos.get(shop)));
      await octokit.rest.repos.get(shop);
      expect(slow.standIn.calls).toHaveLength(4);
      expect(slow.standIn.roundTrips()).toBe(2);
      expect(slow.standIn.calls[0]).toMatchObject({
        actor: "alice",
        method: "GET",
        template: "/repos/{owner}/{repo}",
        path: "/repos/acme/shop",
        status: 200,
        createsContent: false,
        counted: true,
      });
    } finally {
      await slow.close();
    }
  });

  it("measures the longest chain, not the number of bursts", () => {
    const call = (startedAt: number, endedAt: number): Call => ({
      actor: "x",
      method: "GET",
      template: "/",
      path: "/",
      status: 200,
      startedAt,
      endedAt,
      createsContent: false,
      counted: true,
    });
    expect(roundTrips([])).toBe(0);
    // One slow call beside three quick ones in a row.
    expect(roundTrips([call(0, 100), call(0, 20), call(30, 50), call(60, 80)])).toBe(3);
    expect(roundTrips([call(0, 10), call(5, 15), call(12, 20)])).toBe(2);
  });

  it("serves the same under / and /api/v3, explains errors, and says who must identify themselves", async () => {
    const ask = (path: string, headers: Record<string, string> = {}, body?: string): Promise<Response> =>
      fetch(`${world.standIn.url}${path}`, {
        headers: { "user-agent": "test", ...headers },
        ...(body === undefined ? {} : { method: "POST", body }),
      });
    const token = { authorization: `Bearer ${world.standIn.tokenFor("alice")}` };
    expect((await ask("/repos/acme/shop", token)).status).toBe(200);
    const answer = await ask("/api/v3/repos/acme/shop", token);
    expect(answer.headers.get("x-github-request-id")).toMatch(/^[0-9A-F]+$/);
    expect(answer.headers.get("x-ratelimit-limit")).toBe("5000");
    const missing = await ask("/repos/acme/gone", token);
    expect(await missing.json()).toMatchObject({
      message: "Not Found",
      status: "404",
      documentation_url: expect.stringMatching(/^https:/),
    });
    expect((await ask("/repos/acme/shop")).status).toBe(404);
    expect((await ask("/repos/acme/shop", { authorization: "token nonsense" })).status).toBe(401);
    const broken = await ask("/repos/acme/shop/git/refs", token, "{");
    expect([broken.status, await broken.json()]).toMatchObject([400, { message: "Problems parsing JSON" }]);
  });
});
