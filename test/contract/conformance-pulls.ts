import { expect } from "vitest";
import {
  type Behaviour,
  branchAtDefault,
  branchWithCommit,
  defaultBranch,
  expectRefusal,
  openPull,
  poll,
} from "./conformance-behaviour.ts";

const open: readonly Behaviour[] = [
  {
    name: "a branch without commits of its own gets no pull request",
    source: "reported",
    reference: "peter-evans/create-pull-request#2105",
    run: async (target) => {
      const { base } = await defaultBranch(target);
      const branch = target.name("empty");
      await branchAtDefault(target, branch);
      const answer = await target.call("POST", "/pulls", { title: "x", head: branch, base });
      expectRefusal(answer, 422, `No commits between ${base} and ${branch}`);
    },
  },
  {
    name: "a second pull request for one head and base is refused with code custom",
    source: "reported",
    reference: "google/go-github#1441",
    run: async (target) => {
      const { branch, base } = await openPull(target);
      const answer = await target.call("POST", "/pulls", { title: "again", head: branch, base });
      expectRefusal(answer, 422, `A pull request already exists for ${target.owner}:${branch}.`);
      expect(answer.body.errors[0]).toMatchObject({ resource: "PullRequest", code: "custom" });
    },
  },
  {
    name: "an unknown head is refused as invalid",
    source: "reported",
    reference: "spdx/spdx-online-tools#425",
    run: async (target) => {
      const { base } = await defaultBranch(target);
      const answer = await target.call("POST", "/pulls", { title: "x", head: target.name("none"), base });
      expect(answer.body.errors[0]).toMatchObject({
        resource: "PullRequest",
        field: "head",
        code: "invalid",
      });
    },
  },
  {
    name: "an unknown base is refused as invalid",
    source: "reported",
    reference: "podman-container-tools/container-libs#347",
    run: async (target) => {
      const { branch } = await branchWithCommit(target);
      const answer = await target.call("POST", "/pulls", {
        title: "x",
        head: branch,
        base: target.name("none"),
      });
      expect(answer.body.errors[0]).toMatchObject({
        resource: "PullRequest",
        field: "base",
        code: "invalid",
      });
    },
  },
  {
    name: "a body of more than 65,536 characters is refused",
    source: "reported",
    reference: "danger/danger#424",
    run: async (target) => {
      const { base } = await defaultBranch(target);
      const { branch } = await branchWithCommit(target);
      const body = "x".repeat(65_537);
      const answer = await target.call("POST", "/pulls", { title: "x", head: branch, base, body });
      expectRefusal(answer, 422, "body is too long (maximum is 65536 characters)");
    },
  },
  {
    name: "the head follows its branch",
    source: "docs",
    reference: "webhooks/webhook-events-and-payloads#pull_request (synchronize)",
    run: async (target) => {
      const { branch, number } = await openPull(target);
      const pushed = await target.call("PUT", `/contents/${branch}-2.txt`, {
        message: "More",
        content: "eAo=",
        branch,
      });
      const answer = await poll(
        () => target.call("GET", `/pulls/${number}`),
        ({ body }) => body.head.sha === pushed.body.commit.sha,
      );
      expect(answer.body).toMatchObject({
        head: { sha: pushed.body.commit.sha },
        commits: 2,
        changed_files: 2,
      });
    },
  },
  {
    name: "mergeable is null until a job has found out",
    source: "docs",
    reference: "rest/pulls/pulls#get-a-pull-request",
    run: async (target) => {
      const { number } = await openPull(target);
      const answer = await poll(
        () => target.call("GET", `/pulls/${number}`),
        ({ body }) => body.mergeable !== null,
      );
      expect(answer.body.mergeable).toBe(true);
    },
  },
  {
    name: "deleting the head branch closes the pull request, and restoring it allows reopening",
    source: "docs",
    reference: "pull-requests/.../deleting-and-restoring-branches-in-a-pull-request",
    run: async (target) => {
      const { branch, number, sha } = await openPull(target);
      await target.call("DELETE", `/git/refs/heads/${branch}`);
      const closed = await poll(
        () => target.call("GET", `/pulls/${number}`),
        ({ body }) => body.state === "closed",
      );
      expect(closed.body).toMatchObject({ state: "closed", merged: false, head: { sha } });
      expect((await target.call("PATCH", `/pulls/${number}`, { state: "open" })).status).toBe(422);
      await target.call("POST", "/git/refs", { ref: `refs/heads/${branch}`, sha });
      const reopened = await target.call("PATCH", `/pulls/${number}`, { state: "open" });
      expect(reopened.body.state).toBe("open");
    },
  },
  {
    name: "deleting the base branch over REST closes pull requests that are based on it",
    source: "reported",
    reference: "cli/cli#14223",
    run: async (target) => {
      const { branch } = await branchWithCommit(target);
      const base = target.name("base");
      await branchAtDefault(target, base);
      const { body } = await target.call("POST", "/pulls", { title: "x", head: branch, base });
      await target.call("DELETE", `/git/refs/heads/${base}`);
      const answer = await poll(
        () => target.call("GET", `/pulls/${body.number}`),
        (it) => it.body.state === "closed",
      );
      expect(answer.body).toMatchObject({ state: "closed", merged: false });
    },
  },
  {
    name: "a pull request whose head reached its base by a push counts as merged",
    source: "docs",
    reference: "pull-requests/.../about-pull-request-merges#indirect-merges",
    run: async (target) => {
      const { branch, sha } = await branchWithCommit(target);
      const base = target.name("base");
      await branchAtDefault(target, base);
      const { body } = await target.call("POST", "/pulls", { title: "x", head: branch, base });
      await target.call("PATCH", `/git/refs/heads/${base}`, { sha });
      const answer = await poll(
        () => target.call("GET", `/pulls/${body.number}`),
        (it) => it.body.merged,
      );
      expect(answer.body).toMatchObject({ state: "closed", merged: true });
    },
  },
];

