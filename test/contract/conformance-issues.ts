import { expect } from "vitest";
import { type Behaviour, expectRefusal, openIssue, openPull, poll } from "./conformance-behaviour.ts";

export const issueBehaviours: readonly Behaviour[] = [
  {
    name: "an unknown label on an issue is made in grey",
    source: "spec",
    reference: "@octokit/fixtures add-labels-to-issue",
    run: async (target) => {
      const number = await openIssue(target);
      const name = target.name("label");
      const answer = await target.call("POST", `/issues/${number}/labels`, { labels: [name] });
      expect(answer.body).toMatchObject([{ name, color: "ededed", default: false, description: null }]);
      expect((await target.call("GET", `/labels/${name}`)).body).toMatchObject({ name, color: "ededed" });
    },
  },
  {
    name: "a label with a colour that is none is refused",
    source: "spec",
    reference: "@octokit/fixtures errors",
    run: async (target) => {
      const answer = await target.call("POST", "/labels", { name: target.name("label"), color: "invalid" });
      expect(answer).toMatchObject({
        status: 422,
        body: {
          message: "Validation Failed",
          errors: [{ resource: "Label", code: "invalid", field: "color" }],
        },
      });
    },
  },
  {
    name: "a label name exists once, in any case of letters",
    source: "docs",
    reference: "rest/using-the-rest-api/troubleshooting-the-rest-api (already_exists)",
    run: async (target) => {
      const name = target.name("label");
      await target.call("POST", "/labels", { name, color: "aabbcc" });
      const answer = await target.call("POST", "/labels", { name: name.toUpperCase(), color: "aabbcc" });
      expect(answer).toMatchObject({
        status: 422,
        body: { errors: [{ code: "already_exists", field: "name" }] },
      });
    },
  },
  {
    name: "labels of somebody who may only read are dropped in silence",
    source: "spec",
    reference: "POST /repos/{owner}/{repo}/issues (labels: silently dropped otherwise)",
    needs: ["reader"],
    run: async (target) => {
      const answer = await target.call("POST", "/issues", { title: "x", labels: ["bug"] }, "reader");
      expect(answer).toMatchObject({ status: 201, body: { labels: [] } });
    },
  },
  {
    name: "closing keeps the reason, and the history says who and when",
    source: "spec",
    reference: "PATCH /repos/{owner}/{repo}/issues/{issue_number}; state-change-issue-event",
    run: async (target) => {
      const number = await openIssue(target, { labels: ["conformance"] });
      const closed = await target.call("PATCH", `/issues/${number}`, {
        state: "closed",
        state_reason: "not_planned",
      });
      expect(closed.body).toMatchObject({ state: "closed", state_reason: "not_planned" });
      const { body } = await target.call("GET", `/issues/${number}/timeline`);
      expect(body.map((it: { event: string }) => it.event)).toEqual(["labeled", "closed"]);
      expect(body[1]).toMatchObject({ state_reason: "not_planned", commit_id: null });
      expect(body[1].actor.login).toBe(closed.body.closed_by.login);
    },
  },
  {
    name: "a mention from another issue is cross-referenced",
    source: "docs",
    reference: "rest/using-the-rest-api/issue-event-types#cross-referenced",
    run: async (target) => {
      const number = await openIssue(target);
      const source = await openIssue(target, { body: `See #${number}, but not \`#${number}\`.` });
      const { body } = await poll(
        () => target.call("GET", `/issues/${number}/timeline`),
        (it) => it.body.length > 0,
      );
      expect(body).toMatchObject([{ event: "cross-referenced", source: { issue: { number: source } } }]);
    },
  },
  {
    name: "an empty comment is refused",
    source: "unverified",
    reference: "stand-in only: the exact code of a blank body",
    run: async (target) => {
      const number = await openIssue(target);
      expect((await target.call("POST", `/issues/${number}/comments`, { body: "" })).status).toBe(422);
    },
  },
  {
    name: "a pull request is an issue too",
    source: "docs",
    reference: "rest/issues/issues (every pull request is an issue)",
    run: async (target) => {
      const { number } = await openPull(target, { draft: true });
      const { body } = await target.call("GET", `/issues/${number}`);
      expect(body).toMatchObject({ number, state: "open", draft: true });
      expect(body.pull_request.merged_at).toBeNull();
      const comment = await target.call("POST", `/issues/${number}/comments`, { body: "hello" });
      expect(comment.status).toBe(201);
    },
  },
  {
    name: "issues are listed by label and state, page by page, with links",
    source: "spec",
    reference: "GET /repos/{owner}/{repo}/issues; @octokit/fixtures paginate-issues",
    run: async (target) => {
      const label = target.name("label");
      for (let count = 0; count < 3; count += 1) await openIssue(target, { labels: [label] });
      const first = await target.call("GET", `/issues?labels=${label}&per_page=2`);
      expect(first.body).toHaveLength(2);
      expect(first.headers.get("link")).toMatch(/page=2>; rel="next".*page=2>; rel="last"/);
      const second = await target.call("GET", `/issues?labels=${label}&per_page=2&page=2`);
      expect(second.body).toHaveLength(1);
      expect(second.headers.get("link")).toMatch(/rel="prev".*rel="first"/);
      expect((await target.call("GET", `/issues?labels=${label}&state=closed`)).body).toEqual([]);
    },
  },
  {
    name: "a sub-issue is added by its id, listed and counted, and has one parent",
    source: "spec",
    reference: "POST and GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues",
    run: async (target) => {
      const parent = await openIssue(target);
      const part = await openIssue(target);
      const { body: child } = await target.call("GET", `/issues/${part}`);
      const added = await target.call("POST", `/issues/${parent}/sub_issues`, { sub_issue_id: child.id });
      expect(added).toMatchObject({ status: 201, body: { number: part } });
      const { body: listed } = await target.call("GET", `/issues/${parent}/sub_issues`);
      expect(listed.map(({ number }: { number: number }) => number)).toEqual([part]);
      const { body } = await target.call("GET", `/issues/${parent}`);
      expect(body.sub_issues_summary).toMatchObject({ total: 1, completed: 0 });
    },
  },
  {
    name: "a sub-issue that has a parent, or would be its own, is refused with 422",
    source: "unverified",
    reference: "issues/sub-issue-refusals",
    run: async (target) => {
      const parent = await openIssue(target);
      const other = await openIssue(target);
      const { body: child } = await target.call("GET", `/issues/${await openIssue(target)}`);
      await target.call("POST", `/issues/${parent}/sub_issues`, { sub_issue_id: child.id });
      const again = await target.call("POST", `/issues/${other}/sub_issues`, { sub_issue_id: child.id });
      expect(again.status).toBe(422);
      const { body: self } = await target.call("GET", `/issues/${parent}`);
      const own = await target.call("POST", `/issues/${parent}/sub_issues`, { sub_issue_id: self.id });
      expect(own.status).toBe(422);
      const absent = await target.call("POST", `/issues/${other}/sub_issues`, { sub_issue_id: 999_999_999 });
      expect(absent.status).toBe(404);
    },
  },
  {
    name: "an issue that does not exist is 404",
    source: "spec",
    reference: "GET /repos/{owner}/{repo}/issues/{issue_number}",
    run: async (target) => {
      expectRefusal(await target.call("GET", "/issues/999999"), 404, "Not Found");
    },
  },
];
