import { isMapping } from "./read-yaml.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** Maps are merged key by key, everything else of `own` replaces what `base` has; an empty value of `own` takes the base's. */
export function mergeFiles(base: Mapping, own: Mapping): Record<string, unknown> {
  const merged: Record<string, unknown> = emptyMapping();
  Object.assign(merged, base);
  for (const [key, value] of Object.entries(own)) {
    const below = merged[key];
    if (isMapping(below) && isMapping(value)) merged[key] = mergeFiles(below, value);
    else if (value !== null || below === undefined) merged[key] = value;
  }
  return merged;
}

/** Without a prototype, a key such as `__proto__` is an ordinary key. */
function emptyMapping(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}
