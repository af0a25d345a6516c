/**
 * Whether matching this glob takes time in proportion to the name. The matcher turns globs into regular expressions, so parentheses,
 * repeated classes and many wildcards in one name would let one configuration file stop the app for everybody.
 */
export function isCheapGlob(glob: string): boolean {
  const plain = glob.replace(/\\./gu, "_");
  if (/[()|]|[\]}]\+/u.test(plain)) return false;
  const names = plain.split("/");
  const wildcardsOf = (name: string): number => (name.match(/\*+/gu) ?? []).length;
  return (
    wildcardsOf(plain) <= 4 &&
    names.filter((name) => name.includes("**")).length <= 3 &&
    names.every((name) => wildcardsOf(name) <= 2)
  );
}
