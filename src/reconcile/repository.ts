import type { Config } from "../config/schema.ts";
import { buildWorkKey, type WorkKey } from "../webhooks/work-key.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { BoundedMap } from "./bounded-map.ts";
import type { News } from "./queue.ts";
import type { PassResult } from "./worker.ts";

type RepositoryKey = Extract<WorkKey, { kind: "repository" }>;

/** How long after the last change a closed incident is still looked at: it may owe a tag or a landing. */
const CLOSED_FOR_MS = 30 * 24 * 3_600_000;
const CLOSED_EVERY_MS = 30 * 60_000;

interface Listed {
  readonly number: number;
}

export interface RepositoryPorts {
  /** Heads of pull requests whose code was not looked at yet, where all of them are guarded. */
  listUnguarded(): Promise<readonly Sha[]>;
  listOpen(): Promise<readonly Listed[]>;
  /** Changed since then, ISO 8601. */
  listClosed(since: string): Promise<readonly Listed[]>;
  add(news: News): Promise<unknown>;
  now(): number;
}

/** What is remembered about repositories between passes; forgetting it costs a few calls. */
export class RepositoryMemory {
  readonly #closedLookedAt = new BoundedMap<number>();
  readonly #active = new BoundedMap<true>();
  readonly #guards = new BoundedMap<Config["checks"]["guard"]>();

  /** Closed incidents are looked at now and then only: there are ever more of them. */
  isClosedDue(key: RepositoryKey, now: number): boolean {
    const name = buildWorkKey(key);
    const last = this.#closedLookedAt.get(name);
    if (last !== undefined && now - last < CLOSED_EVERY_MS) return false;
    this.#closedLookedAt.set(name, now);
    return true;
  }

  /** Which pull requests its configuration guards, as it was last seen. */
  noteGuard(key: Omit<RepositoryKey, "kind">, guard: Config["checks"]["guard"]): void {
    this.#guards.set(nameOf(key), guard);
  }

  /** undefined: not known. */
  guardOf(key: Omit<RepositoryKey, "kind">): Config["checks"]["guard"] | undefined {
    return this.#guards.get(nameOf(key));
  }

  noteActive(key: RepositoryKey, isActive: boolean): void {
    if (isActive) this.#active.set(buildWorkKey(key), true);
    else this.#active.delete(buildWorkKey(key));
  }

  /** Had an open incident when it was last looked at. */
  isActive(key: RepositoryKey): boolean {
    return this.#active.get(buildWorkKey(key)) ?? false;
  }
}

function nameOf({ installation, owner, repo }: Omit<RepositoryKey, "kind">): string {
  return buildWorkKey({ kind: "repository", installation, owner, repo });
}

/** One pass over a repository: every incident that is open, or that closed lately and may still owe something, gets looked at. */
export async function reconcileRepository(
  key: RepositoryKey,
  ports: RepositoryPorts,
  memory: RepositoryMemory,
): Promise<PassResult> {
  const now = ports.now();
  const isClosedDue = memory.isClosedDue(key, now);
  const [unguarded, open, closed] = await Promise.all([
    ports.listUnguarded(),
    ports.listOpen(),
    isClosedDue ? ports.listClosed(new Date(now - CLOSED_FOR_MS).toISOString()) : [],
  ]);
  memory.noteActive(key, open.length > 0);
  const { installation, owner, repo } = key;
  const keys = [
    ...[...open, ...closed].map(({ number: issue }) =>
      buildWorkKey({ kind: "incident", installation, owner, repo, issue }),
    ),
    ...unguarded.map((sha) => buildWorkKey({ kind: "guard", installation, owner, repo, sha })),
  ];
  if (keys.length > 0) await ports.add({ keys });
  return {
    wakeAt: null,
    fields: {
      open: open.length,
      closed: closed.length,
      ...(unguarded.length > 0 && { unguarded: unguarded.length }),
    },
  };
}
