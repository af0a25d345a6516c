const PATH = /(?<![\w@.+/-])(\/?(?:[\w@.+-]+\/){1,15}[\w@.+-]{1,100}\.[A-Za-z][A-Za-z0-9]{0,5})(?![\w/])/gu;
const MOST = 8;
/** More of the text than this is a log that somebody pasted. */
const LONGEST = 100_000;

/**
 * Files that a text names, as paths in the repository: of a stack trace too, where a path begins on the machine that ran it, so that each of its ends comes into
 * question. In the order of the text, at most eight.
 */
export function namedPaths(text: string): readonly string[] {
  const paths = [...text.slice(0, LONGEST).replaceAll("\\", "/").matchAll(PATH)]
    .map(([, path = ""]) => path)
    .filter((path) => !path.includes("node_modules/") && !path.includes("/../"))
    .flatMap((path) => (path.startsWith("/") ? endsOf(path) : [path.replace(/^(?:\.\/)+/u, "")]));
  return [...new Set(paths)].slice(0, MOST);
}

/** `/app/src/pay/cart.ts`: `src/pay/cart.ts`, `pay/cart.ts`, `app/src/pay/cart.ts`. What is a folder of the repository nobody can tell from here. */
function endsOf(path: string): readonly string[] {
  const parts = path.split("/").filter((part) => part !== "");
  const ends = parts.map((_, index) => parts.slice(index).join("/")).filter((end) => end.includes("/"));
  const root = ends.find((end) => /^(?:src|lib|packages|apps?|services?|server|internal|cmd)\//u.test(end));
  const sources = ends.find((end) => end.startsWith("src/"));
  return [...new Set([sources, root, ...ends.slice(1, 3), ends[0]])]
    .filter((end) => end !== undefined)
    .slice(0, 4);
}
