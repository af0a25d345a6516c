/** A path or ref as part of an address. Slashes stay: it is several segments. */
export function pathInUrl(path: string): string {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}
