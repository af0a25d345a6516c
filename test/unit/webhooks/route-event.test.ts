import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { followUpMarker } from "../../../src/incident/follow-ups.ts";
import { routeEvent } from "../../../src/webhooks/route-event.ts";
import { routes } from "../../../src/webhooks/routes.ts";

const SHA = "a".repeat(40);
const INSTALLATION = { id: 5 };
const REPOSITORY = { id: 100, name: "shop", owner: { login: "acme" } };
const FROM = { installation: INSTALLATION, repository: REPOSITORY };
const INCIDENT_7 = "incident|5|acme/shop|7";
const THE_REPOSITORY = "repository|5|acme/shop";
const THE_COMMIT = `commit|5|acme/shop|${SHA}`;

const FOLLOW_UP = followUpMarker(7, "901.1a2b3c4d");
const HERE = { id: 100 };
const pull = (head: string, repo: { id: number } | null = HERE) => ({
  action: "synchronize",
  number: 12,
  pull_request: { head: { ref: head, sha: SHA, repo }, base: { ref: "main", repo: HERE } },
  ...FROM,
});
const issue = (action: string, more: object = {}) => ({
  action,
  issue: { number: 7, labels: [{ name: "incident" }], ...more },
  ...FROM,
});
const push = (ref: string, more: object = {}) => ({
  ref,
  before: "0".repeat(40),
  after: SHA,
  deleted: false,
  ...FROM,
  ...more,
});
const comment = (more: object = {}) => ({
  action: "created",
  issue: { number: 7, ...more },
  comment: { id: 1 },
  ...FROM,
});
const checkRun = (action: string, branch: string | null, name = "build") => ({
  action,
  check_run: { name, head_sha: SHA, check_suite: { head_branch: branch } },
  ...FROM,
});
const pressed = (identifier: string, type: string) => ({
  ...checkRun("requested_action", "hotfix/7-pay"),
  requested_action: { identifier },
  sender: { login: "leo-1", type },
});
const checkSuite = (action: string, branch: string | null) => ({
  action,
  check_suite: { head_sha: SHA, head_branch: branch },
  ...FROM,
});
const status = (...branches: string[]) => ({
  sha: SHA,
  state: "success",
  context: "ci",
  branches: branches.map((name) => ({ name })),
  ...FROM,
});
const deployed = (state: string) => ({
  action: "created",
  deployment: { sha: SHA },
  deployment_status: { state },
  ...FROM,
});
const ref = (type: string, name: string) => ({ ref: name, ref_type: type, ...FROM });
const GUARD = `guard|5|acme/shop|${SHA}`;
const QUEUE = `gh-readonly-queue/main/pr-8-${SHA}`;
const group = (action: string) => ({
  action,
  merge_group: { head_sha: SHA, head_ref: `refs/heads/${QUEUE}` },
  ...FROM,
});
const account = { installation: { id: 5, account: { login: "acme" } } };

