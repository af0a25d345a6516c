import { expect } from "vitest";
import {
  type Behaviour,
  branchAtDefault,
  branchWithCommit,
  defaultBranch,
  expectRefusal,
  openIssue,
  openPull,
  poll,
  pullToProtected,
  standInOf,
} from "./conformance-behaviour.ts";

const merge: readonly Behaviour[] = [
  {
    name: "merging with another head than the caller saw is 409",
    source: "spec",
    reference: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
    run: async (target) => {
      const { number } = await openPull(target);
      const { sha } = await defaultBranch(target);
      const answer = await target.call("PUT", `/pulls/${number}/merge`, { sha });
      expectRefusal(answer, 409, "Head branch was modified. Review and try the merge again.");
    },
  },
  {
    name: "a draft cannot be merged",
    source: "reported",
    reference: "djinnos/djinn#1796",
    run: async (target) => {
      const { number, sha } = await openPull(target, { draft: true });
      expectRefusal(
        await target.call("PUT", `/pulls/${number}/merge`, { sha }),
        405,
        "Pull Request is still a draft",
      );
    },
  },
  {
    name: "a merge makes a commit with both parents, and merging again is 405",
    source: "spec",
    reference: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
    run: async (target) => {
      const { number, sha, branch } = await openPull(target);
      const before = (await defaultBranch(target)).sha;
      const merged = await target.call("PUT", `/pulls/${number}/merge`, { sha });
      expect(merged.body).toMatchObject({ merged: true, message: "Pull Request successfully merged" });
      const commit = await target.call("GET", `/git/commits/${merged.body.sha}`);
      expect(commit.body.parents.map((parent: { sha: string }) => parent.sha)).toEqual([before, sha]);
      expect(commit.body.message).toContain(`Merge pull request #${number} from ${target.owner}/${branch}`);
      expect((await defaultBranch(target)).sha).toBe(merged.body.sha);
      expect((await target.call("PUT", `/pulls/${number}/merge`, { sha })).status).toBe(405);
      expect((await target.call("GET", `/pulls/${number}/merge`)).status).toBe(204);
    },
  },
  {
    name: "a squash makes one commit titled after the pull request",
    source: "docs",
    reference: "pull-requests/.../about-merge-methods-on-github",
    run: async (target) => {
      const { number, sha, branch } = await openPull(target);
      const before = (await defaultBranch(target)).sha;
      const merged = await target.call("PUT", `/pulls/${number}/merge`, { sha, merge_method: "squash" });
      const { body } = await target.call("GET", `/git/commits/${merged.body.sha}`);
      expect(body.parents.map((parent: { sha: string }) => parent.sha)).toEqual([before]);
      expect(body.message.split("\n")[0]).toBe(`${branch} (#${number})`);
    },
  },
  {
    name: "a rebase makes new commits on the base even where it could be moved forward",
    source: "docs",
    reference: "pull-requests/.../about-pull-request-merges#rebase-and-merge-your-commits",
    run: async (target) => {
      const { number, sha } = await openPull(target);
      const before = (await defaultBranch(target)).sha;
      // Commit times have whole seconds: within one, the new commit could be the old one.
      await new Promise((resolve) => setTimeout(resolve, 1100));
      const merged = await target.call("PUT", `/pulls/${number}/merge`, { sha, merge_method: "rebase" });
      const { body } = await target.call("GET", `/git/commits/${merged.body.sha}`);
      expect(body.parents.map((parent: { sha: string }) => parent.sha)).toEqual([before]);
      expect(merged.body.sha).not.toBe(sha);
    },
  },
  {
    name: "a conflict is 405 and mergeable false",
    source: "spec",
    reference: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge (405)",
    run: async (target) => {
      const file = `${target.name("same")}.txt`;
      const write = async (branch: string, text: string): Promise<string> => {
        const content = Buffer.from(text).toString("base64");
        const answer = await target.call("PUT", `/contents/${file}`, { message: "x", content, branch });
        return answer.body.commit.sha;
      };
      const [base, head] = [target.name("base"), target.name("head")];
      await branchAtDefault(target, base);
      await branchAtDefault(target, head);
      await write(base, "one\n");
      const sha = await write(head, "two\n");
      const { body } = await target.call("POST", "/pulls", { title: "x", head, base });
      const seen = await poll(
        () => target.call("GET", `/pulls/${body.number}`),
        (it) => it.body.mergeable !== null,
      );
      expect(seen.body).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
      expectRefusal(
        await target.call("PUT", `/pulls/${body.number}/merge`, { sha }),
        405,
        "Pull Request is not mergeable",
      );
    },
  },
  {
    name: "F7: of merges into one base at once, each is done or told that the base was modified",
    source: "reported",
    reference: "cli/cli#8092, quipper/monorepo-deploy-actions#499",
    run: async (target) => {
      const pulls = [await openPull(target), await openPull(target), await openPull(target)];
      const answers = await Promise.all(
        pulls.map(({ number, sha }) => target.call("PUT", `/pulls/${number}/merge`, { sha })),
      );
      const words = answers.map(({ status, body }) => `${status} ${body.message}`);
      expect(words).toContain("200 Pull Request successfully merged");
      const refused = words.filter((word) => !word.startsWith("200 "));
      expect(refused).toEqual(
        refused.map(() => "405 Base branch was modified. Review and try the merge again."),
      );
    },
  },
  {
    name: "a closing keyword in the body of a merged pull request closes the issue",
    source: "docs",
    reference: "issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue",
    run: async (target) => {
      const issue = await openIssue(target);
      const { number, sha } = await openPull(target, { body: `This fixes #${issue}.` });
      await target.call("PUT", `/pulls/${number}/merge`, { sha });
      const answer = await poll(
        () => target.call("GET", `/issues/${issue}`),
        ({ body }) => body.state === "closed",
      );
      expect(answer.body).toMatchObject({ state: "closed", state_reason: "completed" });
    },
  },
  {
    name: "update-branch answers 202 and merges the base afterwards",
    source: "spec",
    reference: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/update-branch",
    run: async (target) => {
      const { number, sha } = await openPull(target);
      const other = await openPull(target);
      await target.call("PUT", `/pulls/${other.number}/merge`, { sha: other.sha });
      const answer = await target.call("PUT", `/pulls/${number}/update-branch`, { expected_head_sha: sha });
      expect(answer.status).toBe(202);
      const seen = await poll(
        () => target.call("GET", `/pulls/${number}`),
        ({ body }) => body.head.sha !== sha,
      );
      expect(seen.body.head.sha).not.toBe(sha);
      const stale = await target.call("PUT", `/pulls/${number}/update-branch`, { expected_head_sha: sha });
      expect(stale.status).toBe(422);
    },
  },
];

