import type { Commit } from "./git-formats.ts";

/** Histories up to this size are walked here; a git process costs more than that. */
const WALK_LIMIT = 5000;
const KNOWN_SETS = 64;

/** Answers questions about ancestry from commits in memory. Every answer is undefined where the history is too long: ask git then. */
export class GitHistory {
  readonly #read: (oid: string) => Promise<Commit | undefined>;
  readonly #known = new Map<string, ReadonlySet<string>>();

  constructor(read: (oid: string) => Promise<Commit | undefined>) {
    this.#read = read;
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean | undefined> {
    return (await this.#reachable(descendant))?.has(ancestor);
  }

  /** Commits of `head` that none of `without` contains, parents before children. */
  async difference(head: string, without: readonly string[]): Promise<readonly string[] | undefined> {
    const excluded: ReadonlySet<string>[] = [];
    for (const oid of without) {
      const set = await this.#reachable(oid);
      if (set === undefined) return undefined;
      excluded.push(set);
    }
    if ((await this.#reachable(head)) === undefined) return undefined;
    const isOld = (oid: string): boolean => excluded.some((set) => set.has(oid));
    return this.#parentsFirst(head, isOld);
  }

  async #parentsFirst(head: string, isOld: (oid: string) => boolean): Promise<readonly string[]> {
    const order: string[] = [];
    const opened = new Set<string>();
    const done = new Set<string>();
    const stack = isOld(head) ? [] : [head];
    for (let oid = stack.at(-1); oid !== undefined; oid = stack.at(-1)) {
      if (opened.has(oid)) {
        stack.pop();
        if (!done.has(oid)) order.push(oid);
        done.add(oid);
        continue;
      }
      opened.add(oid);
      const parents = (await this.#read(oid))?.parents ?? [];
      // The first parent comes off the stack first: the main line leads.
      stack.push(...parents.toReversed().filter((parent) => !opened.has(parent) && !isOld(parent)));
    }
    return order;
  }

  async #reachable(from: string): Promise<ReadonlySet<string> | undefined> {
    const known = this.#known.get(from);
    if (known !== undefined) return known;
    const seen = new Set([from]);
    // A set grows while it is walked.
    for (const oid of seen) {
      if (seen.size > WALK_LIMIT) return undefined;
      const commit = await this.#read(oid);
      if (commit === undefined) return undefined;
      for (const parent of commit.parents) seen.add(parent);
    }
    if (this.#known.size >= KNOWN_SETS) this.#known.clear();
    this.#known.set(from, seen);
    return seen;
  }
}