/** [event, what happens, body, keys in order] */
const WORK: readonly (readonly [event: string, what: string, payload: object, keys: readonly string[]])[] = [
  ["issues", "a label is put", issue("labeled"), [INCIDENT_7]],
  ["issues", "the last label is taken away", issue("unlabeled", { labels: [] }), [INCIDENT_7]],
  ["issues", "a labelled issue is opened", issue("opened"), [INCIDENT_7]],
  ["issues", "an issue without a label is opened", issue("opened", { labels: [] }), []],
  ["issues", "an incident is retitled", issue("edited"), [INCIDENT_7]],
  ["issues", "an incident is closed", issue("closed"), [INCIDENT_7]],
  ["issues", "an incident is reopened", issue("reopened"), [INCIDENT_7]],
  ["issues", "an incident is assigned", issue("assigned"), [INCIDENT_7]],
  ["issues", "an incident is deleted", issue("deleted"), [INCIDENT_7]],
  ["issues", "an incident is transferred", issue("transferred"), [INCIDENT_7]],
  [
    "issues",
    "the issue of an action item is closed",
    issue("closed", { number: 12, labels: [{ name: "x" }], body: `${FOLLOW_UP}\ntext` }),
    ["incident|5|acme/shop|12", INCIDENT_7],
  ],
  [
    "issues",
    "the issue of an action item is reopened after its label was taken off",
    issue("reopened", { number: 12, labels: [], body: FOLLOW_UP }),
    [INCIDENT_7],
  ],
  [
    "issues",
    "an issue with a marker of another kind is closed",
    issue("closed", { number: 12, labels: [], body: "<!-- hotfix:incident=7;kind=status -->" }),
    [],
  ],
  ["issues", "an issue is pinned", issue("pinned"), []],
  ["issue_comment", "somebody comments on the issue", comment(), [INCIDENT_7]],
  ["issue_comment", "somebody comments on a pull request", comment({ pull_request: {} }), []],
  ["push", "the hotfix branch moves", push("refs/heads/hotfix/7-pay"), [INCIDENT_7, THE_COMMIT]],
  [
    "push",
    "the app opens the hotfix branch with an empty commit",
    push("refs/heads/hotfix/7-pay", {
      head_commit: { message: "hotfix: open PAYMENT-CRITICAL-007\n\nHotfix-Incident: 7" },
    }),
    [INCIDENT_7],
  ],
  ["push", "a back-merge branch moves", push("refs/heads/backmerge/7.2-develop"), [INCIDENT_7, THE_COMMIT]],
  ["push", "the documents branch moves", push("refs/heads/hotfix-documents/7"), [INCIDENT_7, THE_COMMIT]],
  ["push", "the hotfix branch is deleted", push("refs/heads/hotfix/7-pay", { deleted: true }), [INCIDENT_7]],
  ["push", "production moves", push("refs/heads/main"), [THE_REPOSITORY, `where main is adopted: ${SHA}`]],
  [
    "push",
    "a branch with a number elsewhere moves",
    push("refs/heads/feature/pay-7"),
    [THE_REPOSITORY, `where feature/pay-7 is adopted: ${SHA}`],
  ],
  [
    "push",
    "a release branch moves",
    push("refs/heads/release/2-beta"),
    [THE_REPOSITORY, `where release/2-beta is adopted: ${SHA}`],
  ],
  ["push", "a tag is pushed", push("refs/tags/hotfix/7-pay"), [THE_REPOSITORY]],
  [
    "create",
    "the hotfix branch appears",
    { ...ref("branch", "hotfix/7-pay"), master_branch: "main" },
    [INCIDENT_7],
  ],
  ["create", "a tag appears", { ...ref("tag", "hotfix/7-pay"), master_branch: "main" }, [THE_REPOSITORY]],
  [
    "delete",
    "a back-merge branch goes",
    { ...ref("branch", "backmerge/7-main"), pusher_type: "user" },
    [INCIDENT_7],
  ],
  ["delete", "a branch goes", { ...ref("branch", "develop"), pusher_type: "user" }, [THE_REPOSITORY]],
  ["pull_request", "its head moves", pull("hotfix/7-pay"), [INCIDENT_7, GUARD]],
  ["pull_request", "it is opened", { ...pull("feature/7-pay"), action: "opened" }, [INCIDENT_7, GUARD]],
  [
    "pull_request",
    "it gets another base",
    { ...pull("feature/7-pay"), action: "edited", changes: { base: {} } },
    [INCIDENT_7, GUARD],
  ],
  ["pull_request", "it is merged", { ...pull("backmerge/7-develop"), action: "closed" }, [INCIDENT_7]],
  [
    "pull_request",
    "it is of another branch",
    pull("feature/pay"),
    [GUARD, "where feature/pay is adopted: null"],
  ],
  ["pull_request", "it comes from a fork", pull("hotfix/7-pay", { id: 999 }), [GUARD]],
  ["pull_request", "its fork is gone", pull("hotfix/7-pay", null), [GUARD]],
  ["pull_request", "one of a fork is labelled", { ...pull("x", null), action: "labeled" }, []],
  [
    "pull_request",
    "one of a fork gets another base",
    { ...pull("x", null), action: "edited", changes: { base: {} } },
    [GUARD],
  ],
  [
    "pull_request",
    "one of a fork gets another title",
    { ...pull("x", null), action: "edited", changes: {} },
    [],
  ],
  ["merge_group", "a queue asks for checks", group("checks_requested"), [`group|5|acme/shop|${SHA}`]],
  ["merge_group", "a group is thrown away", group("destroyed"), []],
  ["push", "a queue tries something out", push(`refs/heads/${QUEUE}`), []],
  ["create", "a queue makes a branch", { ...ref("branch", QUEUE), master_branch: "main" }, []],
  ["delete", "a queue deletes its branch", { ...ref("branch", QUEUE), pusher_type: "user" }, []],
  [
    "pull_request_review",
    "somebody approves",
    { ...pull("hotfix/7-pay"), action: "submitted", review: { id: 1 } },
    [INCIDENT_7, THE_COMMIT],
  ],
  ["check_run", "one ends", checkRun("completed", "hotfix/7-pay"), [INCIDENT_7, THE_COMMIT]],
  ["check_run", "one of ours ends", checkRun("completed", "hotfix/7-pay", "hotfix/scope"), [INCIDENT_7]],
  ["check_run", "one ends on a fork", checkRun("completed", null), []],
  [
    "check_run",
    "somebody asks for it again",
    checkRun("rerequested", "hotfix/7-pay"),
    [THE_COMMIT, INCIDENT_7],
  ],
  ["check_run", "somebody presses Apply fix", pressed("apply-fix", "User"), [`fix|5|acme/shop|${SHA}.leo-1`]],
  ["check_run", "a bot presses Apply fix", pressed("apply-fix", "Bot"), []],
  ["check_run", "somebody presses what is no button of ours", pressed("reboot", "User"), []],
  ["check_suite", "all end", checkSuite("completed", "hotfix/7-pay"), [INCIDENT_7]],
  ["check_suite", "one is asked for", checkSuite("requested", "hotfix/7-pay"), [INCIDENT_7]],
  [
    "check_suite",
    "one is asked for elsewhere",
    checkSuite("requested", "develop"),
    ["where develop is adopted: null"],
  ],
  ["check_suite", "somebody asks for all again", checkSuite("rerequested", null), [THE_COMMIT]],
  [
    "status",
    "one is set",
    status("main", "hotfix/7-pay", "hotfix/8-cart"),
    [INCIDENT_7, THE_COMMIT, "incident|5|acme/shop|8", `where main is adopted: ${SHA}`],
  ],
  ["deployment_status", "what shipped is deployed", deployed("success"), [THE_REPOSITORY]],
  ["deployment_status", "one waits for its turn", deployed("queued"), []],
  [
    "release",
    "one is published",
    { action: "published", release: { tag_name: "v1.2.4" }, ...FROM },
    [THE_REPOSITORY],
  ],
  ["repository", "it is renamed", { action: "renamed", ...FROM }, [THE_REPOSITORY]],
  ["repository", "it is deleted", { action: "deleted", ...FROM }, []],
  ["installation", "the app is installed", { action: "created", ...account }, ["installation|5"]],
  ["installation", "the app is suspended", { action: "suspend", ...account }, []],
  [
    "installation",
    "permissions are granted",
    { action: "new_permissions_accepted", ...account },
    ["installation|5"],
  ],
  [
    "installation_repositories",
    "repositories are added",
    { action: "added", repositories_added: [], ...account },
    ["installation|5"],
  ],
  ["watch", "somebody stars the repository", { action: "started", ...FROM }, []],
  ["an_event_of_the_future", "something", { action: "done", ...FROM }, []],
];

