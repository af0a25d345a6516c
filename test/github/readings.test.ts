import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { branchSearches, layoutOf } from "../../src/github/layout.ts";
import { actorOf, isByApp, restActorOf } from "../../src/github/read-actor.ts";
import { ObservationHints } from "../../src/github/observation-hints.ts";
import { readCauses } from "../../src/github/read-causes.ts";
import { newestFirst } from "../../src/github/read-details.ts";
import { readPermissions } from "../../src/github/read-permissions.ts";
import { readPushes } from "../../src/github/read-pushes.ts";
import { relevantTags } from "../../src/github/read-tags.ts";
import { suspectPathsOf } from "../../src/github/suspect-paths.ts";
import { isNotFound, runGraphql } from "../../src/github/run-graphql.ts";
import { configOf } from "../../src/config/schema.ts";
import { scriptedGitHub } from "../support/scripted-github.ts";
import type { ScriptedGitHub } from "../support/scripted-github.ts";
import { aCommit } from "../support/state-builder.ts";

let github: ScriptedGitHub;

beforeEach(() => {
  github = scriptedGitHub();
});
afterEach(() => {
  github.finish();
});

describe("accounts", () => {
  it("have one form for bots, which GraphQL and REST write differently", () => {
    const bot = { login: "hotfix-responder[bot]", kind: "bot" };
    expect(actorOf({ __typename: "Bot", login: "hotfix-responder" })).toEqual(bot);
    expect(restActorOf({ type: "Bot", login: "hotfix-responder[bot]" })).toEqual(bot);
  });

  it("are ghosts when they are gone", () => {
    expect(actorOf(null)).toEqual({ login: "ghost", kind: "ghost" });
    expect(restActorOf(null)).toEqual({ login: "ghost", kind: "ghost" });
  });

  it("are the app only when both login and kind say so", () => {
    const app = { login: "hotfix-responder[bot]" };
    expect(isByApp({ login: "hotfix-responder[bot]", kind: "bot" }, app)).toBe(true);
    expect(isByApp({ login: "hotfix-responder[bot]", kind: "user" }, app)).toBe(false);
    expect(isByApp({ login: "other[bot]", kind: "bot" }, app)).toBe(false);
  });
});

describe("the lines of a cause", () => {
  it("are those of source where a lock file alone has more than are kept", async () => {
    const sha = "4b1d0c2".padEnd(40, "0");
    const part = (line: number) => `@@ -${line},1 +${line},1 @@\n-a\n+b`;
    const long = Array.from({ length: 60 }, (_, index) => part(index * 10 + 1)).join("\n");
    github.on(`GET ./commits/${sha}`, {
      status: 200,
      body: {
        sha,
        html_url: "https://github.com/acme/shop/commit/4b1d0c2",
        author: null,
        commit: { tree: { sha }, message: "chore: update", author: null, committer: null },
        parents: [],
        files: [
          { filename: "package-lock.json", patch: long },
          { filename: "src/pay.js", patch: part(3) },
        ],
      },
    });
    const [cause] = await readCauses(github.client, new ObservationHints(), [sha]);
    expect(cause?.hunks.slice(0, 2)).toMatchObject([{ path: "src/pay.js" }, { path: "package-lock.json" }]);
    expect(cause?.moreHunks).toBe(21);
  });
});

describe("permissions", () => {
  const path = "GET ./collaborators/ana/permission";

  it("are the booleans, not the word, which calls a maintainer `write`", async () => {
    const permissions = { pull: true, triage: true, push: true, maintain: true, admin: false };
    const user = { login: "ana", permissions };
    github.on(path, { status: 200, body: { permission: "write", role_name: "release-captain", user } });
    expect(await readPermissions(github.client, ["ana"])).toEqual({ ana: permissions });
  });

  it("are none for a stranger and for an account that is gone", async () => {
    github.on(path, { status: 404, body: { message: "ana is not a user" } });
    const none = { pull: false, triage: false, push: false, maintain: false, admin: false };
    expect(await readPermissions(github.client, ["ana"])).toEqual({ ana: none });
  });

  it("follow from the word where an old host sends nothing else, and never too much", async () => {
    github.on(path, { status: 200, body: { permission: "read", user: { login: "ana" } } });
    const read = { pull: true, triage: false, push: false, maintain: false, admin: false };
    expect(await readPermissions(github.client, ["ana"])).toEqual({ ana: read });
  });

  it("are not guessed when GitHub does not answer", async () => {
    github.on(path, { status: 500, body: { message: "oops" } });
    await expect(readPermissions(github.client, ["ana"])).rejects.toMatchObject({ status: 500 });
  });
});