const PROTECTS = "it protects a branch, which takes an administrator";
const SETTINGS = "it changes settings of the repository";

const protection: readonly Behaviour[] = [
  {
    name: "a merge without the required approval is 405",
    source: "docs",
    reference: "pull-requests/.../about-protected-branches#require-pull-request-reviews-before-merging",
    standInOnly: PROTECTS,
    needs: ["reviewer"],
    run: async (target) => {
      const { number, sha } = await pullToProtected(target, { requiredApprovals: 1 });
      const refused = await target.call("PUT", `/pulls/${number}/merge`, { sha });
      expectRefusal(refused, 405, "At least 1 approving review is required by reviewers with write access.");
      await target.call("POST", `/pulls/${number}/reviews`, { event: "APPROVE" }, "reviewer");
      expect((await target.call("PUT", `/pulls/${number}/merge`, { sha })).status).toBe(200);
    },
  },
  {
    name: "an approval of somebody who may not write does not count",
    source: "docs",
    reference: "pull-requests/.../about-protected-branches (reviewers with write access)",
    standInOnly: PROTECTS,
    needs: ["reader"],
    run: async (target) => {
      const { number, sha } = await pullToProtected(target, { requiredApprovals: 1 });
      await target.call("POST", `/pulls/${number}/reviews`, { event: "APPROVE" }, "reader");
      expect((await target.call("PUT", `/pulls/${number}/merge`, { sha })).status).toBe(405);
    },
  },
  {
    name: "a merge without the required check is 405",
    source: "docs",
    reference: "pull-requests/.../troubleshooting-required-status-checks",
    standInOnly: PROTECTS,
    run: async (target) => {
      const { number, sha } = await pullToProtected(target, { requiredChecks: ["gate"] });
      const refused = await target.call("PUT", `/pulls/${number}/merge`, { sha });
      expectRefusal(refused, 405, 'Required status check \\"gate\\" is expected.');
      await target.call("POST", `/statuses/${sha}`, { state: "success", context: "gate" });
      expect((await target.call("PUT", `/pulls/${number}/merge`, { sha })).status).toBe(200);
    },
  },
  {
    name: "a push takes approvals back where that is set",
    source: "docs",
    reference: "pull-requests/.../about-protected-branches (dismiss stale approvals)",
    standInOnly: PROTECTS,
    needs: ["reviewer"],
    run: async (target) => {
      const { number, branch } = await pullToProtected(target, {
        requiredApprovals: 1,
        dismissStaleReviews: true,
      });
      await target.call("POST", `/pulls/${number}/reviews`, { event: "APPROVE" }, "reviewer");
      await target.call("PUT", `/contents/${branch}-2.txt`, { message: "m", content: "eAo=", branch });
      const { body } = await target.call("GET", `/pulls/${number}/reviews`);
      expect(body).toMatchObject([{ state: "DISMISSED" }]);
    },
  },
  {
    name: "whoever may only read cannot merge",
    source: "docs",
    reference: "organizations/.../repository-roles-for-an-organization",
    needs: ["reader"],
    run: async (target) => {
      const { number, sha } = await openPull(target);
      expect((await target.call("PUT", `/pulls/${number}/merge`, { sha }, "reader")).status).toBe(403);
    },
  },
];