describe("which things an event is about", () => {
  it.each(WORK)("%s: %s", (event, _what, payload, keys) => {
    const routing = routeEvent(event, payload);
    const found =
      routing.kind === "work"
        ? [
            ...routing.keys,
            ...routing.adoptable.map(({ branch, sha }) => `where ${branch} is adopted: ${sha}`),
          ]
        : routing.kind;
    expect(found).toEqual(keys.length > 0 ? keys : "ignored");
  });

  it("a commit that is none leads to no work on a branch that may be adopted either", () => {
    expect(routeEvent("push", push("refs/heads/feature/pay", { after: "x|y" })).kind).toBe("malformed");
  });

  it("a label comes before everything else", () => {
    expect(routeEvent("issues", issue("labeled"))).toMatchObject({ priority: 10 });
    expect(routeEvent("issues", issue("edited"))).toMatchObject({ priority: 0 });
  });

  it("checks that end may wait for each other, and nobody else waits for them", () => {
    const branch = "hotfix/7-pay";
    expect(routeEvent("check_run", checkRun("completed", branch))).toMatchObject({ inMs: 500 });
    expect(routeEvent("check_suite", checkSuite("completed", branch))).toMatchObject({ inMs: 500 });
    expect(routeEvent("status", status(branch))).toMatchObject({ inMs: 500 });
    expect(routeEvent("check_run", checkRun("rerequested", branch))).toMatchObject({ inMs: 0 });
    expect(routeEvent("issues", issue("edited"))).toMatchObject({ inMs: 0 });
  });

  it("a delivery that no installation sent is ignored", () => {
    expect(routeEvent("issues", { ...issue("labeled"), installation: undefined }).kind).toBe("ignored");
  });

  it("every row is covered by the table above", () => {
    expect(new Set(WORK.map(([event]) => event))).toEqual(
      new Set([...Object.keys(routes), "watch", "an_event_of_the_future"]),
    );
  });
});

