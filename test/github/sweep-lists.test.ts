import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listFailedDeliveries, redeliver } from "../../src/github/deliveries.ts";
import { listClosedIncidents, listOpenIncidents } from "../../src/github/list-incidents.ts";
import { defaultConfig } from "../../src/config/schema.ts";
import { listUnguarded } from "../../src/github/list-unguarded.ts";
import { listInstallations, listRepositories } from "../../src/github/list-installations.ts";
import { scriptedGitHub } from "../support/scripted-github.ts";
import type { ScriptedGitHub } from "../support/scripted-github.ts";

let github: ScriptedGitHub;

beforeEach(() => {
  github = scriptedGitHub();
});
afterEach(() => {
  github.finish();
});

const ok = (body: unknown, headers: Record<string, string> = {}) => ({ status: 200, body, headers });
const next = (path: string) => ({ link: `<https://api.github.com${path}>; rel="next"` });

describe("what the sweep lists", () => {
  it("open incidents without pull requests, over all pages", async () => {
    github.on(
      "GET ./issues?per_page=100&labels=incident&state=open",
      ok(
        [
          { number: 7, state: "open", labels: [{ name: "incident" }, "severity: critical"] },
          { number: 8, state: "open", labels: [], pull_request: {} },
        ],
        next("/repos/acme/shop/issues?page=2"),
      ),
    );
    github.on("GET ./issues?page=2", ok([{ number: 3, state: "open", labels: [{ name: "incident" }] }]));
    expect(await listOpenIncidents(github.client, "incident")).toEqual([
      { number: 7, state: "open", labels: ["incident", "severity: critical"] },
      { number: 3, state: "open", labels: ["incident"] },
    ]);
  });

  it("closed incidents that changed lately, because closed is not aborted", async () => {
    github.on(
      "GET ./issues?per_page=100&labels=incident&state=closed&since=2026-11-01T00:00:00Z",
      ok([{ number: 5, state: "closed", labels: [] }]),
    );
    expect(await listClosedIncidents(github.client, "incident", "2026-11-01T00:00:00Z")).toEqual([
      { number: 5, state: "closed", labels: [] },
    ]);
  });

  it("no incidents where issues are switched off", async () => {
    github.on(/^GET .*\/issues/u, { status: 410, body: { message: "Issues has been disabled" } });
    expect(await listOpenIncidents(github.client, "incident")).toEqual([]);
  });

  it("S34: installations that are not suspended", async () => {
    github.on(
      "GET /app/installations?per_page=100",
      ok([
        { id: 1, suspended_at: null },
        { id: 2, suspended_at: "2026-11-01T00:00:00Z" },
      ]),
    );
    expect(await listInstallations(github.client.octokit)).toEqual([{ id: 1 }]);
  });

  it("S13: repositories that can be written to", async () => {
    const repository = (name: string, archived: boolean) => ({
      name,
      owner: { login: "acme" },
      archived,
      disabled: false,
    });
    github.on(
      "GET /installation/repositories?per_page=100",
      ok({ total_count: 2, repositories: [repository("shop", false), repository("old", true)] }),
    );
    expect(await listRepositories(github.client)).toEqual([{ owner: "acme", repo: "shop" }]);
  });
});

describe("pull requests whose code nobody looked at", () => {
  const head = (oid: string, checkSuites: object | null) => ({
    headRefName: "feature/pay",
    headRefOid: oid,
    isCrossRepository: false,
    commits: { nodes: [{ commit: { oid, checkSuites } }] },
  });

  it("are those without an ended run of the app", async () => {
    const ended = { nodes: [{ checkRuns: { nodes: [{ status: "COMPLETED" }] } }] };
    github.onGraphql("QUERY Unguarded", {
      repository: { pullRequests: { nodes: [head("a", ended), head("b", { nodes: [] })] } },
    });
    expect(await listUnguarded(github.client, defaultConfig.branches)).toEqual(["b"]);
  });

  it("are none where checks are hidden from the app, so that the rest of the repository is looked at", async () => {
    const path = ["repository", "pullRequests", "nodes", 0, "commits", "nodes", 0, "commit", "checkSuites"];
    const errors = [{ type: "FORBIDDEN", message: "Resource not accessible by integration", path }];
    github.onGraphql(
      "QUERY Unguarded",
      { repository: { pullRequests: { nodes: [head("a", null)] } } },
      errors,
    );
    expect(await listUnguarded(github.client, defaultConfig.branches)).toEqual([]);
  });
});

describe("deliveries that never arrived (F11)", () => {
  const delivery = (id: number, guid: string, status_code: number, delivered_at: string) => ({
    id,
    guid,
    status_code,
    delivered_at,
    event: "issues",
  });

  it("are those of which no attempt was answered, timeouts included, and the newest attempt is named", async () => {
    github.on(
      "GET /app/hook/deliveries?per_page=100",
      ok([
        delivery(9, "a", 0, "2026-11-20T14:40:00Z"),
        delivery(8, "b", 200, "2026-11-20T14:39:00Z"),
        delivery(7, "a", 502, "2026-11-20T14:38:00Z"),
        delivery(6, "b", 500, "2026-11-20T14:37:00Z"),
      ]),
    );
    const since = Date.parse("2026-11-20T00:00:00Z");
    expect(await listFailedDeliveries(github.client.octokit, since)).toEqual([
      { id: 9, guid: "a", event: "issues" },
    ]);
  });

  it("are not looked for further back than asked", async () => {
    github.on(
      "GET /app/hook/deliveries?per_page=100",
      ok([delivery(9, "a", 502, "2026-11-01T00:00:00Z")], next("/app/hook/deliveries?cursor=x")),
    );
    const since = Date.parse("2026-11-20T00:00:00Z");
    expect(await listFailedDeliveries(github.client.octokit, since)).toHaveLength(1);
  });

  it("are sent again by the id of the attempt", async () => {
    github.on("POST /app/hook/deliveries/9/attempts", { status: 202, body: {} });
    await redeliver(github.client.octokit, { id: 9, guid: "a", event: "issues" });
    expect(github.sent).toHaveLength(1);
  });
});
