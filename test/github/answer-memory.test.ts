import { describe, expect, it } from "vitest";
import { AnswerMemory } from "../../src/github/answer-memory.ts";
import { readConditionally } from "../../src/github/conditional-read.ts";

const answer = (data: unknown, etag: string | null = '"x"', status = 200) => ({
  status,
  url: "https://api.github.com/x",
  data,
  headers: etag === null ? {} : { etag },
});

describe("answers that may be asked for by their etag", () => {
  it("keeps what was needed last and forgets the oldest, by number and by size", () => {
    const memory = new AnswerMemory();
    for (let index = 0; index < 1000; index += 1) memory.store(`k${index}`, answer(index));
    memory.recall("k0");
    memory.store("one more", answer(1));
    expect([memory.etagOf("k0"), memory.etagOf("k1"), memory.etagOf("k2")]).toEqual(['"x"', null, '"x"']);
    const long = "x".repeat(190_000);
    for (let index = 0; index < 200; index += 1) memory.store(`long${index}`, answer(long));
    const kept = Array.from({ length: 200 }, (_, index) => memory.etagOf(`long${index}`)).filter(Boolean);
    expect(kept.length).toBeGreaterThan(90);
    expect(kept.length).toBeLessThan(107);
    expect(memory.etagOf("long199")).toBe('"x"');
  });

  it("keeps no answer that is long, that failed or that has no name, and nothing older in its place", () => {
    const memory = new AnswerMemory();
    const odd = [answer("x".repeat(200_001)), answer({}, '"x"', 202), answer({}, null)];
    for (const each of odd) {
      memory.store("k", answer({ old: true }));
      memory.store("k", each);
      expect(memory.recall("k")).toBeNull();
    }
  });

  it("asks for the whole answer where it was forgotten while GitHub was asked", async () => {
    const memory = new AnswerMemory();
    memory.store("k", answer({ old: true }));
    const sent: (string | null)[] = [];
    const got = await readConditionally(memory, "k", null, (etag) => {
      sent.push(etag);
      if (etag === null) return Promise.resolve(answer({ fresh: true }));
      memory.store("k", answer({}, null));
      return Promise.reject(Object.assign(new Error("Not modified"), { status: 304 }));
    });
    expect([sent, got.data]).toEqual([['"x"', null], { fresh: true }]);
  });
});
