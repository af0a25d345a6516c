import { expect } from "vitest";
import { type Behaviour, branchAtDefault, branchWithCommit, standInOf } from "./conformance-behaviour.ts";

const BROWSER = "people do it in the browser";

export const queueBehaviours: readonly Behaviour[] = [
  {
    name: "a merge queue builds a commit on a branch of its own, and merges it once required checks are there",
    source: "docs",
    reference: "repositories/configuring-branches-and-merges/managing-a-merge-queue",
    needs: ["app"],
    standInOnly: BROWSER,
    run: async (target) => {
      const standIn = standInOf(target);
      const name = `${target.owner}/${target.repo}`;
      const base = target.name("queued");
      const before = await branchAtDefault(target, base);
      const { branch, sha } = await branchWithCommit(target);
      const pull = await target.call("POST", "/pulls", { title: branch, head: branch, base });
      standIn.addRuleset(name, {
        name: base,
        include: [`refs/heads/${base}`],
        rules: [
          { type: "merge_queue" },
          {
            type: "required_status_checks",
            parameters: { required_status_checks: [{ context: "c" }] },
          },
        ],
      });
      const group = await standIn.browser.enqueue("alice", name, pull.body.number);
      const ref = `heads/gh-readonly-queue/${base}/pr-${pull.body.number}-${before}`;
      expect((await target.call("GET", `/git/ref/${ref}`)).body.object.sha).toBe(group);
      const commit = await target.call("GET", `/git/commits/${group}`);
      expect(commit.body.parents.map((parent: { sha: string }) => parent.sha)).toEqual([before, sha]);
      const asked = standIn.deliveries.findLast(({ event }) => event === "merge_group");
      expect(asked).toMatchObject({
        action: "checks_requested",
        payload: { merge_group: { head_sha: group, head_ref: `refs/${ref}`, base_sha: before } },
      });
      expect((await target.call("GET", `/git/ref/heads/${base}`)).body.object.sha).toBe(before);
      await target.call("POST", "/check-runs", { name: "c", head_sha: group, conclusion: "success" }, "app");
      await standIn.idle();
      expect((await target.call("GET", `/git/ref/heads/${base}`)).body.object.sha).toBe(group);
      expect((await target.call("GET", `/pulls/${pull.body.number}`)).body.merged).toBe(true);
      expect((await target.call("GET", `/git/ref/${ref}`)).status).toBe(404);
    },
  },
  {
    name: "the commits of a pull request from a fork can be read where it is opened, and its branch is not there",
    source: "docs",
    reference:
      "pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/checking-out-pull-requests-locally",
    needs: ["app"],
    standInOnly: BROWSER,
    run: async (target) => {
      const standIn = standInOf(target);
      const name = `${target.owner}/${target.repo}`;
      const base = target.name("base");
      await branchAtDefault(target, base);
      await standIn.createRepository({ owner: "carol", name: target.repo });
      const fork = standIn.repository(`carol/${target.repo}`);
      const { git } = standIn.repository(name);
      const { branch, sha } = await branchWithCommit(target);
      await fork.git.run(["fetch", "--quiet", git.path, sha]);
      await fork.git.setRefs([{ ref: "refs/heads/mine", before: "0".repeat(40), after: sha }]);
      await target.call("DELETE", `/git/refs/heads/${branch}`);
      const number = await standIn.browser.proposeFromFork("carol", name, {
        fork: `carol/${target.repo}`,
        branch: "mine",
        base,
        title: "Mine",
      });
      const pull = await target.call("GET", `/pulls/${number}`);
      expect(pull.body).toMatchObject({
        head: { label: "carol:mine", sha, repo: { full_name: `carol/${target.repo}` } },
        base: { repo: { full_name: name } },
      });
      expect((await target.call("GET", `/git/trees/${sha}`, undefined, "app")).status).toBe(200);
      const run = await target.call("POST", "/check-runs", { name: "c", head_sha: sha }, "app");
      expect(run.status).toBe(201);
      expect((await target.call("GET", `/commits/${sha}/branches-where-head`)).body).toEqual([]);
    },
  },
];
