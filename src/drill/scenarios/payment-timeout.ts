import { approveAndMerge } from "../approve-and-merge.ts";
import { declareIncident } from "../declare-incident.ts";
import { eventually, expectThat } from "../eventually.ts";
import { openShop } from "../open-shop.ts";
import {
  gatewayPatient,
  gatewayResolved,
  gatewayStillTooImpatient,
  impatientGateway,
  refundLimits,
} from "../payment-service.ts";
import { pushCommit } from "../push-commit.ts";
import type { Scenario } from "../scenario.ts";
import { seeInReport } from "../see-in-report.ts";
import { type Opened, seeOpened } from "../see-opened.ts";
import { showWhatIsLeft } from "../show-what-is-left.ts";
import type { Stage } from "../stage.ts";

const GATEWAY = "src/payment/gateway.js";

const declaration = `### Service

payment

### Severity

critical

### What is broken

Seven of ten payments time out. The provider answers, but later than we wait.

### Users affected

70 % of those who pay

### Revenue per hour

50000

### Currency

EUR
`;

export const paymentTimeout: Scenario = {
  name: "payment-timeout",
  summary: "70 % of payments time out; the first fix does not help, and develop changed the same lines",
  async play(stage) {
    const { narrator, pace } = stage;
    narrator.heading("Before: v1.4.3 gives up on the provider too early; develop changed the same lines");
    await openShop(stage, refundLimits, [impatientGateway]);
    const issue = await declareIncident(stage, "Payments time out", declaration);
    const first = await seeOpened(stage, issue, ["PAYMENT-CRITICAL-", "833", "v1.4.3"]);
    await stage.person("ben").clone();
    narrator.heading("A first fix, and a click on the wrong button");
    await pushFix(stage, first.branch, gatewayStillTooImpatient, "hotfix: wait a second for the provider");
    await closeByMistake(stage, issue, first);
    const method = pace.pick(["merge", "squash", "rebase"]);
    await approveAndMerge(stage, first.production, "v1.4.4", method);
    await seeConflict(stage, issue);
    const second = await openAnotherRound(stage, issue, first.branch);
    await pushFix(stage, second.branch, gatewayPatient, "hotfix: wait as long as the provider promises");
    await approveAndMerge(stage, second.production, "v1.4.5", pace.pick(["merge", "squash", "rebase"]));
    await resolveConflict(stage, second.backMerge);
    await seeItLanded(stage, issue);
    await seeInReport(stage, issue, ["first released with", "70 % failing", "40 % failing"]);
    await showWhatIsLeft(stage, issue);
  },
};

async function pushFix(stage: Stage, branch: string, gateway: string, message: string): Promise<void> {
  const sha = await pushCommit(stage, {
    branch,
    message,
    files: { [GATEWAY]: gateway },
    what: message.replace("hotfix: ", ""),
  });
  const run = await stage.onlooker.verdict(sha);
  expectThat("the check of the fix passes", run.conclusion === "success");
  stage.narrator.app(`check ${run.name}: ${run.conclusion}: ${run.output.title}`);
}

async function closeByMistake(stage: Stage, issue: number, { production }: Opened): Promise<void> {
  const { narrator, onlooker, pace } = stage;
  const { rest } = stage.person("olga").octokit;
  const before = (await onlooker.pullRequest(production)).head.sha;
  await pace.pause();
  await rest.pulls.update({ ...stage.at, pull_number: production, state: "closed" });
  narrator.person("olga", `closes #${production} by mistake`);
  await eventually("the status comment tells that the pull request was closed", async () => {
    const [status] = await onlooker.conversation(issue);
    return /closed/iu.test(status?.body ?? "") && (status?.body ?? "").includes(`#${production}`);
  });
  narrator.app("says so on the issue, and reopens nothing");
  expectThat("nobody but a person reopens it", (await onlooker.pullRequest(production)).state === "closed");
  await pace.pause();
  await rest.pulls.update({ ...stage.at, pull_number: production, state: "open" });
  narrator.person("olga", `reopens #${production}`);
  const after = await onlooker.pullRequest(production);
  expectThat("its head is what it was", after.head.sha === before);
}

