import { expect } from "vitest";
import { type Behaviour, defaultBranch } from "./conformance-behaviour.ts";

export const releaseBehaviours: readonly Behaviour[] = [
  {
    name: "a release makes a lightweight tag at its target where there is none",
    source: "spec",
    reference: "POST /repos/{owner}/{repo}/releases (target_commitish)",
    run: async (target) => {
      const { sha, base } = await defaultBranch(target);
      const tag = target.name("v");
      const answer = await target.call("POST", "/releases", { tag_name: tag, target_commitish: base });
      expect(answer).toMatchObject({ status: 201, body: { tag_name: tag, draft: false } });
      const ref = await target.call("GET", `/git/ref/tags/${tag}`);
      expect(ref.body.object).toMatchObject({ type: "commit", sha });
    },
  },
  {
    name: "an annotated tag is a tag object and then a ref at it, and a release uses it",
    source: "spec",
    reference: "POST /repos/{owner}/{repo}/git/tags",
    run: async (target) => {
      const { sha } = await defaultBranch(target);
      const tag = target.name("v");
      const object = await target.call("POST", "/git/tags", {
        tag,
        message: "m",
        object: sha,
        type: "commit",
      });
      expect((await target.call("GET", `/git/ref/tags/${tag}`)).status).toBe(404);
      await target.call("POST", "/git/refs", { ref: `refs/tags/${tag}`, sha: object.body.sha });
      const answer = await target.call("POST", "/releases", { tag_name: tag, target_commitish: "ignored" });
      expect(answer.status).toBe(201);
      expect((await target.call("GET", `/git/ref/tags/${tag}`)).body.object.type).toBe("tag");
    },
  },
  {
    name: "a tag has one published release",
    source: "reported",
    reference: "Expensify/App#94211",
    run: async (target) => {
      const tag = target.name("v");
      await target.call("POST", "/releases", { tag_name: tag });
      const answer = await target.call("POST", "/releases", { tag_name: tag });
      expect(answer).toMatchObject({
        status: 422,
        body: { errors: [{ resource: "Release", code: "already_exists", field: "tag_name" }] },
      });
    },
  },
  {
    name: "make_latest false leaves the latest release where it is",
    source: "spec",
    reference: "POST /repos/{owner}/{repo}/releases (make_latest)",
    run: async (target) => {
      const [first, second] = [target.name("v"), target.name("v")];
      await target.call("POST", "/releases", { tag_name: first, make_latest: "true" });
      await target.call("POST", "/releases", { tag_name: second, make_latest: "false" });
      expect((await target.call("GET", "/releases/latest")).body.tag_name).toBe(first);
      expect((await target.call("GET", `/releases/tags/${second}`)).body.tag_name).toBe(second);
    },
  },
  {
    name: "notes are generated without anything being saved",
    source: "spec",
    reference: "POST /repos/{owner}/{repo}/releases/generate-notes",
    run: async (target) => {
      const { base } = await defaultBranch(target);
      const tag = target.name("v");
      const body = { tag_name: tag, target_commitish: base };
      const answer = await target.call("POST", "/releases/generate-notes", body);
      expect(answer.body.body).toContain("**Full Changelog**");
      expect((await target.call("GET", `/releases/tags/${tag}`)).status).toBe(404);
    },
  },
];
