import { afterEach, describe, expect, it } from "vitest";
import {
  commentsOn,
  endNight,
  isOpen,
  merge,
  pullRequestFrom,
  pushFix,
  releasedTags,
  secondLook,
  tagNames,
} from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const REPOSITORY = "/repos/{owner}/{repo}";

describe("a night on which GitHub fails", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  it("F1, F2, F3, F4, F6, F7, F9, F16: ends as a quiet one does: one of everything, and nothing that a person did is lost", async () => {
    world = await World.open();
    const { faults } = world.standIn;
    const lost = { kind: "answer-after", status: 502, body: { message: "Server Error" } } as const;
    const unanswered = { kind: "answer-before", status: 502, body: { message: "Server Error" } } as const;
    // Opening: a branch that is not shown at once, pull requests that do not see it, comments whose answer is lost, queries that fail, events twice.
    faults.webhook({ event: "issues", times: 4, effect: { kind: "duplicate-new-guid" } });
    faults.add({ method: "POST", path: `${REPOSITORY}/git/refs`, effect: { kind: "replica-lag", ms: 300 } });
    faults.add({ method: "POST", path: `${REPOSITORY}/git/refs`, skip: 1, effect: lost });
    faults.pullsDoNotSeeRefs("No commits between main and hotfix", 2);
    faults.add({ method: "POST", path: `${REPOSITORY}/pulls`, skip: 2, effect: lost });
    faults.add({ method: "POST", path: `${REPOSITORY}/issues/{issue_number}/comments`, effect: lost });
    faults.add({ method: "POST", path: "/graphql", effect: unanswered });
    const issue = await world.declare("Checkout fails");
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    expect((await pullRequestFrom(world, branch)).draft).toBe(true);
    expect((await pullRequestFrom(world, `backmerge/${issue}-develop`)).draft).toBe(true);
    expect(await commentsOn(world, issue)).toHaveLength(1);

    await pushFix(world, branch);
    // Shipping: tag, release and merges are done and not answered; the base moves; the commit of the documents meets a server that gives up.
    faults.webhook({ event: "pull_request", action: "closed", effect: { kind: "duplicate-same-guid" } });
    faults.add({ method: "POST", path: `${REPOSITORY}/git/refs`, effect: lost });
    faults.add({ method: "POST", path: `${REPOSITORY}/releases`, effect: lost });
    faults.add({ method: "POST", path: `${REPOSITORY}/merges`, effect: lost });
    faults.add({
      method: "PUT",
      path: `${REPOSITORY}/pulls/{pull_number}/merge`,
      skip: 1,
      effect: {
        kind: "answer-before",
        status: 405,
        body: { message: "Base branch was modified. Review and try the merge again." },
      },
    });
    faults.add({
      method: "POST",
      path: "/graphql",
      when: ({ body }) => String(body["query"]).includes("createCommitOnBranch"),
      effect: lost,
    });
    await merge(world, branch);

    const tags = await tagNames(world);
    expect(tags).toEqual(["v1.4.0", "v1.4.1", "v1.4.2", "v1.4.3"]);
    expect(await releasedTags(world)).toEqual(["v1.4.3"]);
    expect(await isOpen(world, issue)).toBe(false);
    const { rest } = world.person("olga").octokit;
    expect((await rest.pulls.list({ ...at, state: "all" })).data).toHaveLength(2);
    const kinds = (await commentsOn(world, issue)).map((body) => /;kind=([a-z-]+)/u.exec(body)?.[1]);
    expect(kinds.toSorted((one, other) => (one ?? "").localeCompare(other ?? ""))).toEqual([
      "closed",
      "landed",
      "ready",
      "released",
      "status",
    ]);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "origin");
    const documents = await olga.git("log", "--format=%s", "--grep=^docs: ", "origin/develop");
    expect(documents.trim().split("\n")).toHaveLength(1);
    faults.clear();
    expect(await secondLook(world, issue)).toEqual([]);
  });
});
