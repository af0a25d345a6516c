import type { Config } from "../config/schema.ts";
import type { Renderer } from "../documents/renderer.ts";
import { INDEX_NAME, type IndexState, type Reports } from "../github/read-reports.ts";
import type { Action } from "../incident/action.ts";
import type { Problem } from "../incident/state.ts";

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
  now(): number;
}

/** When repositories were asked last, and which folders told nothing new. Forgetting it costs a few calls. */
export class IndexMemory {
  readonly #lookedAt = new Map<string, number>();
  readonly #told = new Map<string, string>();

  isDue(name: string, now: number): boolean {
    const last = this.#lookedAt.get(name);
    if (last !== undefined && now - last < LOOK_MS) return false;
    this.#lookedAt.set(name, now);
    return true;
  }

  isTold(name: string, tree: string): boolean {
    return this.#told.get(name) === tree;
  }

  noteTold(name: string, tree: string): void {
    this.#told.set(name, tree);
  }
}

/**
 * The index of incidents, from the reports that are committed: so incidents that ran side by side are both in it, whoever wrote first. In a commit of its own, at
 * most once a day. Where the branch takes no direct commits there is none: a second pull request each day would be noise.
 */
export async function reconcileIndex(
  name: string,
  config: Config,
  render: Renderer,
  ports: IndexPorts,
  memory: IndexMemory,
): Promise<"not due" | "as it is" | "refused" | "committed"> {
  const now = ports.now();
  if (!memory.isDue(name, now)) return "not due";
  const branch = config.branches.integration;
  const folder = config.documents.reports.replace(/\/+$/u, "");
  const state = await ports.readState(branch, folder);
  if (state === null || memory.isTold(name, state.tree)) return "as it is";
  if (state.committedAt !== null && now - state.committedAt < DAY_MS) return "not due";
  const { incidents, index } = await ports.readReports(branch, folder);
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
    branch,
    expectedHead: state.head,
    files: [{ path: `${folder}/${INDEX_NAME}`, text }],
    message: "docs: bring the index of incidents up to date",
    fallback: null,
  });
  if (problem === null) return "committed";
  if (!problem.transient) memory.noteTold(name, state.tree);
  return "refused";
}
