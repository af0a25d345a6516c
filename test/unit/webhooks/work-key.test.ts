import { expect, it } from "vitest";
import { buildWorkKey, parseWorkKey, type WorkKey } from "../../../src/webhooks/work-key.ts";

const at = { installation: 5, owner: "acme", repo: "shop" };
const click = { kind: "fix", ...at, sha: "a".repeat(40), login: "ben-7" } as const;

it.each<WorkKey>([
  click,
  { ...click, account: 1042 },
  { kind: "commit", ...at, sha: "b".repeat(40) },
  { kind: "incident", ...at, issue: 7 },
])("a key says the same when it is read again: %o", (key) => {
  expect(parseWorkKey(buildWorkKey(key))).toEqual(key);
});

it.each(["", ".", ".0", ".x", ".1.2"])("a click whose account is no number is no key: %s", (end) => {
  const text = `${buildWorkKey(click)}${end}`;
  expect(parseWorkKey(text)).toEqual(end === "" ? click : null);
});
