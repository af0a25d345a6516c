/** A text of a request body; null when it is absent, null or something else, which the description's validator reports. */
export function readText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A list of names: texts, or objects with a `name` or `login`. */
export function readNames(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item === "string") return [item];
    if (typeof item !== "object" || item === null) return [];
    const named = item as { readonly name?: unknown; readonly login?: unknown };
    const name = named.name ?? named.login;
    return typeof name === "string" ? [name] : [];
  });
}

export function readFlag(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}

/** A time of a request body; null when it is none. */
export function readTime(value: unknown): Date | null {
  if (typeof value !== "string") return null;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? null : time;
}
