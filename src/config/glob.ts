/**
 * Whether matching this glob takes time in proportion to the name. The matcher turns globs into regular expressions, so parentheses,
 * repeated classes and many wildcards in one name would let one configuration file stop the app for everybody.
 */
export function isCheapGlob(glob: string): boolean {
  const plain = glob.replace(/\\./gu, "_");
  if (/[()|]|[\]}][+*]/u.test(plain)) return false;
  const parts = plain.split("/");
  const wildcards = (part: string): number => (part.match(/\*+/gu) ?? []).length;
  return (
    parts.filter((part) => part.includes("**")).length <= 3 && parts.every((part) => wildcards(part) <= 3)
  );
}
