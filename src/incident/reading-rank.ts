/** In the order in which somebody who looks for a cause wants to read what a commit changed. */
const LATER: readonly RegExp[] = [
  /\.(?:md|markdown|rst|adoc|txt)$|^(?:license|changelog|notice)$/iu,
  // Manifests: which packages, in which versions.
  /^(?:package\.json|composer\.json|pom\.xml|go\.mod|cargo\.toml|pyproject\.toml|pipfile|gemfile|requirements[\w.-]*\.txt|build\.gradle(?:\.kts)?|deno\.jsonc?|bower\.json|.+\.(?:csproj|gemspec))$/iu,
  // Lock files: what a tool wrote down of that.
  /^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.ya?ml|go\.sum|gradle\.lockfile|packages\.lock\.json|package\.resolved|bun\.lockb|.+\.lock)$/iu,
];

/** 0: source and everything that is not known to be something else. */
export function readingRank(path: string): number {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return LATER.findLastIndex((kind) => kind.test(name)) + 1;
}
