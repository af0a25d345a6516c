import { describe, expect, it } from "vitest";
import { defaultConfig } from "../../../src/config/schema.ts";
import { layoutOf } from "../../../src/github/layout.ts";
import { ObservationHints } from "../../../src/github/observation-hints.ts";
import type { News } from "../../../src/reconcile/queue.ts";
import { receiveDelivery } from "../../../src/reconcile/receive-delivery.ts";

const SHA = "d".repeat(40);
const ACME = { owner: "Acme", repo: "shop" };
const repository = { id: 1, name: "shop", owner: { login: "acme" } };

/** What the queue gets of deliveries. */
function receiver() {
  const stored: (readonly string[])[] = [];
  const queue = {
    add: ({ keys }: News) => {
      stored.push(keys);
      return Promise.resolve(true);
    },
  };
  const hints = new ObservationHints();
  let id = 0;
  const receive = (event: string, payload: object) => {
    id += 1;
    return receiveDelivery(queue, hints, {
      id: String(id),
      event,
      payload: { installation: { id: 5 }, repository, ...payload },
    });
  };
  return { adoptions: hints.adoptions, layouts: hints.layouts, stored, receive };
}

const pull = (branch: string) => ({
  action: "synchronize",
  number: 12,
  pull_request: { head: { ref: branch, sha: SHA, repo: { id: 1 } }, base: { repo: { id: 1 } } },
});

describe("news of a branch that carries no number of an issue", () => {
  const review = (branch: string) => ({
    action: "submitted",
    review: { id: 1 },
    pull_request: { head: { ref: branch, sha: SHA, repo: { id: 1 } }, base: { repo: { id: 1 } } },
  });
  const push = (branch: string) => ({
    ref: `refs/heads/${branch}`,
    before: SHA,
    after: SHA,
    deleted: false,
    head_commit: null,
  });

  it("is stored nowhere while no incident adopted the branch", async () => {
    const { receive, stored } = receiver();
    expect((await receive("pull_request_review", review("ben/fix"))).kind).toBe("ignored");
    expect(stored).toEqual([]);
  });

  it("leads to the incident that adopted it and to the commit, in that repository only", async () => {
    const { adoptions, receive, stored } = receiver();
    adoptions.note(ACME, 7, ["ben/fix"]);
    adoptions.note({ owner: "acme", repo: "other" }, 8, ["ben/other"]);
    await receive("pull_request_review", review("ben/fix"));
    await receive("push", push("ben/fix"));
    expect((await receive("pull_request_review", review("ben/other"))).kind).toBe("ignored");
    const ours = ["incident|5|acme/shop|7", `commit|5|acme/shop|${SHA}`];
    expect(stored).toEqual([ours, ["repository|5|acme/shop", ...ours]]);
  });

  it("is about nothing again once the incident is over", async () => {
    const { adoptions, receive } = receiver();
    adoptions.note(ACME, 7, ["ben/fix"]);
    adoptions.note(ACME, 7, []);
    expect((await receive("pull_request_review", review("ben/fix"))).kind).toBe("ignored");
  });
});

describe("news of a branch that carries a number", () => {
  const INCIDENT = "incident|5|acme/shop|123";
  const COMMIT = `commit|5|acme/shop|${SHA}`;
  const GUARD = `guard|5|acme/shop|${SHA}`;
  const ended = (branch: string) => ({
    action: "completed",
    check_run: { name: "build", head_sha: SHA, check_suite: { head_branch: branch } },
  });
  const status = (...branches: string[]) => ({
    sha: SHA,
    state: "success",
    context: "ci",
    branches: branches.map((name) => ({ name })),
  });
  const known = () => {
    const all = receiver();
    all.layouts.set("acme/shop", layoutOf(defaultConfig));
    return all;
  };

  it("leads to that incident and to the guard while nobody knows how the repository calls its branches", async () => {
    const { receive, stored } = receiver();
    await receive("check_run", ended("feature/123-login"));
    await receive("pull_request", pull("feature/123-login"));
    expect(stored).toEqual([
      [INCIDENT, COMMIT],
      [INCIDENT, GUARD],
    ]);
  });

  it("costs no look at an incident where the prefix is not one of the app's, and the guard alone looks at its code", async () => {
    const { receive, stored } = known();
    expect((await receive("check_run", ended("feature/123-login"))).kind).toBe("ignored");
    expect((await receive("status", status("fix/77", "feature/123-login"))).kind).toBe("ignored");
    await receive("pull_request", pull("feature/123-login"));
    expect(stored).toEqual([[GUARD]]);
  });

  it("leads to the incident of a branch of the app, without the guard", async () => {
    const { receive, stored } = known();
    await receive("check_run", ended("hotfix/123-pay"));
    await receive("status", status("fix/77", "backmerge/123-develop"));
    await receive("pull_request", pull("hotfix/123-pay"));
    await receive("pull_request", pull("hotfix-documents/123"));
    expect(stored).toEqual([[INCIDENT, COMMIT], [COMMIT, INCIDENT], [INCIDENT], [INCIDENT, GUARD]]);
  });

  it("leads to the incident that adopted it, whatever its number, and the guard leaves its commit alone", async () => {
    const { adoptions, receive, stored } = known();
    adoptions.note(ACME, 7, ["fix/77", "ben/fix"]);
    const ours = "incident|5|acme/shop|7";
    await receive("check_run", ended("fix/77"));
    await receive("pull_request", pull("fix/77"));
    await receive("pull_request", pull("ben/fix"));
    expect(stored).toEqual([[ours, COMMIT], [ours], [ours]]);
  });
});