const reviews: readonly Behaviour[] = [
  {
    name: "nobody approves their own pull request",
    source: "reported",
    reference: "hmarr/auto-approve-action#178",
    run: async (target) => {
      const { number } = await openPull(target);
      const answer = await target.call("POST", `/pulls/${number}/reviews`, { event: "APPROVE" });
      expectRefusal(answer, 422, "Can not approve your own pull request");
    },
  },
  {
    name: "a review is not requested from the author",
    source: "reported",
    reference: "cli/cli#4704",
    run: async (target) => {
      const { number } = await openPull(target);
      const { body } = await target.call("GET", `/pulls/${number}`);
      const answer = await target.call("POST", `/pulls/${number}/requested_reviewers`, {
        reviewers: [body.user.login],
      });
      expectRefusal(answer, 422, "Review cannot be requested from pull request author.");
    },
  },
  {
    name: "an approval takes the reviewer off the list of those asked",
    source: "docs",
    reference: "rest/pulls/review-requests#get-all-requested-reviewers-for-a-pull-request",
    needs: ["reviewer"],
    run: async (target) => {
      const { number, sha } = await openPull(target);
      const me = await target.call("GET", "//user", undefined, "reviewer");
      const asked = await target.call("POST", `/pulls/${number}/requested_reviewers`, {
        reviewers: [me.body.login],
      });
      expect(asked.body.requested_reviewers).toHaveLength(1);
      const review = await target.call("POST", `/pulls/${number}/reviews`, { event: "APPROVE" }, "reviewer");
      expect(review.body).toMatchObject({ state: "APPROVED", commit_id: sha });
      const after = await target.call("GET", `/pulls/${number}/requested_reviewers`);
      expect(after.body.users).toEqual([]);
    },
  },
  {
    name: "a dismissed approval stays as DISMISSED",
    source: "spec",
    reference: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals",
    needs: ["reviewer"],
    run: async (target) => {
      const { number } = await openPull(target);
      const review = await target.call("POST", `/pulls/${number}/reviews`, { event: "APPROVE" }, "reviewer");
      const dismissed = await target.call("PUT", `/pulls/${number}/reviews/${review.body.id}/dismissals`, {
        message: "outdated",
      });
      expect(dismissed.body.state).toBe("DISMISSED");
    },
  },
];

export const pullBehaviours: readonly Behaviour[] = [...open, ...reviews];