async function seeConflict(stage: Stage, issue: number): Promise<void> {
  const { narrator, onlooker } = stage;
  narrator.heading("Not over: develop conflicts, and payments still fail");
  const told = await eventually(`a comment that names ${GATEWAY} as in conflict`, async () =>
    (await onlooker.conversation(issue)).find(
      ({ body }, index) => index > 0 && /conflict/iu.test(body) && body.includes(GATEWAY),
    ),
  );
  narrator.app("tells of the conflict with develop:");
  narrator.quoteVisible(told.body);
}

async function openAnotherRound(stage: Stage, issue: number, firstBranch: string): Promise<Opened> {
  const { narrator, onlooker, pace } = stage;
  await pace.pause();
  const body = [
    "Better: it was seven of ten from the start, and four of ten still fail.",
    "",
    "/hotfix impact-started 6 minutes ago",
    "/hotfix impact share=70% from=start",
    "/hotfix impact share=40%",
    `/hotfix cause ${(await stage.person("olga").git("rev-parse", "v1.4.3^{commit}")).trim()}`,
    "/hotfix again",
  ].join("\n");
  await stage.person("ben").octokit.rest.issues.createComment({ ...stage.at, issue_number: issue, body });
  narrator.person("ben", "comments: /hotfix again, since when, how much of it fails, and what brought it");
  const branch = `${firstBranch}-2`;
  const production = await eventually(`a pull request from ${branch}`, () =>
    onlooker.pullRequestOf(branch, "main"),
  );
  narrator.app(`round 2: branch ${branch}, pull request #${production.number} to main`);
  const backMerge = await eventually("a pull request of round 2 to develop", () =>
    onlooker.pullRequestOf(`backmerge/${issue}.2-develop`, "develop"),
  );
  narrator.app(`round 2: pull request #${backMerge.number} to develop`);
  return { branch, production: production.number, backMerge: backMerge.number };
}

/** With real git, on the branch that the app carries the fix in. */
async function resolveConflict(stage: Stage, number: number): Promise<void> {
  const { narrator, onlooker, pace } = stage;
  narrator.heading("A person resolves the conflict");
  const ben = stage.person("ben");
  const branch = (await onlooker.pullRequest(number)).head.ref;
  await eventually(`the release is merged into ${branch}`, async () => {
    await ben.git("fetch", "--quiet", "--tags", "origin");
    return (await ben.git("branch", "--remotes", "--contains", "v1.4.5")).includes(`origin/${branch}`);
  });
  await pace.pause();
  await ben.git("switch", "--quiet", "--force-create", branch, `origin/${branch}`);
  expectThat("git sees the conflict too", !(await mergesCleanly(stage)));
  await ben.write(GATEWAY, gatewayResolved);
  const sha = await ben.commit("Merge develop into the back-merge branch, with both changes");
  await ben.git("push", "--quiet", "origin", branch);
  narrator.person("ben", `merges develop into ${branch} by hand and pushes ${sha.slice(0, 7)}`);
}

async function mergesCleanly(stage: Stage): Promise<boolean> {
  try {
    await stage.person("ben").git("merge", "--no-commit", "--no-ff", "origin/develop");
    return true;
  } catch (error) {
    // git's exit code for conflicts.
    if (error instanceof Error && "code" in error && error.code === 1) return false;
    throw error;
  }
}

async function seeItLanded(stage: Stage, issue: number): Promise<void> {
  const { narrator, onlooker } = stage;
  const olga = stage.person("olga");
  narrator.heading("Landed, documents, close");
  await eventually(`issue #${issue} is closed`, async () => (await onlooker.issue(issue)).state === "closed");
  narrator.app(`issue #${issue} is closed`);
  await olga.git("fetch", "--quiet", "--prune", "origin");
  for (const tag of ["v1.4.4", "v1.4.5"]) {
    await olga.git("merge-base", "--is-ancestor", tag, "origin/develop");
  }
  const onDevelop = await olga.git("show", `origin/develop:${GATEWAY}`);
  expectThat("develop has what the person made of both changes", onDevelop === gatewayResolved);
  const onMain = await olga.git("show", `origin/main:${GATEWAY}`);
  expectThat("main has the fix and nothing of develop", onMain === gatewayPatient);
}
