import type { Config } from "../config/schema.ts";
import type { Renderer } from "../documents/renderer.ts";
import type { IndexState, Reports } from "../github/read-reports.ts";
import type { Action } from "../incident/action.ts";
import { INDEX_BRANCH, INDEX_NAME } from "../incident/names.ts";
import type { Problem } from "../incident/state/problem.ts";
import { BoundedMap } from "./bounded-map.ts";

/** Reports come one by one; the index would be committed after each of them. */
const DAY_MS = 24 * 3_600_000;
/** How often a repository is asked at all. */
const LOOK_MS = 3_600_000;

type CommitDocuments = Extract<Action, { kind: "commit-documents" }>;

export interface IndexPorts {
  readState(branch: string, folder: string): Promise<IndexState | null>;
  readReports(branch: string, folder: string): Promise<Reports>;
  /** null: done. */
  commit(action: CommitDocuments): Promise<Problem | null>;
  /** Only while its head is the one given. */
  deleteBranch(branch: string, head: string): Promise<void>;
  now(): number;
}

/** When repositories were asked last, and which folders told nothing new. Forgetting it costs a few calls. */
export class IndexMemory {
  readonly #lookedAt = new BoundedMap<number>();
  readonly #told = new BoundedMap<string>();

  isDue(name: string, now: number): boolean {
    const last = this.#lookedAt.get(name);
    return last === undefined || now - last >= LOOK_MS;
  }

  /** Only when it was read: a look that failed is made again. */
  noteLookedAt(name: string, now: number): void {
    this.#lookedAt.set(name, now);
  }

  isTold(name: string, tree: string): boolean {
    return this.#told.get(name) === tree;
  }

  noteTold(name: string, tree: string): void {
    this.#told.set(name, tree);
  }
}

type IndexResult = "not due" | "as it is" | "refused" | "committed";

/**
 * The index of incidents, from the reports that are committed: so incidents that ran side by side are both in it, whoever wrote first. In a commit of its own, at
 * most once a day. Where the branch takes no direct commits, by one pull request, which is brought up to date while it is open; one that somebody closed is an
 * answer.
 */
export async function reconcileIndex(
  name: string,
  config: Config,
  render: Renderer,
  ports: IndexPorts,
  memory: IndexMemory,
): Promise<IndexResult> {
  const now = ports.now();
  if (!memory.isDue(name, now)) return "not due";
  const result = await lookAtIndex(name, config, render, ports, memory, now);
  memory.noteLookedAt(name, now);
  return result;
}

async function lookAtIndex(
  name: string,
  config: Config,
  render: Renderer,
  ports: IndexPorts,
  memory: IndexMemory,
  now: number,
): Promise<IndexResult> {
  const branch = config.branches.integration;
  const folder = config.documents.reports.replace(/\/+$/u, "");
  const state = await ports.readState(branch, folder);
  if (state === null || memory.isTold(name, state.tree)) return "as it is";
  const place = placeOf(state, branch);
  if (place === null) return "as it is";
  if (place.committedAt !== null && now - place.committedAt < DAY_MS) return "not due";
  await deleteMerged(state, ports);
  const { incidents, index: trunkIndex } = await ports.readReports(branch, folder);
  const index = place.isOwn ? place.index : trunkIndex;
  const facts = {
    repositoryUrl: state.repositoryUrl,
    branch,
    folder,
    incidents,
    showMoney: state.isPrivate || config.public.money,
  };
  const text =
    index === null
      ? render.incidentIndex(facts)
      : index === undefined
        ? null
        : render.incidentIndexAgain(facts, index);
  if (text === null || incidents.length === 0) {
    memory.noteTold(name, state.tree);
    return "as it is";
  }
  const problem = await ports.commit({
    kind: "commit-documents",
    branch: place.branch,
    expectedHead: place.head,
    files: [{ path: `${folder}/${INDEX_NAME}`, text }],
    message: "docs: bring the index of incidents up to date",
    fallback: place.isOwn ? null : { branch: INDEX_BRANCH, ...render.indexPullRequest(facts) },
  });
  if (problem === null) return "committed";
  if (!problem.transient) memory.noteTold(name, state.tree);
  return "refused";
}

interface Place {
  readonly branch: string;
  readonly head: string;
  readonly committedAt: number | null;
  /** It is the branch of the open pull request. */
  readonly isOwn: boolean;
  readonly index: string | null | undefined;
}

/** null: somebody closed the pull request without merging it. */
function placeOf({ head, committedAt, pullRequest, own }: IndexState, branch: string): Place | null {
  if (pullRequest?.state === "closed") return null;
  return pullRequest?.state === "open" && own !== null
    ? { ...own, branch: INDEX_BRANCH, isOwn: true }
    : { branch, head, committedAt, isOwn: false, index: null };
}

/** A later pull request must not begin where a squashed one ended. */
async function deleteMerged({ pullRequest, own }: IndexState, ports: IndexPorts): Promise<void> {
  if (pullRequest?.state === "merged" && own !== null && own.head === pullRequest.head) {
    await ports.deleteBranch(INDEX_BRANCH, own.head);
  }
}
