import type { Page } from "./documents/answers.ts";

/** A long list as the first trip shows it: its first hundred, and where its last entries begin. */
export interface ListEnds<T> {
  readonly first: Page<T>;
  /** Cursor of the first of the last hundred: what comes after it are the last ninety-nine, and what was added since. */
  readonly lastHundred: string | null;
  /** Cursor of the first of the last ninety-nine: what comes before it ends where those begin. */
  readonly lastNinetyNine: string | null;
}

/** Cursors of the pages to ask for, all in one query. null: not wanted. */
export interface PagesWanted {
  /** A hundred after it. */
  readonly forward: string | null;
  /** The hundred before it. */
  readonly backward: string | null;
  /** What comes after it, to the end. */
  readonly tail: string | null;
}

/** A page that was not asked for, or whose list has vanished meanwhile, is absent. */
export type PagesRead<T> = { readonly [Part in keyof PagesWanted]?: Page<T> | undefined };

/**
 * The whole list, in its order. Pages cannot be asked for by number, only each after the one before, so the list is read from both ends at once: up
 * to four hundred entries in one trip more, and two hundred with each trip after that.
 *
 * Entries that are added meanwhile may be missing (they are news of their own); none that was there before is.
 *
 * @param idOf what makes two entries the same
 */
export async function readFromBothEnds<T>(
  { first, lastHundred, lastNinetyNine }: ListEnds<T>,
  idOf: (entry: T) => string,
  ask: (wanted: PagesWanted) => Promise<PagesRead<T>>,
): Promise<Page<T>> {
  const front: (T | null)[] = [...(first.nodes ?? [])];
  let back: readonly (T | null)[] = [];
  let wanted: PagesWanted = {
    forward: first.pageInfo.hasNextPage ? first.pageInfo.endCursor : null,
    backward: lastNinetyNine,
    tail: lastHundred,
  };
  while (wanted.forward !== null) {
    const { forward, backward, tail } = await ask(wanted);
    front.push(...(forward?.nodes ?? []));
    back = [...(backward?.nodes ?? []), ...(tail?.nodes ?? []), ...back];
    const isMet =
      forward?.pageInfo.hasNextPage !== true ||
      backward?.pageInfo.hasPreviousPage !== true ||
      haveCommon(forward, backward, idOf);
    wanted = {
      forward: isMet ? null : forward.pageInfo.endCursor,
      backward: isMet ? null : (backward.pageInfo.startCursor ?? null),
      tail: null,
    };
  }
  const entries = [...front, ...back].filter((entry) => entry !== null);
  const unique = new Map(entries.map((entry) => [idOf(entry), entry]));
  return { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [...unique.values()] };
}

function haveCommon<T>(one: Page<T>, other: Page<T>, idOf: (entry: T) => string): boolean {
  const ids = new Set((one.nodes ?? []).flatMap((entry) => (entry === null ? [] : [idOf(entry)])));
  return (other.nodes ?? []).some((entry) => entry !== null && ids.has(idOf(entry)));
}
