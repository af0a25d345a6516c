import { eventually, expectThat } from "../eventually.ts";
import type { Person } from "../person.ts";
import type { Scenario } from "../scenario.ts";
import {
  processorFixed,
  processorHalfFixed,
  processorTest,
  shopHistory,
  UNFINISHED_FILE,
  unfinishedFeature,
} from "../shop.ts";
import type { Stage } from "../stage.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export const checkoutOutage: Scenario = {
  name: "checkout-outage",
  summary: "all checkouts fail: the payment reads totalAmount where the order has amount",
  async play(stage) {
    await openShop(stage);
    const issue = await declare(stage);
    const opened = await seeEverythingOpened(stage, issue);
    await pushHalfFix(stage, opened);
    await pushFix(stage, opened);
    const tag = await reviewAndMerge(stage, opened);
    await seeItLanded(stage, issue, tag, opened);
    await showWhatIsLeft(stage, issue);
  },
};

interface Opened {
  readonly branch: string;
  readonly production: number;
  readonly backMerge: number;
}

async function openShop(stage: Stage): Promise<void> {
  stage.narrator.heading("Before: a shop with a bug in v1.4.2 and unfinished work on develop");
  const olga = stage.person("olga");
  await olga.clone();
  await olga.git("switch", "--quiet", "--create", "main");
  const now = Date.now();
  for (const commit of [...shopHistory, unfinishedFeature]) {
    if (commit === unfinishedFeature) await olga.git("switch", "--quiet", "--create", "develop");
    for (const [path, text] of Object.entries(commit.files)) await olga.write(path, text);
    await olga.commit(commit.message, new Date(now - commit.daysAgo * DAY_MS));
    if (commit.tag !== undefined) await olga.git("tag", "--annotate", "--message", commit.tag, commit.tag);
  }
  await olga.git("push", "--quiet", "origin", "main");
  await olga.git("push", "--quiet", "origin", "develop");
  await olga.git("push", "--quiet", "origin", "--tags");
  stage.narrator.quote(await olga.git("log", "--graph", "--all", "--oneline", "--decorate"));
}

async function declare(stage: Stage): Promise<number> {
  stage.narrator.heading("The incident");
  const sara = stage.person("sara");
  const { data: issue } = await sara.octokit.rest.issues.create({
    owner: stage.owner,
    repo: stage.repo,
    title: "All checkouts fail: payment refused, nothing to pay",
    body: declaration,
  });
  stage.narrator.startClock();
  await sara.octokit.rest.issues.addLabels({
    owner: stage.owner,
    repo: stage.repo,
    issue_number: issue.number,
    labels: ["incident"],
  });
  stage.narrator.person("sara", `labels issue #${issue.number} \`incident\`: "${issue.title}"`);
  return issue.number;
}

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

async function seeEverythingOpened(stage: Stage, issue: number): Promise<Opened> {
  const { narrator } = stage;
  const ben = stage.person("ben");
  const branch = await eventually(`a branch hotfix/${issue}-...`, async () => {
    const { data } = await ben.octokit.rest.git.listMatchingRefs({
      ...at(stage),
      ref: `heads/hotfix/${issue}-`,
    });
    return data[0]?.ref.replace("refs/heads/", "");
  });
  narrator.app(`branch ${branch}, cut from main`);
  const production = await eventually("a pull request to main", () => pullRequest(stage, branch, "main"));
  expectThat("the pull request to main is a draft", production.draft === true);
  narrator.app(`draft pull request #${production.number} to main: "${production.title}"`);
  const backMerge = await eventually("a pull request to develop", () =>
    pullRequest(stage, `backmerge/${issue}-develop`, "develop"),
  );
  narrator.app(`draft pull request #${backMerge.number} to develop: "${backMerge.title}"`);
  const status = await eventually("the status comment", async () => (await conversation(stage, issue))[0]);
  narrator.app("status comment on the issue:");
  narrator.quoteVisible(status.body);
  for (const text of [
    "PAYMENT-CRITICAL-",
    "833",
    "UTC",
    "v1.4.2",
    `#${production.number}`,
    `#${backMerge.number}`,
  ]) {
    expectThat(`the status comment says ${text}`, status.body.includes(text));
  }
  return { branch, production: production.number, backMerge: backMerge.number };
}