describe("bodies that the event cannot have", () => {
  it("S5: an issue_comment body sent as issues is refused", () => {
    expect(routeEvent("issues", comment())).toEqual({
      kind: "malformed",
      because: "not the body of issues: it has comment",
    });
  });

  const recorded = createRequire(import.meta.url)("@octokit/webhooks-examples") as readonly {
    readonly name: string;
    readonly examples: readonly { readonly installation?: object }[];
  }[];
  const bodies = recorded.flatMap(({ name, examples }) =>
    examples.map((payload) => ({ name, payload: { installation: INSTALLATION, ...payload } })),
  );

  it("S5: no recorded body of GitHub leads to work under the name of another event", () => {
    const mistaken = Object.keys(routes).flatMap((event) =>
      bodies
        .filter(({ name, payload }) => name !== event && routeEvent(event, payload).kind === "work")
        .map(({ name }) => `${name} sent as ${event}`),
    );
    expect([...new Set(mistaken)]).toEqual([]);
  });

  it("every recorded body of GitHub is accepted under its own name", () => {
    const refused = bodies
      .map(({ name, payload }) => ({ name, routing: routeEvent(name, payload) }))
      .filter(({ routing }) => routing.kind === "malformed");
    expect(refused).toEqual([]);
  });

  it.each([
    ["null", null],
    ["a list", []],
    ["a text", "issues"],
    ["nothing in it", {}],
    ["an issue that is null", { ...issue("labeled"), issue: null }],
    ["a number that is a text", issue("labeled", { number: "7" })],
    ["a number that is negative", issue("labeled", { number: -7 })],
    ["a number with a fraction", issue("labeled", { number: 7.5 })],
    [
      "an owner with a slash",
      { ...issue("labeled"), repository: { ...REPOSITORY, owner: { login: "a/b" } } },
    ],
    ["a repository without a name", { ...issue("labeled"), repository: { id: 1 } }],
    ["a commit that is none", push("refs/heads/hotfix/7-pay", { after: "x|y" })],
  ])("%s leads to no work", (_what, payload) => {
    const event = typeof payload === "object" && payload !== null && "after" in payload ? "push" : "issues";
    expect(routeEvent(event, payload).kind).toBe("malformed");
  });

  it("S9: a __proto__ key is an ordinary key and reaches no prototype", () => {
    const payload: unknown = JSON.parse(
      `{"__proto__": {"action": "labeled", "issue": {"number": 7}}, "constructor": {"prototype": {"x": 1}}}`,
    );
    expect(routeEvent("issues", payload).kind).toBe("malformed");
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it.each(["__proto__", "constructor", "toString"])("S9: an event named %s is ignored", (event) => {
    expect(routeEvent(event, issue("labeled")).kind).toBe("ignored");
  });
});
