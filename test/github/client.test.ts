import { generateKeyPairSync } from "node:crypto";
import nock from "nock";
import { createProbot } from "probot";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Clients, QuietOctokit } from "../../src/github/client.ts";
import { InstallationGone, Parked } from "../../src/github/parked.ts";
import { fateOf } from "../../src/reconcile/fate.ts";
import type { RepositoryClient } from "../../src/github/repository-client.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const START = Date.parse("2026-11-20T14:30:00Z");
const TOKEN = "ghs_12345_eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOjF9.c2lnbmF0dXJl";

/** Requests that nothing was set up for, even where the code swallowed the error. */
const unmatched: string[] = [];
const noteUnmatched = (request: { method?: string; path?: string }) =>
  unmatched.push(`${request.method} ${request.path}`);

function clientsFor(env: Record<string, string> = {}, octokit: typeof QuietOctokit = QuietOctokit) {
  const clock = { now: START, slept: [] as number[] };
  const probot = createProbot({
    env: { APP_ID: "77", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: "not weak at all", ...env },
    overrides: { Octokit: octokit, logLevel: "fatal" },
  });
  const clients = new Clients(probot, {
    now: () => clock.now,
    sleep: async (ms) => {
      clock.slept.push(ms);
    },
  });
  return { clients, clock };
}

async function aClient(host = "https://api.github.com", env: Record<string, string> = {}) {
  const { clients, clock } = clientsFor(env);
  const base = host.endsWith("/api/v3") ? "/api/v3" : "";
  const github = nock(new URL(host).origin);
  github.get(`${base}/app`).reply(200, { id: 77, slug: "hotfix-responder" });
  github
    .post(`${base}/app/installations/5/access_tokens`)
    .reply(201, { token: TOKEN, expires_at: "2099-01-01T00:00:00Z", permissions: {} });
  const client = await clients.forRepository(5, "acme", "shop");
  return { client, clients, clock, github };
}

const getIssue = (client: RepositoryClient, issue_number = 7) =>
  client.octokit.rest.issues.get({ owner: client.owner, repo: client.repo, issue_number });

const comment = (client: RepositoryClient) =>
  client.octokit.rest.issues.createComment({
    owner: client.owner,
    repo: client.repo,
    issue_number: 7,
    body: "x",
  });