async function pushHalfFix(stage: Stage, { branch, production }: Opened): Promise<void> {
  const { narrator } = stage;
  const ben = stage.person("ben");
  narrator.heading("A first fix, half right");
  await ben.clone();
  await ben.git("switch", "--quiet", branch);
  await ben.write("src/payment/processor.js", processorHalfFixed);
  const sha = await ben.commit("hotfix: read the amount of the order");
  await ben.git("push", "--quiet", "origin", branch);
  narrator.person("ben", `pushes ${sha.slice(0, 7)}: one of two uses of totalAmount replaced`);
  const run = await checkRun(ben, stage, sha);
  expectThat("the check of the half fix fails", run.conclusion === "failure");
  narrator.app(`check ${run.name}: ${run.conclusion}: ${run.output.title}`);
  const { data: annotations } = await ben.octokit.rest.checks.listAnnotations({
    ...at(stage),
    check_run_id: run.id,
  });
  for (const note of annotations) narrator.quote(`${note.path}:${note.start_line}: ${note.message}`);
  expectThat(
    "exactly the line that still reads totalAmount is annotated, not the comment above it",
    annotations.length === 1 && annotations[0]?.start_line === 8,
  );
  await eventually("the pull request to main is ready for review", async () => {
    const { data } = await ben.octokit.rest.pulls.get({ ...at(stage), pull_number: production });
    return data.draft === false && data.requested_reviewers?.some(({ login }) => login === "olga");
  });
  narrator.app(`pull request #${production} is ready; review requested from @olga, assigned to @ben`);
}

async function pushFix(stage: Stage, { branch }: Opened): Promise<void> {
  const { narrator } = stage;
  const ben = stage.person("ben");
  narrator.heading("The fix");
  await ben.write("src/payment/processor.js", processorFixed);
  await ben.write("test/payment.test.js", processorTest);
  const sha = await ben.commit(
    "hotfix: charge the amount of the order\n\nThe processor read a property that orders do not have.",
  );
  await ben.git("push", "--quiet", "origin", branch);
  narrator.person("ben", `pushes ${sha.slice(0, 7)}: both uses, and a test`);
  const run = await checkRun(ben, stage, sha);
  expectThat("the check of the fix passes", run.conclusion === "success");
  narrator.app(`check ${run.name}: ${run.conclusion}: ${run.output.title}`);
}

async function reviewAndMerge(stage: Stage, { production }: Opened): Promise<string> {
  const { narrator } = stage;
  const olga = stage.person("olga");
  narrator.heading("Review, merge, tag, release");
  await olga.octokit.rest.pulls.createReview({
    ...at(stage),
    pull_number: production,
    event: "APPROVE",
    body: "Reads the right property, and a test says so.",
  });
  narrator.person("olga", `approves #${production}`);
  const { data: merged } = await olga.octokit.rest.pulls.merge({ ...at(stage), pull_number: production });
  narrator.person("olga", `merges #${production} into main as ${merged.sha.slice(0, 7)}`);
  const tag = await eventually("tag v1.4.3 on the merge commit", async () => {
    await olga.git("fetch", "--quiet", "--tags", "--prune", "origin");
    const commit = await olga.git("rev-parse", "--verify", "--quiet", "v1.4.3^{commit}").catch(notThereYet);
    return commit.trim() === merged.sha && "v1.4.3";
  });
  expectThat("the tag is annotated", (await olga.git("cat-file", "-t", tag)).trim() === "tag");
  narrator.app(`annotated tag ${tag} on ${merged.sha.slice(0, 7)}`);
  const release = await eventually(`release ${tag}`, async () => {
    const { data } = await olga.octokit.rest.repos.listReleases(at(stage));
    return data.find((each) => each.tag_name === tag);
  });
  narrator.app(`release ${release.name}`);
  return tag;
}

