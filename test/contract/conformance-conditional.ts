import { expect } from "vitest";
import { type Behaviour, branchAtDefault, openIssue } from "./conformance-behaviour.ts";
import type { Answer, Target } from "./conformance-target.ts";

const REFERENCE =
  "rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate";

/** Reads that send back the name of the answer they know. */
export const conditionalBehaviours: readonly Behaviour[] = [
  {
    name: "a read that sends back its etag is answered 304 without a body while nothing changed, and whole after a change",
    source: "docs",
    reference: REFERENCE,
    run: async (target) => {
      const issue = await openIssue(target);
      const first = await target.call("GET", `/issues/${issue}`);
      const etag = first.headers.get("etag");
      expect(etag).toMatch(/^(?:W\/)?"[^"]+"$/u);
      const again = await conditional(target, `/issues/${issue}`, etag!);
      expect([again.status, again.body]).toEqual([304, null]);
      await target.call("PATCH", `/issues/${issue}`, { title: "Renamed" });
      const changed = await conditional(target, `/issues/${issue}`, etag!);
      expect([changed.status, changed.body.title]).toEqual([200, "Renamed"]);
      expect(changed.headers.get("etag")).not.toBe(etag);
    },
  },
  {
    name: "a 304 is not counted against the hourly allowance",
    source: "docs",
    reference: REFERENCE,
    run: async (target) => {
      const issue = await openIssue(target);
      const first = await target.call("GET", `/issues/${issue}`);
      const again = await conditional(target, `/issues/${issue}`, first.headers.get("etag")!);
      expect(again.status).toBe(304);
      expect(again.headers.get("x-ratelimit-used")).toBe(first.headers.get("x-ratelimit-used"));
    },
  },
  {
    name: "the activity list of a branch has an etag that holds until something is pushed",
    source: "unverified",
    reference: "documented for GET in general; not said for this list",
    run: async (target) => {
      const branch = target.name("quiet");
      await branchAtDefault(target, branch);
      const path = `/activity?ref=refs/heads/${branch}&per_page=100`;
      const etag = (await target.call("GET", path)).headers.get("etag")!;
      expect((await conditional(target, path, etag)).status).toBe(304);
      const content = Buffer.from("more\n").toString("base64");
      await target.call("PUT", `/contents/${branch}.txt`, { message: "Add more", content, branch });
      expect((await conditional(target, path, etag)).status).toBe(200);
    },
  },
];

function conditional(target: Target, path: string, etag: string): Promise<Answer> {
  return target.call("GET", path, undefined, "author", { "if-none-match": etag });
}
