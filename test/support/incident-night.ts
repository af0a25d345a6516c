import { expect } from "vitest";
import { processorFixed, processorTest } from "../../src/drill/shop.ts";
import type { Call } from "../../src/drill/stand-in/call-log.ts";
import { OWNER, REPO, type World } from "./world.ts";

/** What the scenarios do and look at on most nights, as people: everything here is read through the interface that people have. */

const at = { owner: OWNER, repo: REPO };

/** What an incident is called in the repository. */
export interface Begun {
  readonly issue: number;
  readonly branch: string;
  /** The back-merge branch to `develop`. */
  readonly back: string;
}

/** Sara declares an incident, and the app has done its part. The title is letters and spaces. */
export async function begin(world: World, title = "Checkout fails"): Promise<Begun> {
  const issue = await world.declare(title);
  await world.settled();
  const slug = title.toLowerCase().replaceAll(" ", "-");
  return { issue, branch: `hotfix/${issue}-${slug}`, back: `backmerge/${issue}-develop` };
}

/** Bodies of the issue's comments, oldest first: the status comment is the first one. */
export async function commentsOn(world: World, issue: number): Promise<readonly string[]> {
  const { rest } = world.person("sara").octokit;
  const { data } = await rest.issues.listComments({ ...at, issue_number: issue, per_page: 100 });
  return data.map(({ body }) => body ?? "");
}

/** All that a user reads on the issue, without the backslashes that keep Markdown from taking names for markup. */
export async function readOn(world: World, issue: number): Promise<string> {
  return (await commentsOn(world, issue)).join("\n\n").replaceAll("\\", "");
}

export async function pullRequestFrom(world: World, head: string) {
  const { rest } = world.person("ben").octokit;
  const { data } = await rest.pulls.list({ ...at, head: `${OWNER}:${head}`, state: "all" });
  expect(data.map((pull) => pull.head.ref)).toEqual([head]);
  return (await rest.pulls.get({ ...at, pull_number: data[0]!.number })).data;
}

export async function branchNames(world: World): Promise<readonly string[]> {
  const { rest } = world.person("ben").octokit;
  return (await rest.repos.listBranches({ ...at, per_page: 100 })).data.map(({ name }) => name);
}

export async function tagNames(world: World): Promise<readonly string[]> {
  const { rest } = world.person("ben").octokit;
  return (await rest.repos.listTags({ ...at, per_page: 100 })).data.map(({ name }) => name).toSorted();
}

export async function releasedTags(world: World): Promise<readonly string[]> {
  const { rest } = world.person("ben").octokit;
  return (await rest.repos.listReleases(at)).data.map(({ tag_name: tag }) => tag).toSorted();
}

export async function isOpen(world: World, issue: number): Promise<boolean> {
  const { rest } = world.person("sara").octokit;
  return (await rest.issues.get({ ...at, issue_number: issue })).data.state === "open";
}

/** Ben pushes the fix of the shop to the hotfix branch. */
export async function pushFix(world: World, branch: string): Promise<string> {
  const sha = await world.push("ben", branch, {
    "src/payment/processor.js": processorFixed,
    "test/payment.test.js": processorTest,
  });
  await world.settled();
  return sha;
}

/** Olga merges the pull request that comes from a branch. Returns the commit on the base. */
export async function merge(world: World, head: string): Promise<string> {
  const { number } = await pullRequestFrom(world, head);
  const { data } = await world.person("olga").octokit.rest.pulls.merge({ ...at, pull_number: number });
  await world.settled();
  return data.sha;
}

/** Label, fix, merge. Returns the number of the issue and the hotfix branch. */
export async function ship(
  world: World,
  title = "Checkout fails",
  body = "",
): Promise<{ readonly issue: number; readonly branch: string; readonly commit: string }> {
  const issue = await world.declare(title, body);
  await world.settled();
  const branch = `hotfix/${issue}-checkout-fails`;
  await pushFix(world, branch);
  return { issue, branch, commit: await merge(world, branch) };
}

/** News without a change: the incident is looked at again. Returns the writes that were tried, refused ones too. */
export async function secondLook(world: World, issue: number): Promise<readonly string[]> {
  await world.settled();
  const before = world.standIn.calls.length;
  await world.app.queue.add({ keys: [`incident|${world.installation}|${OWNER}/${REPO}|${issue}`] });
  await world.settled();
  return writesIn(world.standIn.calls.slice(before));
}

/** Calls that change something, or try to. GraphQL queries are none; mutations are, whether they succeed or not. */
export function writesIn(calls: readonly Call[]): readonly string[] {
  return calls
    .filter(({ method, template, createsContent }) =>
      template === "/graphql" ? createsContent : method !== "GET" && !template.endsWith("/access_tokens"),
    )
    .map(({ method, path, status }) => `${method} ${path} ${status}`);
}

/** How every scenario ends: no bug of ours, no breach of GitHub's description, nothing given up. */
export async function expectNoTrouble(world: World): Promise<void> {
  expect(world.errors).toEqual([]);
  expect(world.standIn.violations).toEqual([]);
  expect((await world.app.queue.status()).parked).toEqual([]);
}

/** The end of a world: nothing went wrong in it, and it is closed whatever happened. After a failure the app's log is printed. */
export async function endNight(
  world: World,
  { task }: { readonly task?: { readonly result?: { readonly state: string } } } = {},
): Promise<void> {
  if (task?.result?.state === "fail")
    for (const { level, ...line } of world.log) if (level !== "debug") console.log(JSON.stringify(line));
  try {
    await expectNoTrouble(world);
  } finally {
    await world.close();
  }
}
