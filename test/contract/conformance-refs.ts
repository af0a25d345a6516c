import { expect } from "vitest";
import {
  type Behaviour,
  branchAtDefault,
  branchWithCommit,
  defaultBranch,
  expectRefusal,
} from "./conformance-behaviour.ts";

export const refBehaviours: readonly Behaviour[] = [
  {
    name: "a ref that exists is refused",
    source: "reported",
    reference: "renovatebot/renovate#20281",
    run: async (target) => {
      const { base, sha } = await defaultBranch(target);
      const answer = await target.call("POST", "/git/refs", { ref: `refs/heads/${base}`, sha });
      expectRefusal(answer, 422, "Reference already exists");
    },
  },
  {
    name: "a branch cannot lie below another branch",
    source: "reported",
    reference: "microsoft/vscode-remote-repositories-github#122",
    run: async (target) => {
      const branch = target.name("folder");
      const sha = await branchAtDefault(target, branch);
      const answer = await target.call("POST", "/git/refs", { ref: `refs/heads/${branch}/below`, sha });
      expectRefusal(answer, 422, "Reference update failed");
    },
  },
  {
    name: "a ref moves only forward without force",
    source: "spec",
    reference: "PATCH /repos/{owner}/{repo}/git/refs/{ref} (force)",
    run: async (target) => {
      const { branch } = await branchWithCommit(target);
      const { sha } = await defaultBranch(target);
      const path = `/git/refs/heads/${branch}`;
      expectRefusal(await target.call("PATCH", path, { sha }), 422, "Update is not a fast forward");
      expect((await target.call("PATCH", path, { sha, force: true })).status).toBe(200);
    },
  },
  {
    name: "a ref that does not exist cannot be moved",
    source: "reported",
    reference: "semaphoreio/semaphore#1042",
    run: async (target) => {
      const { sha } = await defaultBranch(target);
      const answer = await target.call("PATCH", `/git/refs/heads/${target.name("none")}`, { sha });
      expectRefusal(answer, 422, "Reference does not exist");
    },
  },
  {
    name: "matching refs are found by prefix, none is an empty list",
    source: "spec",
    reference: "GET /repos/{owner}/{repo}/git/matching-refs/{ref}",
    run: async (target) => {
      const stem = target.name("prefix");
      await branchAtDefault(target, `${stem}/one`);
      const found = await target.call("GET", `/git/matching-refs/heads/${stem}`);
      expect(found.body).toMatchObject([{ ref: `refs/heads/${stem}/one` }]);
      expect((await target.call("GET", `/git/matching-refs/heads/${target.name("none")}`)).body).toEqual([]);
    },
  },
  {
    name: "merging what is there already is 204",
    source: "spec",
    reference: "POST /repos/{owner}/{repo}/merges",
    run: async (target) => {
      const { branch, sha } = await branchWithCommit(target);
      const base = target.name("base");
      await branchAtDefault(target, base);
      expect((await target.call("POST", "/merges", { base, head: sha })).status).toBe(201);
      expect((await target.call("POST", "/merges", { base, head: branch })).status).toBe(204);
      expect((await target.call("POST", "/merges", { base, head: target.name("none") })).status).toBe(404);
    },
  },
  {
    name: "an unchanged answer is 304 when its ETag is sent",
    source: "docs",
    reference: "rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests",
    run: async (target) => {
      const { headers } = await target.call("GET", "");
      expect(headers.get("etag")).toMatch(/^(W\/)?"/);
    },
  },
];
