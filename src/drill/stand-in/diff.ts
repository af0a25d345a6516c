import type { GitRepository } from "./git.ts";

/** The tree without files, which git knows in every repository. */
export const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

const PATCH_LIMIT = 1_000_000;

export interface FileDiff {
  readonly filename: string;
  /** Old name of a renamed or copied file. */
  readonly previous?: string;
  readonly status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed";
  /** Blob after the change; before it for a removed file. */
  readonly blob: string;
  readonly additions: number;
  readonly deletions: number;
  /** Hunks from the first `@@` on; absent for binary and huge files. */
  readonly patch?: string;
}

/** Files that differ between two commits or trees, with renames found as git finds them. */
export async function diffFiles(git: GitRepository, from: string, to: string): Promise<readonly FileDiff[]> {
  const args = ["diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-abbrev", "-M"];
  const output = await git.run([...args, "-z", "--raw", "--numstat", "-p", from, to, "--"]);
  return parse(output);
}

interface RawEntry {
  readonly filename: string;
  readonly previous?: string;
  readonly letter: string;
  readonly blob: string;
}

/** `-z` output is raw records, count records, then the patches, told apart by NUL bytes. */
function parse(output: string): readonly FileDiff[] {
  const tokens = output.split("\0");
  let at = 0;
  const next = (): string => tokens[at++] ?? "";
  const raws: RawEntry[] = [];
  while (tokens[at]?.startsWith(":") === true) {
    const [, , before = "", after = "", kind = ""] = next().slice(1).split(" ");
    const letter = kind.slice(0, 1);
    const blob = letter === "D" ? before : after;
    const first = next();
    if (letter === "R" || letter === "C") raws.push({ previous: first, filename: next(), letter, blob });
    else raws.push({ filename: first, letter, blob });
  }
  const counts = raws.map(() => {
    const [added = "-", removed = "-", name] = next().split("\t");
    if (name === "") at += 2;
    return { added: Number(added) || 0, removed: Number(removed) || 0 };
  });
  // One more NUL stands between the counts and the patches.
  const text = tokens.slice(at).join("\0").replace(/^\0/, "");
  const patches = text.split(/^diff --git .*$/m).slice(1);
  let section = 0;
  return raws.map((raw, index) => {
    // Where a file became a link, or the other way round, git writes the removal and the addition each for itself.
    const isTypeChange = raw.letter === "T";
    const patch = isTypeChange ? undefined : hunksOf(patches[section] ?? "");
    section += isTypeChange ? 2 : 1;
    return {
      filename: raw.filename,
      ...(raw.previous === undefined ? {} : { previous: raw.previous }),
      status: statusOf(raw.letter),
      blob: raw.blob,
      additions: counts[index]?.added ?? 0,
      deletions: counts[index]?.removed ?? 0,
      ...(patch === undefined ? {} : { patch }),
    };
  });
}

function hunksOf(section: string): string | undefined {
  const start = section.search(/^@@ /m);
  if (start < 0 || section.length > PATCH_LIMIT) return undefined;
  return section.slice(start).replace(/\n$/, "");
}

function statusOf(letter: string): FileDiff["status"] {
  switch (letter) {
    case "A":
      return "added";
    case "D":
      return "removed";
    case "R":
      return "renamed";
    case "C":
      return "copied";
    case "T":
      return "changed";
    default:
      return "modified";
  }
}