describe("the client of an installation", () => {
  beforeAll(() => {
    nock.disableNetConnect();
    nock.emitter.on("no match", noteUnmatched);
  });
  beforeEach(() => {
    unmatched.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
    const pending = nock.pendingMocks();
    nock.cleanAll();
    if (pending.length + unmatched.length > 0) {
      throw new Error(`never asked for: ${pending.join(", ")}; not set up: ${unmatched.join(", ")}`);
    }
  });
  afterAll(() => {
    nock.emitter.off("no match", noteUnmatched);
    nock.enableNetConnect();
    nock.restore();
  });

  it("asks once who the app is and writes the login of bots as GitHub shows it", async () => {
    const { clients } = clientsFor();
    nock("https://api.github.com").get("/app").reply(200, { id: 77, slug: "hotfix-responder" });
    const both = await Promise.all([clients.app(), clients.app()]);
    expect(both).toEqual([
      { id: 77, slug: "hotfix-responder", login: "hotfix-responder[bot]" },
      { id: 77, slug: "hotfix-responder", login: "hotfix-responder[bot]" },
    ]);
  });

  it("reaches an enterprise host over http: REST below /api/v3, GraphQL at /api/graphql", async () => {
    const env = { GHE_HOST: "ghe.example:3000", GHE_PROTOCOL: "http" };
    const { client, github } = await aClient("http://ghe.example:3000/api/v3", env);
    github.get("/api/v3/repos/acme/shop/issues/7").reply(200, { number: 7 });
    github.post("/api/graphql").reply(200, { data: { viewer: { login: "x" } } });
    expect((await getIssue(client)).data.number).toBe(7);
    expect(await client.octokit.graphql("query Viewer { viewer { login } }")).toEqual({
      viewer: { login: "x" },
    });
  });

  it("writes twelve times in a row without the stock client's second between writes", async () => {
    const { client, github, clock } = await aClient();
    github.post("/repos/acme/shop/issues/7/comments").times(12).reply(201, { id: 1 });
    const begun = performance.now();
    for (let i = 0; i < 12; i += 1) await comment(client);
    expect(performance.now() - begun).toBeLessThan(9_000);
    expect(clock.slept).toEqual([]);
  });

  it("F3: a write that gets no answer in time is sent once, and may have been done: it is tried again later", async () => {
    const { client, github } = await aClient();
    const controller = new AbortController();
    github.post("/repos/acme/shop/issues/7/comments").reply(201, () => {
      controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
      return { id: 1 };
    });
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(controller.signal);
    try {
      const error: unknown = await comment(client).catch((reason: unknown) => reason);
      expect(String(error)).toMatch(/timeout|abort/iu);
      expect(fateOf(error)).toEqual({ kind: "transient" });
    } finally {
      timeout.mockRestore();
    }
  });

  it("F3: sends a write once, whatever comes back", async () => {
    const { client, github, clock } = await aClient();
    github.post("/repos/acme/shop/issues/7/comments").reply(502, "bad gateway");
    await expect(comment(client)).rejects.toMatchObject({ status: 502 });
    github.post("/repos/acme/shop/issues/7/comments").replyWithError("socket hang up");
    await expect(comment(client)).rejects.toMatchObject({ status: 500 });
    expect(clock.slept).toEqual([]);
  });

  it("repeats a read twice, quickly, and then gives up", async () => {
    const { client, github, clock } = await aClient();
    github.get("/repos/acme/shop/issues/7").times(2).reply(503);
    github.get("/repos/acme/shop/issues/7").reply(200, { number: 7 });
    expect((await getIssue(client)).data.number).toBe(7);
    expect(clock.slept).toEqual([200, 800]);
    github.get("/repos/acme/shop/issues/8").times(3).reply(503);
    await expect(getIssue(client, 8)).rejects.toMatchObject({ status: 503 });
  });

  it("does not repeat a read that GitHub refused", async () => {
    const { client, github, clock } = await aClient();
    github.get("/repos/acme/shop/issues/7").reply(404, { message: "Not Found" });
    await expect(getIssue(client)).rejects.toMatchObject({ status: 404 });
    expect(clock.slept).toEqual([]);
  });

  it("F4: repeats a GraphQL query that went wrong with status 200 and no data", async () => {
    const { client, github } = await aClient();
    const wrong = { data: null, errors: [{ message: "Something went wrong while executing your query." }] };
    github.post("/graphql").reply(200, wrong);
    github.post("/graphql").reply(200, { data: { viewer: { login: "x" } } });
    expect(await client.octokit.graphql("query Viewer { viewer { login } }")).toEqual({
      viewer: { login: "x" },
    });
  });

  it("F4: never repeats a mutation", async () => {
    const { client, github } = await aClient();
    const wrong = { data: null, errors: [{ message: "Something went wrong while executing your query." }] };
    github.post("/graphql").reply(200, wrong);
    await expect(
      client.octokit.graphql("mutation M { markPullRequestReadyForReview { clientMutationId } }"),
    ).rejects.toThrow(/something went wrong/iu);
  });

  it("F13: parks until Retry-After and then calls nobody until that time", async () => {
    const { client, github, clock } = await aClient();
    const message = "You have exceeded a secondary rate limit.";
    github.post("/repos/acme/shop/issues/7/comments").reply(403, { message }, { "retry-after": "72" });
    await expect(comment(client)).rejects.toMatchObject({ name: "Parked", until: START + 72_000 });
    await expect(getIssue(client)).rejects.toBeInstanceOf(Parked);
    clock.now = START + 72_000;
    github.get("/repos/acme/shop/issues/7").reply(200, { number: 7 });
    expect((await getIssue(client)).data.number).toBe(7);
  });

  it("F13: waits at least a minute for a secondary limit that names no time", async () => {
    const { client, github } = await aClient();
    const message = "You have exceeded a secondary rate limit. Please wait a few minutes.";
    github.post("/repos/acme/shop/issues/7/comments").reply(403, { message });
    await expect(comment(client)).rejects.toMatchObject({ name: "Parked", until: START + 60_000 });
  });

  it("F13: parks until the reset of the hourly allowance, by GitHub's clock and not ours", async () => {
    const { client, github } = await aClient();
    const theirs = START + 120_000;
    github.get("/repos/acme/shop/issues/7").reply(
      403,
      { message: "API rate limit exceeded for installation ID 5." },
      {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(theirs / 1000 + 600),
        date: new Date(theirs).toUTCString(),
      },
    );
    await expect(getIssue(client)).rejects.toMatchObject({ name: "Parked", until: START + 600_000 });
  });

  it("parks on a GraphQL answer of status 200 that says RATE_LIMITED", async () => {
    const { client, github } = await aClient();
    github
      .post("/graphql")
      .reply(
        200,
        { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] },
        { "x-ratelimit-reset": String(START / 1000 + 300), date: new Date(START).toUTCString() },
      );
    await expect(client.octokit.graphql("query V { viewer { login } }")).rejects.toMatchObject({
      name: "Parked",
      until: START + 300_000,
    });
  });

  it("takes a 403 for a missing permission for what it is", async () => {
    const { client, github } = await aClient();
    github
      .post("/repos/acme/shop/issues/7/comments")
      .reply(403, { message: "Resource not accessible by integration" }, { "x-ratelimit-remaining": "4000" });
    await expect(comment(client)).rejects.toMatchObject({ status: 403 });
  });

  it("S34: says that the installation is gone when there is no token for it", async () => {
    const { clients } = clientsFor();
    const github = nock("https://api.github.com");
    github.get("/app").reply(200, { id: 77, slug: "hotfix-responder" });
    github.post("/app/installations/5/access_tokens").reply(404, { message: "Not Found" });
    const client = await clients.forRepository(5, "acme", "shop");
    await expect(getIssue(client)).rejects.toBeInstanceOf(InstallationGone);
  });

  it("fetches a token even while a hundred calls wait for it", async () => {
    const { client, github } = await aClient();
    github
      .get(/issues\/\d+/u)
      .times(130)
      .reply(200, {});
    const all = await Promise.all(Array.from({ length: 130 }, (_, index) => getIssue(client, index + 1)));
    expect(all).toHaveLength(130);
  });

  it("S34: asks whether the installation is there when its token is refused", async () => {
    const { client, github } = await aClient();
    vi.useFakeTimers({ toFake: ["Date"], now: START });
    github.get("/repos/acme/shop/issues/1").reply(200, {});
    await getIssue(client, 1);
    // Octokit itself waits for tokens that are younger than five seconds.
    vi.setSystemTime(START + 60_000);
    github.get("/repos/acme/shop/issues/7").times(2).reply(401, { message: "Bad credentials" });
    github.get("/app/installations/5").reply(404, { message: "Not Found" });
    await expect(getIssue(client)).rejects.toBeInstanceOf(InstallationGone);
    github.get("/app/installations/5").reply(200, { id: 5, suspended_at: null });
    await expect(getIssue(client)).rejects.toMatchObject({ status: 401 });
  });

  it("S32: lets no token into an error", async () => {
    const { client, github } = await aClient();
    github.get("/repos/acme/shop/issues/7").reply(422, { message: `bad credentials ${TOKEN}` });
    const error: unknown = await getIssue(client).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    const seen = `${(error as Error).message} ${(error as Error).stack} ${JSON.stringify((error as { request?: unknown }).request)}`;
    expect(seen).not.toContain("c2lnbmF0dXJl");
    expect(seen).not.toMatch(/token ghs/u);
  });

  it("counts calls, and trips only where one call waited for another", async () => {
    const { client, github } = await aClient();
    github
      .get(/issues\/\d+/u)
      .times(4)
      .reply(200, {});
    await Promise.all([1, 2, 3].map((number) => getIssue(client, number)));
    await getIssue(client, 4);
    // The fifth call fetched the token.
    expect([client.calls.calls, client.calls.sequentialTrips]).toEqual([5, 2]);
  });

  it("hands a time limit on to every request, whatever Octokit puts between", async () => {
    const limits: unknown[] = [];
    const answer = {
      id: 77,
      slug: "hotfix-responder",
      token: TOKEN,
      expires_at: "2099-01-01T00:00:00Z",
      permissions: {},
    };
    const fetch = (url: string, { signal }: RequestInit) => {
      limits.push([new URL(url).pathname, signal instanceof AbortSignal]);
      return Promise.resolve(Response.json(answer));
    };
    const { clients } = clientsFor({}, QuietOctokit.defaults({ request: { fetch } }));
    await getIssue(await clients.forRepository(5, "acme", "shop"));
    expect(limits).toContainEqual(["/app", true]);
    expect(limits).toContainEqual(["/repos/acme/shop/issues/7", true]);
  });

  /** Answers so, and notes the etag that the request sent. */
  function answering(
    sent: (string | null)[],
    answer: readonly [number, unknown?, Readonly<Record<string, string>>?],
  ) {
    return (request: Request) => {
      sent.push(request.headers.get("if-none-match"));
      return answer as never;
    };
  }

  it("asks with the etag of what it knows, and gives that again where GitHub answers 304", async () => {
    const { client, github } = await aClient();
    const activity = () =>
      client.octokit.rest.repos.listActivities({
        owner: "acme",
        repo: "shop",
        ref: "refs/heads/a",
        per_page: 100,
      });
    const path = "/repos/acme/shop/activity?ref=refs%2Fheads%2Fa&per_page=100";
    const sent: (string | null)[] = [];
    const answers = [
      [200, [{ id: 1 }], { etag: 'W/"one"' }],
      [304],
      [304],
      [200, [{ id: 2 }], { etag: 'W/"two"' }],
      [304],
    ] as const;
    const seen: unknown[] = [];
    for (const answer of answers) {
      github.get(path).reply(answering(sent, answer));
      const { status, data } = await activity();
      seen.push([status, structuredClone(data)]);
      // Whoever has an answer may do with it what they want.
      (data as unknown[]).push("spoilt");
    }
    expect(sent).toEqual([null, 'W/"one"', 'W/"one"', 'W/"one"', 'W/"two"']);
    expect(seen).toEqual([
      [200, [{ id: 1 }]],
      [200, [{ id: 1 }]],
      [200, [{ id: 1 }]],
      [200, [{ id: 2 }]],
      [200, [{ id: 2 }]],
    ]);
  });

  it("S35: remembers nothing across installations, no page of a longer list, and nothing of a write", async () => {
    const { client, clients, github } = await aClient();
    const sent: (string | null)[] = [];
    const etag = { etag: '"same"' };
    github.get("/repos/acme/shop/issues/7").reply(answering(sent, [200, { number: 7 }, etag]));
    await getIssue(client);
    github
      .post("/app/installations/6/access_tokens")
      .reply(201, { token: TOKEN, expires_at: "2099-01-01T00:00:00Z", permissions: {} });
    const other = await clients.forRepository(6, "acme", "shop");
    github.get("/repos/acme/shop/issues/7").reply(answering(sent, [404, { message: "Not Found" }]));
    await expect(getIssue(other)).rejects.toMatchObject({ status: 404 });
    const list = (per_page: number) =>
      client.octokit.rest.issues.listLabelsForRepo({ owner: "acme", repo: "shop", per_page });
    const pages = [
      [200, [{ id: 1 }, { id: 2 }], etag],
      [200, [{ id: 1 }], { ...etag, link: '<x>; rel="prev"' }],
      [200, [{ id: 1 }], etag],
    ] as const;
    for (const page of pages) {
      github.get("/repos/acme/shop/labels?per_page=2").reply(answering(sent, page));
      await list(2);
    }
    github
      .post("/repos/acme/shop/issues/7/comments")
      .times(2)
      .reply(answering(sent, [201, { id: 1 }, etag]));
    await comment(client);
    await comment(client);
    expect(sent).toEqual(Array.from({ length: 7 }, () => null));
  });
});
