import { expect } from "vitest";
import { OWNER, REPO, type World } from "./world.ts";

const at = { owner: OWNER, repo: REPO };

interface Keepsake {
  readonly what: string;
  readonly read: () => Promise<unknown>;
  readonly left: unknown;
}

/** What people made, as they left it: to be compared at the end with what is there. */
export class Keepsakes {
  readonly #world: World;
  readonly #kept: Keepsake[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** From now on `read` must always answer what it answers now. */
  async keep(what: string, read: () => Promise<unknown>): Promise<void> {
    this.#kept.push({ what, read, left: await read() });
  }

  /** State, base, head, title, body and draft of a pull request. */
  async keepPullRequest(number: number): Promise<void> {
    const { rest } = this.#world.person("olga").octokit;
    await this.keep(`#${number}`, async () => {
      const { data } = await rest.pulls.get({ ...at, pull_number: number });
      const { title, body, state, draft, merged, base, head } = data;
      return { title, body, state, draft, merged, base: base.ref, head: `${head.ref}@${head.sha}` };
    });
  }

  /** Where a branch or tag points; that it is absent is kept too. */
  async keepRef(ref: `heads/${string}` | `tags/${string}`): Promise<void> {
    await this.keep(ref, () => Promise.resolve(this.#refs().get(`refs/${ref}`) ?? "absent"));
  }

  async keepComment(id: number): Promise<void> {
    const { rest } = this.#world.person("olga").octokit;
    await this.keep(`comment ${id}`, async () => {
      const { data } = await rest.issues.getComment({ ...at, comment_id: id });
      return data.body;
    });
  }

  /** Title, state, reason, lock and labels of an issue. */
  async keepIssue(number: number): Promise<void> {
    const { rest } = this.#world.person("olga").octokit;
    await this.keep(`issue ${number}`, async () => {
      const { data } = await rest.issues.get({ ...at, issue_number: number });
      const { title, body, state, state_reason, locked, labels } = data;
      return { title, body, state, state_reason, locked, labels: labels.map(nameOfLabel) };
    });
  }

  /** Looks at everything again, by news, by its key and by a sweep, and compares. */
  async expectUntouched(issues: readonly number[]): Promise<void> {
    await lookAgain(this.#world, issues);
    const found = await Promise.all(this.#kept.map(async ({ what, read }) => [what, await read()] as const));
    expectSame(
      found,
      this.#kept.map(({ what, left }) => [what, left]),
    );
  }

  #refs(): ReadonlyMap<string, string> {
    return this.#world.standIn.repository(`${OWNER}/${REPO}`).git.refs;
  }
}

function expectSame(found: readonly (readonly [string, unknown])[], left: typeof found): void {
  expect(found).toEqual(left);
}

function nameOfLabel(label: string | { readonly name?: string }): string {
  return typeof label === "string" ? label : (label.name ?? "");
}

/** Further webhooks, a look at each incident by its key, and what a sweep puts into the queue. */
export async function lookAgain(world: World, issues: readonly number[]): Promise<void> {
  const { queue } = world.app;
  const { rest } = world.person("olga").octokit;
  for (const issue_number of issues)
    await rest.issues.createComment({ ...at, issue_number, body: "Any news?" });
  await world.settled();
  await queue.add({
    keys: issues.map((issue) => `incident|${world.installation}|${OWNER}/${REPO}|${issue}`),
  });
  await world.settled();
  await queue.add({ keys: [`installation|${world.installation}`] });
  await world.settled();
}

/** What the status comment says: who does what next, what is not done, and what was noticed. Without the backslashes of Markdown. */
export interface Told {
  readonly next: string;
  readonly notDone: readonly string[];
  readonly noticed: readonly string[];
}

export async function toldOn(world: World, issue: number): Promise<Told> {
  const text = (await statusOn(world, issue)).body
    .replaceAll("\\", "")
    .replaceAll(/\[(#\d+)\]\([^)]*\)/gu, "$1");
  const listed = (heading: string): readonly string[] => {
    const list = new RegExp(`\\*\\*${heading}\\*\\*\\n((?:- .*\\n?)*)`, "u").exec(text)?.[1] ?? "";
    return list
      .trim()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.slice(2));
  };
  const next = /\*\*Next(?:, (.*?))?:\*\* (.*)/u.exec(text);
  return {
    next: next === null ? "" : `${next[1] ?? ""}: ${next[2]}`,
    notDone: listed("Not done"),
    noticed: listed("Noticed, and left as it is"),
  };
}

export async function statusOn(
  world: World,
  issue: number,
): Promise<{ readonly id: number; readonly body: string }> {
  const { rest } = world.person("olga").octokit;
  const { data } = await rest.issues.listComments({ ...at, issue_number: issue, per_page: 100 });
  const found = data.find(({ body }) => body?.includes("kind=status"));
  if (found === undefined) throw new Error(`issue ${issue} has no status comment`);
  return { id: found.id, body: found.body ?? "" };
}