describe("pushes", () => {
  it("are unknown, and nothing else is lost, where the installation may not read them", async () => {
    github.on(/\/activity\?/u, { status: 403, body: { message: "Resource not accessible by integration" } });
    expect(await readPushes(github.client, ["hotfix/7-x"])).toEqual([]);
  });
});

describe("tags", () => {
  const commit = (oid: string) => ({ __typename: "Commit", oid });
  const names = (merges: string[], format = "v{{version}}") =>
    relevantTags(
      [
        { name: "v1.9.0", target: commit("a") },
        { name: "v1.10.0", target: commit("b") },
        { name: "v1.10.0-rc.1", target: commit("c") },
        { name: "build-77", target: commit("d") },
        { name: "v01.2.3", target: commit("e") },
        {
          name: "v1.11.0",
          target: {
            __typename: "Tag",
            oid: "t1",
            tagger: { date: "2026-11-20T00:00:00Z" },
            target: { __typename: "Tag", oid: "t2", target: { oid: "f" } },
          },
        },
        { name: "v9.9.9", target: { __typename: "Blob", oid: "x" } },
      ],
      format,
      new Set(merges),
    );

  it("S37: are versions in the configured format, the highest first, however the names sort", () => {
    expect(names([]).map(({ name }) => name)).toEqual(["v1.11.0", "v1.10.0", "v1.10.0-rc.1", "v1.9.0"]);
  });

  it("are peeled, also a tag of a tag", () => {
    expect(names([])[0]).toEqual({
      name: "v1.11.0",
      commit: "f",
      isAnnotated: true,
      taggedAt: "2026-11-20T00:00:00Z",
    });
  });

  it("include any other tag on a merge commit of ours", () => {
    expect(names(["d"]).at(-1)).toMatchObject({ name: "build-77", commit: "d" });
  });
});

describe("paths to suspect", () => {
  it.each([
    [["src/payment/**"], ["src/payment"]],
    [
      ["src/pay*.js", "lib/gateway.js"],
      ["src", "lib/gateway.js"],
    ],
    [["src/**", "src/payment/**"], ["src"]],
    [["**/*.js"], []],
    [["./src/cart/{a,b}.js"], ["src/cart"]],
    [[], []],
  ])("of %j are %j", (globs, paths) => {
    expect(suspectPathsOf(globs)).toEqual(paths);
  });
});

describe("where branches are looked for", () => {
  const search = (release: string) =>
    branchSearches(layoutOf(configOf({ branches: { release } })), 7).releaseBranches;

  it.each([
    ["release/*", { prefix: "refs/heads/release/", query: null }],
    ["rel-*", { prefix: "refs/heads/", query: "rel-" }],
    ["team/rel-*", { prefix: "refs/heads/team/", query: "rel-" }],
    ["{release,stable}/*", { prefix: "refs/heads/", query: null }],
  ])("%s: %j", (glob, expected) => {
    expect(search(glob)).toEqual(expected);
  });
});

describe("commits", () => {
  it("come children first, in whatever order GitHub lists them, also within one second", () => {
    const first = aCommit("first");
    const second = aCommit("second", { parents: [first.sha] });
    const third = aCommit("third", { parents: [second.sha], committedAt: "2020-01-01T00:00:00Z" });
    const expected = [third, second, first];
    expect(newestFirst([first, second, third])).toEqual(expected);
    expect(newestFirst([third, first, second])).toEqual(expected);
  });
});

describe("a GraphQL answer of status 200 (F4)", () => {
  const query = "query Any { viewer { login } }";

  it("is no success when it carries an error that nobody expected", async () => {
    github.onGraphql("QUERY Any", { viewer: null }, [
      { type: "INTERNAL", message: "boom", path: ["viewer"] },
    ]);
    await expect(runGraphql(github.client, query, {}, isNotFound)).rejects.toMatchObject({
      name: "GraphqlFailure",
      message: "INTERNAL: boom",
    });
  });

  it("keeps its data when every error is an expected absence", async () => {
    github.onGraphql("QUERY Any", { viewer: null }, [
      { type: "NOT_FOUND", message: "none", path: ["viewer"] },
    ]);
    expect(await runGraphql(github.client, query, {}, isNotFound)).toEqual({ viewer: null });
  });
});
