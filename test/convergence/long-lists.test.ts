import { describe, expect, it } from "vitest";
import type { Page } from "../../src/github/documents/answers.ts";
import { readFromBothEnds } from "../../src/github/read-both-ends.ts";
import { fc } from "../support/fast-check.ts";

interface Entry {
  readonly id: string;
}

/** A list as GitHub pages it: cursors name entries, and stay right when others come or go. */
class PagedList {
  readonly entries: Entry[];
  #made: number;

  constructor(length: number) {
    this.entries = Array.from({ length }, (_, index) => ({ id: `${index}` }));
    this.#made = length;
  }

  add(count: number): void {
    for (let index = 0; index < count; index += 1) this.entries.push({ id: `${this.#made++}` });
  }

  after(cursor: string | null, count: number): Page<Entry> {
    const from = cursor === null ? 0 : this.#at(cursor) + 1;
    return this.#page(from, Math.min(from + count, this.entries.length));
  }

  before(cursor: string | null, count: number): Page<Entry> {
    const to = cursor === null ? this.entries.length : this.#at(cursor);
    return this.#page(Math.max(0, to - count), to);
  }

  #at(cursor: string): number {
    return this.entries.findIndex(({ id }) => id === cursor);
  }

  #page(from: number, to: number): Page<Entry> {
    const nodes = this.entries.slice(from, to);
    const [start, end] = [nodes[0]?.id ?? null, nodes.at(-1)?.id ?? null];
    return {
      pageInfo: {
        hasNextPage: to < this.entries.length,
        endCursor: end,
        hasPreviousPage: from > 0,
        startCursor: start,
      },
      nodes,
    };
  }
}

async function readAll(list: PagedList, meanwhile: () => void) {
  let trips = 0;
  const ends = {
    first: list.after(null, 100),
    lastHundred: list.before(null, 100).pageInfo.startCursor ?? null,
    lastNinetyNine: list.before(null, 99).pageInfo.startCursor ?? null,
  };
  const page = await readFromBothEnds(
    ends,
    ({ id }) => id,
    ({ forward, backward, tail }) => {
      trips += 1;
      meanwhile();
      return Promise.resolve({
        forward: list.after(forward, 100),
        backward: backward === null ? undefined : list.before(backward, 100),
        tail: tail === null ? undefined : list.after(tail, 100),
      });
    },
  );
  return { ids: (page.nodes ?? []).map((entry) => Number(entry?.id)), trips };
}

describe("a list that is read from both ends at once", () => {
  it("gives every entry once and in order, however long it is and whatever is added meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 1300 }),
        fc.array(fc.nat({ max: 130 }), { maxLength: 6 }),
        async (length, added) => {
          const list = new PagedList(length);
          const coming = [...added];
          const { ids } = await readAll(list, () => list.add(coming.shift() ?? 0));
          expect(ids.slice(0, length)).toEqual(Array.from({ length }, (_, index) => index));
          expect(ids).toEqual(ids.toSorted((one, other) => one - other));
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
      {
        numRuns: 300,
        examples: [
          [100, []],
          [101, []],
          [199, [1]],
          [200, [2]],
          [201, [100]],
          [399, []],
          [400, []],
          [401, [3, 3]],
        ],
      },
    );
  });

  it("takes no trip for a hundred entries, one for up to 399, and one for each two hundred after that", async () => {
    const trips = async (length: number) => (await readAll(new PagedList(length), () => undefined)).trips;
    expect(await Promise.all([0, 100, 101, 300, 398, 500, 700].map(trips))).toEqual([0, 0, 1, 1, 1, 2, 3]);
  });
});
