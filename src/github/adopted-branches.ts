interface Place {
  readonly owner: string;
  readonly repo: string;
}

/**
 * Which incident made a branch of somebody its hotfix branch, as of the last time the incident was looked at. Such names say nothing of an issue, so that news of
 * them can be told from news of any other branch only with this. Forgetting it costs a delay until the incident is looked at again.
 */
export class AdoptedBranches {
  readonly #byPlace = new Map<string, Map<number, ReadonlySet<string>>>();

  /** Replaces what was known of the incident. `branches` empty: it has none, or is over. */
  note(place: Place, issue: number, branches: readonly string[]): void {
    const key = keyOf(place);
    const incidents = this.#byPlace.get(key) ?? new Map<number, ReadonlySet<string>>();
    if (branches.length === 0) incidents.delete(issue);
    else incidents.set(issue, new Set(branches));
    if (incidents.size === 0) this.#byPlace.delete(key);
    else this.#byPlace.set(key, incidents);
  }

  /** Number of the issue; null: nobody adopted it, or that is not known yet. */
  incidentOf(place: Place, branch: string): number | null {
    for (const [issue, branches] of this.#byPlace.get(keyOf(place)) ?? [])
      if (branches.has(branch)) return issue;
    return null;
  }
}

function keyOf({ owner, repo }: Place): string {
  return `${owner}/${repo}`.toLowerCase();
}
