import { buildWorkKey, type WorkKey } from "../webhooks/work-key.ts";
import type { News } from "./queue.ts";
import type { RepositoryMemory } from "./repository.ts";
import type { PassResult } from "./worker.ts";

type InstallationKey = Extract<WorkKey, { kind: "installation" }>;
type RepositoryKey = Extract<WorkKey, { kind: "repository" }>;

/** A repository costs about two calls, a sweep comes every five minutes, and 5,000 calls an hour must do for the incidents too. */
const QUIET_AT_A_TIME = 40;

export interface InstallationPorts {
  list(): Promise<readonly { readonly owner: string; readonly repo: string }[]>;
  add(news: News): Promise<unknown>;
}

/** Where the round through the quiet repositories of each installation stands. */
export class Rotation {
  readonly #next = new Map<number, number>();

  take<Item>(installation: number, items: readonly Item[]): readonly Item[] {
    const start = (this.#next.get(installation) ?? 0) % Math.max(1, items.length);
    this.#next.set(installation, start + QUIET_AT_A_TIME);
    return [...items.slice(start), ...items.slice(0, start)].slice(0, QUIET_AT_A_TIME);
  }
}

/** One pass over an installation: repositories with open incidents get looked at each time, the others in turn. */
export async function reconcileInstallation(
  key: InstallationKey,
  ports: InstallationPorts,
  memory: RepositoryMemory,
  rotation: Rotation,
): Promise<PassResult> {
  const { installation } = key;
  const all = (await ports.list()).map(
    (each): RepositoryKey => ({ kind: "repository", installation, ...each }),
  );
  const active = all.filter((repository) => memory.isActive(repository));
  const quiet = all.filter((repository) => !memory.isActive(repository));
  const chosen = [...active, ...rotation.take(installation, quiet)];
  if (chosen.length > 0) await ports.add({ keys: chosen.map((each) => buildWorkKey(each)) });
  return { wakeAt: null, fields: { repositories: all.length, lookedAt: chosen.length } };
}
