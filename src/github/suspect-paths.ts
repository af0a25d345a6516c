/** More paths than this cost more than they tell. */
const MOST_PATHS = 5;

/**
 * The folders or files under which the globs look, for GitHub's history of a path, which knows no globs: `src/payment/**` -> `src/payment`. Empty:
 * some glob looks everywhere, so the history of the whole branch serves.
 */
export function suspectPathsOf(globs: readonly string[]): string[] {
  const paths = globs.map((glob) => {
    const fixed = /^[^*?[\]{}()!+@|\\]*/u.exec(glob)?.[0] ?? "";
    const whole = fixed === glob ? fixed : fixed.slice(0, fixed.lastIndexOf("/") + 1);
    return whole.replace(/^(?:\.?\/)+|\/+$/gu, "");
  });
  if (paths.length === 0 || paths.includes("")) return [];
  const unique = [...new Set(paths)];
  return unique.filter((path) => !unique.some((other) => path.startsWith(`${other}/`))).slice(0, MOST_PATHS);
}
