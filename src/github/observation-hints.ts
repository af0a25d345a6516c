import { AdoptedBranches } from "./adopted-branches.ts";
import type { LookedUpCommitFacts } from "../incident/state/commit-facts.ts";
import type { ForecastFacts } from "../incident/state/forecast-facts.ts";
import type { NeighboursFacts } from "../incident/state/neighbours-facts.ts";
import type { Layout } from "./layout.ts";

/** How a commit stands to another: `ahead` means that it contains the other and more. */
export type Relation = "identical" | "ahead" | "behind" | "diverged";

/** A file that a merge touched. `previous` is its old path after a rename. */
export interface TouchedFile {
  readonly path: string;
  readonly previous: string | null;
}

/** What merging two commits would give; `contained`: there is nothing to merge. */
export type Forecast = Pick<ForecastFacts, "markers" | "outcome"> | "contained";

const MOST = 5000;
/** They hold commits with their messages. */
const MOST_FORECASTS = 500;
/** They hold lines of diffs. */
const MOST_CAUSES = 200;
/** They hold the texts of issues. */
const MOST_REPOSITORIES = 20;

/**
 * What an observation remembers for the next one to ask less. May be lost at any time: layouts are checked against each answer, and the
 * rest is keyed by commits, about which such facts never change. One for the process.
 */
export class ObservationHints {
  /** By `owner/repo`. */
  readonly layouts = new BoundedMap<Layout>(MOST);
  /** By `<repository>:<commit>...<commit>`. */
  readonly relations = new BoundedMap<Relation>(MOST);
  /** Files of a merge, by `<repository>:<merge commit>`; null: too many to compare. */
  readonly touchedFiles = new BoundedMap<readonly TouchedFile[] | null>(MOST);
  /** By `<repository>:<commit with the fix>-><other commit>` and the policy for version files. */
  readonly forecasts = new BoundedMap<Forecast>(MOST_FORECASTS);
  /** Commits that people named as the cause, by `<owner>/<repo>:<sha>`. */
  readonly causes = new BoundedMap<LookedUpCommitFacts>(MOST_CAUSES);
  /** What was last read of the incidents of a repository, by `owner/repo` and label, and when (milliseconds since the epoch). */
  readonly neighbours = new BoundedMap<{ readonly at: number; readonly facts: NeighboursFacts }>(
    MOST_REPOSITORIES,
  );
  /** Whether a target holds what a merge changed, by `<repository>:<merge commit>@<head of target>`. */
  readonly contents = new BoundedMap<boolean>(MOST);
  readonly adoptions = new AdoptedBranches();
}

class BoundedMap<V> {
  readonly #entries = new Map<string, V>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
