import { expect } from "vitest";
import type { Answer, As, Target } from "./conformance-target.ts";

/** Where a behaviour is known from: a machine-readable specification, GitHub's documentation, a public report, or nowhere. */
export type Source = "spec" | "docs" | "reported" | "unverified";

export interface Behaviour {
  readonly name: string;
  readonly source: Source;
  /** The page, thread or package, so that a doubt can be settled. */
  readonly reference: string;
  /** Whose tokens it takes besides the author's. */
  readonly needs?: readonly As[];
  /** Why it cannot be tried on github.com with a token alone. */
  readonly standInOnly?: string;
  /** It sends what the description forbids, on purpose. */
  readonly breaksDescription?: true;
  readonly run: (target: Target) => Promise<void>;
}

export interface Prepared {
  readonly branch: string;
  readonly sha: string;
}

/** A branch from the default branch with one commit of its own, made over REST. */
export async function branchWithCommit(target: Target, stem = "topic"): Promise<Prepared> {
  const branch = target.name(stem);
  await branchAtDefault(target, branch);
  const answer = await target.call("PUT", `/contents/${branch}.txt`, {
    message: `Add ${branch}`,
    content: Buffer.from(`${branch}\n`).toString("base64"),
    branch,
  });
  expectMade(answer);
  return { branch, sha: answer.body.commit.sha };
}

export async function branchAtDefault(target: Target, branch: string): Promise<string> {
  const { sha } = await defaultBranch(target);
  const answer = await target.call("POST", "/git/refs", { ref: `refs/heads/${branch}`, sha });
  expectMade(answer);
  return sha;
}

export async function defaultBranch(
  target: Target,
): Promise<{ readonly base: string; readonly sha: string }> {
  const { body } = await target.call("GET", "");
  const base: string = body.default_branch;
  const ref = await target.call("GET", `/git/ref/heads/${base}`);
  return { base, sha: ref.body.object.sha };
}

export interface OpenedPull extends Prepared {
  readonly number: number;
  readonly nodeId: string;
  readonly base: string;
}

export async function openPull(
  target: Target,
  options: { readonly draft?: boolean; readonly body?: string } = {},
): Promise<OpenedPull> {
  const { base } = await defaultBranch(target);
  const prepared = await branchWithCommit(target);
  const answer = await target.call("POST", "/pulls", {
    title: prepared.branch,
    head: prepared.branch,
    base,
    ...options,
  });
  expectMade(answer);
  return { ...prepared, number: answer.body.number, nodeId: answer.body.node_id, base };
}

export async function openIssue(target: Target, extra: Record<string, unknown> = {}): Promise<number> {
  const answer = await target.call("POST", "/issues", { title: target.name("issue"), ...extra });
  expectMade(answer);
  return answer.body.number;
}

/** The stand-in of a behaviour that is marked `standInOnly`. */
export function standInOf(target: Target): NonNullable<Target["standIn"]> {
  if (target.standIn === null) throw new Error("this behaviour needs the stand-in");
  return target.standIn;
}

/** A pull request to a branch of its own that is protected from then on, for administrators too. */
export async function pullToProtected(
  target: Target,
  rules: Parameters<NonNullable<Target["standIn"]>["protect"]>[2],
): Promise<OpenedPull> {
  const base = target.name("protected");
  await branchAtDefault(target, base);
  standInOf(target).protect(`${target.owner}/${target.repo}`, base, { enforceAdmins: true, ...rules });
  const prepared = await branchWithCommit(target);
  const { body } = await target.call("POST", "/pulls", {
    title: prepared.branch,
    head: prepared.branch,
    base,
  });
  return { ...prepared, nodeId: body.node_id, number: body.number, base };
}

/** Asks again until `isDone`, as the documentation tells callers to do for what GitHub computes afterwards. */
export async function poll(ask: () => Promise<Answer>, isDone: (answer: Answer) => boolean): Promise<Answer> {
  const until = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (isDone(answer) || Date.now() > until) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** 201; anything else shows its body. */
function expectMade(answer: Answer): void {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 201 });
}

export function expectRefusal(answer: Answer, status: number, text: string): void {
  expect({ status: answer.status, text: JSON.stringify(answer.body) }).toEqual({
    status,
    text: expect.stringContaining(text),
  });
}
