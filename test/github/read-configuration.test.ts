import { ProbotOctokit } from "probot";
import { describe, expect, it } from "vitest";
import { resolveConfiguration } from "../../src/config/resolve.ts";
import { CallCounter } from "../../src/github/call-counter.ts";
import { ConfigurationCache, configurationReader } from "../../src/github/read-configuration.ts";
import type { RepositoryClient } from "../../src/github/repository-client.ts";

const PATH = ".github/hotfix.yml";

interface GitHub {
  readonly client: RepositoryClient;
  /** Path and query of every request, decoded. */
  readonly requests: string[];
}

/** GitHub with one answer per path and query; everything else is not there. */
function gitHubWith(answers: Readonly<Record<string, unknown>>, status = 404): GitHub {
  const requests: string[] = [];
  const fetch = (url: string): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const asked = decodeURIComponent(`${pathname}${search}`);
    requests.push(asked);
    const answer = answers[asked];
    const body = answer ?? { message: "Not Found" };
    const headers = { "content-type": "application/json; charset=utf-8" };
    return Promise.resolve(
      new Response(JSON.stringify(body), { status: answer === undefined ? status : 200, headers }),
    );
  };
  const octokit = new ProbotOctokit({
    request: { fetch },
    retry: { enabled: false },
    throttle: { enabled: false },
  });
  const app = { id: 1, slug: "hotfix-responder", login: "hotfix-responder[bot]" };
  return {
    client: { octokit, installation: 5, owner: "acme", repo: "shop", app, calls: new CallCounter() },
    requests,
  };
}

function fileAnswer(text: string | Buffer, sha = "a1"): object {
  const content = Buffer.from(text).toString("base64");
  // GitHub breaks the base64 into lines.
  return { type: "file", encoding: "base64", sha, content: content.replaceAll(/.{60}/gu, "$&\n") };
}

function readerOf(gitHub: GitHub, cache = new ConfigurationCache(() => 0)) {
  return configurationReader(gitHub.client, cache);
}

describe("a file", () => {
  it("is read from the default branch, with its blob", async () => {
    const text = `# ${"ü".repeat(100)}\nrelease: off\n`;
    const gitHub = gitHubWith({ [`/repos/acme/shop/contents/${PATH}`]: fileAnswer(text, "blob") });
    expect(await readerOf(gitHub).readFile("shop", PATH)).toEqual({ oid: "blob", text });
  });

  it("is absent when GitHub says so, as it also does for a repository that may not be seen", async () => {
    expect(await readerOf(gitHubWith({})).readFile(".github", PATH)).toBeNull();
  });

  it.each([
    ["not UTF-8", fileAnswer(Buffer.from([0xff, 0xfe, 0x00]))],
    ["larger than GitHub gives", { type: "file", encoding: "none", sha: "a1", content: "" }],
    ["a symbolic link", { type: "symlink", sha: "a1", target: "/etc/passwd" }],
  ])("S26, S28: has no text when it is %s", async (_name, answer) => {
    const gitHub = gitHubWith({ [`/repos/acme/shop/contents/${PATH}`]: answer });
    expect(await readerOf(gitHub).readFile("shop", PATH)).toEqual({ oid: "a1", text: null });
  });

  it("is absent when a folder has its name", async () => {
    const gitHub = gitHubWith({ [`/repos/acme/shop/contents/${PATH}`]: [] });
    expect(await readerOf(gitHub).readFile("shop", PATH)).toBeNull();
  });

  it("is not taken for absent when GitHub fails", async () => {
    await expect(readerOf(gitHubWith({}, 502)).readFile(".github", PATH)).rejects.toMatchObject({
      status: 502,
    });
  });
});

describe("what is kept between passes", () => {
  it("is another repository's file, for a minute, also when it is absent", async () => {
    let now = 0;
    const cache = new ConfigurationCache(() => now);
    const gitHub = gitHubWith({});
    for (const at of [0, 59_999, 60_000]) {
      now = at;
      await readerOf(gitHub, cache).readFile(".github", PATH);
    }
    expect(gitHub.requests).toHaveLength(2);
  });

  it("is never the repository's own file", async () => {
    const gitHub = gitHubWith({});
    const reader = readerOf(gitHub);
    await reader.readFile("shop", PATH);
    await reader.readFile("Shop", PATH);
    expect(gitHub.requests).toHaveLength(2);
  });

  it("S35: is not shared between installations", async () => {
    const cache = new ConfigurationCache(() => 0);
    const gitHub = gitHubWith({});
    const other = { ...gitHub.client, installation: 6 };
    await configurationReader(gitHub.client, cache).readFile(".github", PATH);
    await configurationReader(other, cache).readFile(".github", PATH);
    expect(gitHub.requests).toHaveLength(2);
  });
});

describe("the history", () => {
  const answers = {
    [`/repos/acme/shop/commits?path=${PATH}&per_page=30`]: [{ sha: "c3" }, { sha: "c2" }, { sha: "c1" }],
    [`/repos/acme/shop/contents/${PATH}?ref=c3`]: fileAnswer("release: wrong", "b3"),
    [`/repos/acme/shop/contents/${PATH}?ref=c2`]: fileAnswer("release: adopt", "b2"),
    [`/repos/acme/shop/contents/${PATH}?ref=c1`]: fileAnswer("release: off", "b1"),
  };

  it("S28: is read no further than to the newest revision that validates", async () => {
    const gitHub = gitHubWith(answers);
    const { config, facts } = await resolveConfiguration(readerOf(gitHub), {
      oid: "b3",
      text: "release: wrong",
    });
    expect(config.release).toBe("adopt");
    expect(facts.revision).toBe("b2");
    expect(gitHub.requests.filter((asked) => asked.includes("c1"))).toEqual([]);
  });

  it("costs one call from the second time on", async () => {
    const gitHub = gitHubWith(answers);
    const cache = new ConfigurationCache(() => 0);
    const wrong = { oid: "b3", text: "release: wrong" };
    await resolveConfiguration(readerOf(gitHub, cache), wrong);
    gitHub.requests.length = 0;
    await resolveConfiguration(readerOf(gitHub, cache), wrong);
    expect(gitHub.requests).toEqual([`/repos/acme/shop/commits?path=${PATH}&per_page=30`]);
  });

  it("ends where a revision deleted the file", async () => {
    const { [`/repos/acme/shop/contents/${PATH}?ref=c2`]: _, ...deleted } = answers;
    const resolved = await resolveConfiguration(readerOf(gitHubWith(deleted)), {
      oid: "b3",
      text: "release: wrong",
    });
    expect(resolved.facts.usable).toBe(false);
  });
});
