import type { Wrong } from "./quantity.ts";
import { saying } from "./say.ts";

const PAIR = /^([A-Za-z-]{1,20})\s*=\s*(?:"([^"]*)"|“([^”]*)”|([^\s"“”]+))(?=\s|$)\s*/u;

/** `key=value key="two words"` as a map, or what is wrong with it. At least one, each at most once. */
export function readPairs(text: string, keys: readonly string[]): ReadonlyMap<string, string> | Wrong {
  const pairs = new Map<string, string>();
  let rest = text.trim();
  while (rest !== "") {
    const match = PAIR.exec(rest);
    const key = match?.[1]?.toLowerCase();
    if (match === null || key === undefined) {
      const part = JSON.stringify(rest.slice(0, 40));
      return {
        why: saying("{part} is not of the form key=value; put a value with blanks in quotes", { part }),
      };
    }
    if (!keys.includes(key))
      return { why: saying("there is no {key}; name {keys}", { key, keys: listed(keys) }) };
    if (pairs.has(key)) return { why: saying("{key} is there twice", { key }) };
    pairs.set(key, match[2] ?? match[3] ?? match[4] ?? "");
    rest = rest.slice(match[0].length);
  }
  return pairs.size === 0 ? { why: saying("name at least one of {keys}", { keys: listed(keys) }) } : pairs;
}

function listed(keys: readonly string[]): string {
  return keys.map((key) => `${key}=`).join(", ");
}
