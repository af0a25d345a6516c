import { expect, it } from "vitest";
import { BoundedMap } from "../../../src/reconcile/bounded-map.ts";
import { IndexMemory } from "../../../src/reconcile/incident-index.ts";
import { RepositoryMemory } from "../../../src/reconcile/repository.ts";

it("forgets what was noted longest ago, and only that", () => {
  const map = new BoundedMap<number>(2);
  for (const [index, key] of ["a", "b", "a", "c"].entries()) map.set(key, index);
  expect(["a", "b", "c"].map((key) => map.get(key))).toEqual([2, undefined, 3]);
  map.delete("a");
  expect([map.size, map.get("a")]).toEqual([1, undefined]);
});

it("repositories that were seen once, renamed or removed are forgotten, and the last ones are not", () => {
  const key = (index: number) =>
    ({ kind: "repository", installation: index % 7, owner: "acme", repo: `repo-${index}` }) as const;
  const memory = new RepositoryMemory();
  const index = new IndexMemory();
  for (let each = 0; each <= 10_000; each += 1) {
    memory.noteActive(key(each), true);
    memory.isClosedDue(key(each), 0);
    index.noteLookedAt(`acme/repo-${each}`, 0);
    index.noteTold(`acme/repo-${each}`, "tree");
  }
  expect([0, 1].map((each) => memory.isActive(key(each)))).toEqual([false, true]);
  expect([1, 0].map((each) => memory.isClosedDue(key(each), 1))).toEqual([false, true]);
  expect([0, 1].map((each) => index.isDue(`acme/repo-${each}`, 1))).toEqual([true, false]);
  expect([0, 1].map((each) => index.isTold(`acme/repo-${each}`, "tree"))).toEqual([false, true]);
});
