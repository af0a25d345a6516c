import { approveAndMerge } from "../approve-and-merge.ts";
import { declareIncident } from "../declare-incident.ts";
import { eventually, expectThat } from "../eventually.ts";
import { openShop } from "../open-shop.ts";
import { pushCommit } from "../push-commit.ts";
import { sayOnIssue } from "../say-on-issue.ts";
import type { Scenario } from "../scenario.ts";
import { seeInReport } from "../see-in-report.ts";
import { type Opened, seeOpened } from "../see-opened.ts";
import {
  processorFixed,
  processorHalfFixed,
  processorTest,
  UNFINISHED_FILE,
  unfinishedFeature,
} from "../shop.ts";
import { showWhatIsLeft } from "../show-what-is-left.ts";
import type { Stage } from "../stage.ts";

const declaration = `### Service

payment

### Severity

critical

### What is broken

Every checkout stops with "payment refused: nothing to pay". Nobody can buy.

### Impact started

_No response_

### Users affected

everybody

### Revenue per hour

50000

### Currency

EUR

### SLA minutes

30
`;

export const checkoutOutage: Scenario = {
  name: "checkout-outage",
  summary: "all checkouts fail: the payment reads totalAmount where the order has amount",
  async play(stage) {
    const { narrator } = stage;
    narrator.heading("Before: a shop with a bug in v1.4.2 and unfinished work on develop");
    await openShop(stage, unfinishedFeature);
    const title = "All checkouts fail: payment refused, nothing to pay";
    const issue = await declareIncident(stage, title, declaration);
    const opened = await seeOpened(stage, issue, ["PAYMENT-CRITICAL-", "833", "UTC", "v1.4.2"]);
    await sayOnIssue(
      stage,
      issue,
      "sara",
      ["/hotfix impact-started 4 minutes ago", "/hotfix impact share=100% tickets=47"],
      ["UTC", "100", "47"],
    );
    await stage.person("ben").clone();
    await pushHalfFix(stage, opened);
    await pushFix(stage, opened);
    narrator.heading("Review, merge, tag, release");
    await approveAndMerge(stage, opened.production, "v1.4.3");
    await seeItLanded(stage, issue, opened);
    await sayWhatIsKnown(stage, issue);
    await showWhatIsLeft(stage, issue);
  },
};

async function pushHalfFix(stage: Stage, { branch, production }: Opened): Promise<void> {
  const { narrator, onlooker } = stage;
  narrator.heading("A first fix, half right");
  const sha = await pushCommit(stage, {
    branch,
    message: "hotfix: read the amount of the order",
    files: { "src/payment/processor.js": processorHalfFixed },
    what: "one of two uses of totalAmount replaced",
  });
  const run = await onlooker.verdict(sha);
  expectThat("the check of the half fix fails", run.conclusion === "failure");
  const verdicts = await showVerdicts(stage, sha);
  const tests = verdicts.find(({ name }) => name.startsWith("hotfix/tests"));
  expectThat("the half fix comes without a test, and a check says so", tests?.conclusion === "neutral");
  const annotations = await onlooker.annotations(run.id);
  for (const note of annotations) narrator.quote(`${note.path}:${note.start_line}: ${note.message}`);
  expectThat(
    "exactly the line that still reads totalAmount is annotated, not the comment above it",
    annotations.length === 1 && annotations[0]?.start_line === 8,
  );
  await eventually("the pull request to main is ready for review by the service's owner", async () => {
    const pull = await onlooker.pullRequest(production);
    return pull.draft === false && pull.requested_reviewers?.some(({ login }) => login === "olga");
  });
  narrator.app(`pull request #${production} is ready; review requested from @olga, assigned to @ben`);
}

async function pushFix(stage: Stage, { branch }: Opened): Promise<void> {
  const { narrator } = stage;
  narrator.heading("The fix");
  const sha = await pushCommit(stage, {
    branch,
    message:
      "hotfix: charge the amount of the order\n\nThe processor read a property that orders do not have.",
    files: { "src/payment/processor.js": processorFixed, "test/payment.test.js": processorTest },
    what: "both uses, and a test",
  });
  const verdicts = await showVerdicts(stage, sha);
  const isGreen = verdicts.every(
    ({ name, conclusion }) =>
      conclusion === "success" || name === "hotfix/review" || name === "hotfix/message (advice)",
  );
  expectThat("the checks of the fix pass", isGreen);
  const review = verdicts.find(({ name }) => name === "hotfix/review");
  expectThat("a second pair of eyes is still wanted", review?.conclusion === "action_required");
}

/** The checks of a commit as the pull request lists them. */
async function showVerdicts({ narrator, onlooker }: Stage, sha: string) {
  const verdicts = await onlooker.verdicts(sha);
  narrator.app(`checks of ${sha.slice(0, 7)}:`);
  for (const { name, conclusion, output } of verdicts) {
    const word = (conclusion ?? "running").replace("_", " ");
    narrator.quote(`${name.padEnd(24)} ${word.padEnd(15)} ${output.title ?? ""}`);
  }
  return verdicts;
}

async function seeItLanded(stage: Stage, issue: number, { branch, backMerge }: Opened): Promise<void> {
  const { narrator, onlooker } = stage;
  const olga = stage.person("olga");
  narrator.heading("Back-merge, documents, close");
  await eventually(
    `pull request #${backMerge} to develop is merged`,
    async () => (await onlooker.pullRequest(backMerge)).merged,
  );
  narrator.app(`pull request #${backMerge} is merged into develop`);
  await eventually(`issue #${issue} is closed`, async () => (await onlooker.issue(issue)).state === "closed");
  narrator.app(`issue #${issue} is closed`);
  await olga.git("fetch", "--quiet", "--prune", "origin");
  await olga.git("merge-base", "--is-ancestor", "v1.4.3", "origin/develop");
  const onMain = await olga.git("ls-tree", "-r", "--name-only", "origin/main");
  expectThat(`${UNFINISHED_FILE} of develop was not shipped`, !onMain.includes(UNFINISHED_FILE));
  const branches = await olga.git("branch", "--remotes", "--format=%(refname:short)");
  expectThat(`${branch} and the back-merge branch are deleted`, !/hotfix\/|backmerge\//u.test(branches));
  const fixed = await olga.git("show", "origin/develop:src/payment/processor.js");
  expectThat("develop has the fix", fixed === processorFixed);
  const files = (await olga.git("ls-tree", "-r", "--name-only", "origin/develop")).split("\n");
  const report = files.find((path) => path.startsWith("incidents/"));
  const told = report === undefined ? "" : await olga.git("show", `origin/develop:${report}`);
  expectThat(
    "the report tells that the check of the half fix was red",
    told.includes("hotfix/properties was red"),
  );
}

/** What only people know, said after the end: the documents are brought up to date. */
async function sayWhatIsKnown(stage: Stage, issue: number): Promise<void> {
  stage.narrator.heading("What only people know");
  const olga = stage.person("olga");
  const cause = (await olga.git("rev-parse", "v1.4.2^{commit}")).trim();
  await sayOnIssue(
    stage,
    issue,
    "olga",
    [
      "/hotfix recovered now",
      '/hotfix metric "checkout success rate" before=0% after=98% target=95%',
      `/hotfix cause ${cause}`,
      '/hotfix action "Give orders a type, so that reading what is not there does not compile" type=prevent owner=@ben',
    ],
    ["UTC", "98", cause.slice(0, 7)],
  );
  await seeInReport(stage, issue, ["checkout success rate", "first released with", "Give orders a type"]);
}