const branchDeletion: readonly Behaviour[] = [
  {
    name: "deleting merged heads moves pull requests based on them to the base of the merged one",
    source: "docs",
    reference: "repositories/.../managing-the-automatic-deletion-of-branches",
    standInOnly: SETTINGS,
    run: async (target) => {
      const { branch, number, sha, base } = await openPull(target);
      const upper = await branchWithCommit(target);
      const { body } = await target.call("POST", "/pulls", { title: "x", head: upper.branch, base: branch });
      const repository = standInOf(target).repository(`${target.owner}/${target.repo}`);
      repository.deleteBranchOnMerge = true;
      await target.call("PUT", `/pulls/${number}/merge`, { sha });
      repository.deleteBranchOnMerge = false;
      expect((await target.call("GET", `/git/ref/heads/${branch}`)).status).toBe(404);
      const moved = await target.call("GET", `/pulls/${body.number}`);
      expect(moved.body).toMatchObject({ state: "open", base: { ref: base } });
    },
  },
  {
    name: "a head whose deletion is restricted is not deleted with its merge",
    source: "docs",
    reference: "repositories/.../managing-the-automatic-deletion-of-branches",
    standInOnly: SETTINGS,
    run: async (target) => {
      const { branch, number, sha } = await openPull(target);
      const name = `${target.owner}/${target.repo}`;
      standInOf(target).addRuleset(name, {
        name: branch,
        include: [`refs/heads/${branch}`],
        rules: [{ type: "deletion" }],
      });
      standInOf(target).repository(name).deleteBranchOnMerge = true;
      expect((await target.call("PUT", `/pulls/${number}/merge`, { sha })).status).toBe(200);
      standInOf(target).repository(name).deleteBranchOnMerge = false;
      expect((await target.call("GET", `/git/ref/heads/${branch}`)).status).toBe(200);
    },
  },
  {
    name: "deleting merged heads closes another open pull request from the same head",
    source: "unverified",
    reference: "platform §8: not documented, reports contradict each other",
    standInOnly: SETTINGS,
    run: async (target) => {
      const { branch, number, sha } = await openPull(target);
      const other = target.name("other");
      await branchAtDefault(target, other);
      const { body } = await target.call("POST", "/pulls", { title: "x", head: branch, base: other });
      const repository = standInOf(target).repository(`${target.owner}/${target.repo}`);
      repository.deleteBranchOnMerge = true;
      await target.call("PUT", `/pulls/${number}/merge`, { sha });
      repository.deleteBranchOnMerge = false;
      expect((await target.call("GET", `/pulls/${body.number}`)).body).toMatchObject({
        state: "closed",
        merged: false,
      });
    },
  },
  {
    name: "drafts are refused with a message of their own where the repository has none",
    source: "reported",
    reference: "cli/cli#520",
    standInOnly: SETTINGS,
    run: async (target) => {
      const { branch } = await branchWithCommit(target);
      const { base } = await defaultBranch(target);
      const repository = standInOf(target).repository(`${target.owner}/${target.repo}`);
      repository.draftsAllowed = false;
      const answer = await target.call("POST", "/pulls", { title: "x", head: branch, base, draft: true });
      repository.draftsAllowed = true;
      expect(answer.body.message).toBe("Draft pull requests are not supported in this repository.");
    },
  },
];

export const mergeBehaviours: readonly Behaviour[] = [...merge, ...protection, ...branchDeletion];
