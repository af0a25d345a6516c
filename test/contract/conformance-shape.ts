/** What is compared of two JSON values: which keys there are and of what type, not what they say. */
export interface ShapeDifferences {
  /** `<pointer>`: in the recording, not in ours. */
  readonly missing: readonly string[];
  /** `<pointer>: <type in the recording> became <ours>`. */
  readonly changed: readonly string[];
  /** `<pointer>`: ours, not in the recording. */
  readonly added: readonly string[];
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A null on either side fits any type. Of lists, the first entries are compared; list indexes are written `*`. */
export function compareShapes(recorded: Json, ours: Json, pointer = ""): ShapeDifferences {
  if (recorded === null || ours === null) return none;
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    const [theirs, mine] = [recorded[0], ours[0]];
    return theirs === undefined || mine === undefined ? none : compareShapes(theirs, mine, `${pointer}/*`);
  }
  if (isObject(recorded) && isObject(ours)) return compareObjects(recorded, ours, pointer);
  const [was, is] = [typeName(recorded), typeName(ours)];
  return was === is ? none : { ...none, changed: [`${pointer}: ${was} became ${is}`] };
}

const none: ShapeDifferences = { missing: [], changed: [], added: [] };

function compareObjects(
  recorded: { readonly [key: string]: Json },
  ours: { readonly [key: string]: Json },
  pointer: string,
): ShapeDifferences {
  const inner = Object.entries(recorded).flatMap(([key, value]) => {
    const mine = ours[key];
    return mine === undefined ? [] : [compareShapes(value, mine, `${pointer}/${key}`)];
  });
  const absent = Object.keys(recorded).filter((key) => ours[key] === undefined);
  const extra = Object.keys(ours).filter((key) => recorded[key] === undefined);
  return {
    missing: [...absent.map((key) => `${pointer}/${key}`), ...inner.flatMap((it) => it.missing)],
    changed: inner.flatMap((it) => it.changed),
    added: [...extra.map((key) => `${pointer}/${key}`), ...inner.flatMap((it) => it.added)],
  };
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeName(value: Json): string {
  return Array.isArray(value) ? "list" : typeof value;
}

/** The part of several recordings that all of them have: keys present everywhere, and null where one of them has null. */
export function commonShape(values: readonly Json[]): Json {
  const [first, ...rest] = values;
  if (first === undefined) return null;
  return rest.reduce<Json>(intersect, first);
}

function intersect(left: Json, right: Json): Json {
  if (Array.isArray(left) && Array.isArray(right)) {
    const entries = [...left, ...right];
    return entries.length === 0 ? [] : [commonShape(entries)];
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left).filter((key) => right[key] !== undefined);
    return Object.fromEntries(keys.map((key) => [key, intersect(left[key] ?? null, right[key] ?? null)]));
  }
  return typeName(left) === typeName(right) && !isObject(left) && !Array.isArray(left) ? left : null;
}

export type { Json };