/** `git rev-parse --verify --quiet` exits with 1 and prints nothing while the tag does not exist. */
function notThereYet(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === 1) return "";
  throw error;
}

async function seeItLanded(
  stage: Stage,
  issue: number,
  tag: string,
  { branch, backMerge }: Opened,
): Promise<void> {
  const { narrator } = stage;
  const olga = stage.person("olga");
  narrator.heading("Back-merge, documents, close");
  await eventually(`pull request #${backMerge} to develop is merged`, async () => {
    const { data } = await olga.octokit.rest.pulls.get({ ...at(stage), pull_number: backMerge });
    return data.merged;
  });
  narrator.app(`pull request #${backMerge} is merged into develop`);
  await eventually(`issue #${issue} is closed`, async () => {
    const { data } = await olga.octokit.rest.issues.get({ ...at(stage), issue_number: issue });
    return data.state === "closed";
  });
  narrator.app(`issue #${issue} is closed`);
  await olga.git("fetch", "--quiet", "--prune", "origin");
  await olga.git("merge-base", "--is-ancestor", tag, "origin/develop");
  const onMain = await olga.git("ls-tree", "-r", "--name-only", "origin/main");
  expectThat(`${UNFINISHED_FILE} of develop was not shipped`, !onMain.includes(UNFINISHED_FILE));
  const branches = await olga.git("branch", "--remotes", "--format=%(refname:short)");
  expectThat(`${branch} and the back-merge branch are deleted`, !/hotfix\/|backmerge\//u.test(branches));
  const fixed = await olga.git("show", "origin/develop:src/payment/processor.js");
  expectThat("develop has the fix", fixed === processorFixed);
}

async function showWhatIsLeft(stage: Stage, issue: number): Promise<void> {
  const { narrator } = stage;
  const olga = stage.person("olga");
  narrator.heading(`The conversation on issue #${issue}`);
  for (const comment of await conversation(stage, issue)) {
    narrator.quote(`\n--- @${comment.user?.login}, ${comment.created_at}`);
    narrator.quoteVisible(comment.body);
  }
  narrator.heading("The graph");
  narrator.quote(await olga.git("log", "--graph", "--all", "--oneline", "--decorate"));
  const files = (await olga.git("ls-tree", "-r", "--name-only", "origin/develop")).split("\n");
  for (const folder of ["incidents", "retrospectives"]) {
    const path = files.find((file) => file.startsWith(`${folder}/`) && file.includes("PAYMENT-CRITICAL-"));
    expectThat(`a document in ${folder}/ on develop`, path !== undefined);
    narrator.heading(`${path} on develop`);
    narrator.quoteVisible(await olga.git("show", `origin/develop:${path}`));
  }
}

function at(stage: Stage): { owner: string; repo: string } {
  return { owner: stage.owner, repo: stage.repo };
}

async function conversation(stage: Stage, issue: number) {
  const { octokit } = stage.person("sara");
  const { data } = await octokit.rest.issues.listComments({
    ...at(stage),
    issue_number: issue,
    per_page: 100,
  });
  return data.map((comment) => ({ ...comment, body: comment.body ?? "" }));
}

async function pullRequest(stage: Stage, head: string, base: string) {
  const { octokit } = stage.person("ben");
  const { data } = await octokit.rest.pulls.list({
    ...at(stage),
    head: `${stage.owner}:${head}`,
    base,
    state: "all",
  });
  return data[0];
}

async function checkRun(person: Person, stage: Stage, sha: string) {
  return eventually(`a finished check on ${sha.slice(0, 7)}`, async () => {
    const { data } = await person.octokit.rest.checks.listForRef({
      ...at(stage),
      ref: sha,
      check_name: "hotfix/properties",
    });
    return data.check_runs.find(({ status }) => status === "completed");
  });
}
