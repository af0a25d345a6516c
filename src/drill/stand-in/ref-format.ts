/** Whether git accepts a full ref name: the rules of `git check-ref-format`. */
export function isRefName(ref: string): boolean {
  if (!/^refs\/[^/]+\/.+/.test(ref)) return false;
  if (/[\x00-\x20\x7f~^:?*[\\]/.test(ref)) return false;
  if (ref.includes("..") || ref.includes("@{") || ref.includes("//") || ref.endsWith(".")) return false;
  return ref.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}

/** Names that git would take but GitHub does not: 40 hex digits, and branches that begin with `refs/`. */
export function isReservedName(ref: string): boolean {
  const short = shortRefName(ref);
  return /^[0-9a-f]{40}$/i.test(short) || short.startsWith("refs/");
}

/** `main` for `refs/heads/main`, `v1` for `refs/tags/v1`. */
export function shortRefName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, "");
}

export function isBranch(ref: string): boolean {
  return ref.startsWith("refs/heads/");
}

export function isTag(ref: string): boolean {
  return ref.startsWith("refs/tags/");
}
