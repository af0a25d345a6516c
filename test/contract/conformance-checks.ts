import { expect } from "vitest";
import { type Behaviour, branchWithCommit, expectRefusal } from "./conformance-behaviour.ts";

const annotation = (line: number): object => ({
  path: "src/a.js",
  start_line: line,
  end_line: line,
  annotation_level: "failure",
  message: "forbidden",
});

export const checkBehaviours: readonly Behaviour[] = [
  {
    name: "only apps write check runs",
    source: "docs",
    reference: "rest/checks/runs#create-a-check-run",
    run: async (target) => {
      const { sha } = await branchWithCommit(target);
      expectRefusal(
        await target.call("POST", "/check-runs", { name: "x", head_sha: sha }),
        403,
        "GitHub App",
      );
    },
  },
  {
    name: "a conclusion completes the run, and updates append annotations",
    source: "docs",
    reference: "rest/checks/runs#update-a-check-run",
    needs: ["app"],
    run: async (target) => {
      const { sha } = await branchWithCommit(target);
      const output = { title: "t", summary: "s", annotations: [annotation(1)] };
      const made = await target.call("POST", "/check-runs", { name: "c", head_sha: sha, output }, "app");
      expect(made.body).toMatchObject({
        status: "queued",
        conclusion: null,
        output: { annotations_count: 1 },
      });
      const more = {
        output: { title: "t", summary: "s", annotations: [annotation(2)] },
        conclusion: "failure",
      };
      const done = await target.call("PATCH", `/check-runs/${made.body.id}`, more, "app");
      expect(done.body).toMatchObject({
        status: "completed",
        conclusion: "failure",
        output: { annotations_count: 2 },
      });
      const listed = await target.call("GET", `/check-runs/${made.body.id}/annotations`, undefined, "app");
      expect(listed.body.map((it: { start_line: number }) => it.start_line)).toEqual([1, 2]);
    },
  },
  {
    name: "more than 50 annotations in one request are refused",
    source: "spec",
    reference: "POST /repos/{owner}/{repo}/check-runs (maxItems)",
    needs: ["app"],
    breaksDescription: true,
    run: async (target) => {
      const { sha } = await branchWithCommit(target);
      const annotations = Array.from({ length: 51 }, (_, index) => annotation(index + 1));
      const output = { title: "t", summary: "s", annotations };
      const answer = await target.call("POST", "/check-runs", { name: "c", head_sha: sha, output }, "app");
      expect(answer.status).toBe(422);
    },
  },
  {
    name: "the newest run of a name hides the older ones unless all are asked for",
    source: "spec",
    reference: "GET /repos/{owner}/{repo}/commits/{ref}/check-runs (filter)",
    needs: ["app"],
    run: async (target) => {
      const { sha } = await branchWithCommit(target);
      const make = (conclusion: string) =>
        target.call("POST", "/check-runs", { name: "c", head_sha: sha, conclusion }, "app");
      await make("failure");
      await make("success");
      const latest = await target.call("GET", `/commits/${sha}/check-runs`, undefined, "app");
      expect(latest.body).toMatchObject({ total_count: 1, check_runs: [{ conclusion: "success" }] });
      const all = await target.call("GET", `/commits/${sha}/check-runs?filter=all`, undefined, "app");
      expect(all.body.total_count).toBe(2);
    },
  },
  {
    name: "every push makes a suite for an app that may write checks",
    source: "spec",
    reference: "webhook check-suite-requested",
    needs: ["app"],
    run: async (target) => {
      const { sha, branch } = await branchWithCommit(target);
      const { body } = await target.call("GET", `/commits/${sha}/check-suites`, undefined, "app");
      expect(body.check_suites).toMatchObject([{ head_sha: sha, head_branch: branch, status: "queued" }]);
    },
  },
  {
    name: "the combined status is pending without statuses and follows the newest of each context",
    source: "docs",
    reference: "rest/commits/statuses#get-the-combined-status-for-a-specific-reference",
    run: async (target) => {
      const { sha } = await branchWithCommit(target);
      expect((await target.call("GET", `/commits/${sha}/status`)).body.state).toBe("pending");
      await target.call("POST", `/statuses/${sha}`, { state: "failure", context: "ci" });
      expect((await target.call("GET", `/commits/${sha}/status`)).body.state).toBe("failure");
      await target.call("POST", `/statuses/${sha}`, { state: "success", context: "ci" });
      const { body } = await target.call("GET", `/commits/${sha}/status`);
      expect(body).toMatchObject({ state: "success", total_count: 1 });
    },
  },
  {
    name: "a deployment of a commit is listed with its statuses, the newest status first",
    source: "docs",
    reference: "rest/deployments/statuses#list-deployment-statuses",
    run: async (target) => {
      const { sha } = await branchWithCommit(target);
      const wanted = { ref: sha, environment: "production", auto_merge: false, required_contexts: [] };
      const made = await target.call("POST", "/deployments", wanted);
      expect(made).toMatchObject({ status: 201, body: { sha, environment: "production" } });
      const place = `/deployments/${made.body.id}/statuses`;
      await target.call("POST", place, { state: "in_progress" });
      await target.call("POST", place, { state: "success", log_url: "https://ci.example.com/7" });
      const { body } = await target.call("GET", place);
      expect(body.map((each: { state: string }) => each.state)).toEqual(["success", "in_progress"]);
      expect((await target.call("GET", `/deployments?sha=${sha}`)).body).toMatchObject([
        { id: made.body.id },
      ]);
    },
  },
];
