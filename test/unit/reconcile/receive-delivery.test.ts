import { describe, expect, it } from "vitest";
import { AdoptedBranches } from "../../../src/github/adopted-branches.ts";
import type { News } from "../../../src/reconcile/queue.ts";
import { receiveDelivery } from "../../../src/reconcile/receive-delivery.ts";

const SHA = "d".repeat(40);
const ACME = { owner: "Acme", repo: "shop" };
const repository = { id: 1, name: "shop", owner: { login: "acme" } };

describe("news of a branch that carries no number of an issue", () => {
  function receiver(adoptions = new AdoptedBranches()) {
    const stored: (readonly string[])[] = [];
    const queue = {
      add: ({ keys }: News) => {
        stored.push(keys);
        return Promise.resolve(true);
      },
    };
    let id = 0;
    const receive = (event: string, payload: object) => {
      id += 1;
      return receiveDelivery(queue, adoptions, {
        id: String(id),
        event,
        payload: { installation: { id: 5 }, repository, ...payload },
      });
    };
    return { adoptions, stored, receive };
  }

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
