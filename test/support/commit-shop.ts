import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Person } from "../../src/drill/person.ts";
import { shopHistory, unfinishedFeature } from "../../src/drill/shop.ts";

/** Replaces files of the shop's first commit; null leaves one out. */
export type FirstFiles = Readonly<Record<string, string | null>>;

/** What a clone holds after the shop was committed to it, by path. git takes dozens of processes for it, so each test file does it once. */
const committed = new Map<string, ReadonlyMap<string, Buffer>>();

/** The shop's history in the empty clone of a person: `main` with v1.4.0 to v1.4.2, `develop` with unfinished work. */
export async function commitShop(person: Person, files: FirstFiles): Promise<void> {
  const key = JSON.stringify(files);
  const known = committed.get(key);
  if (known === undefined) {
    await commitAll(person, files);
    committed.set(key, await filesIn(person.folder));
    return;
  }
  for (const [path, content] of known) {
    await mkdir(dirname(join(person.folder, path)), { recursive: true });
    await writeFile(join(person.folder, path), content);
  }
}

async function commitAll(person: Person, first: FirstFiles): Promise<void> {
  await person.git("switch", "--quiet", "--create", "main");
  const now = Date.now();
  for (const commit of [...shopHistory, unfinishedFeature]) {
    if (commit === unfinishedFeature) await person.git("switch", "--quiet", "--create", "develop");
    const files = commit === shopHistory[0] ? { ...commit.files, ...first } : commit.files;
    for (const [path, text] of Object.entries(files)) if (text !== null) await person.write(path, text);
    await person.commit(commit.message, new Date(now - commit.daysAgo * 86_400_000));
    if (commit.tag !== undefined) await person.git("tag", "--annotate", "--message", commit.tag, commit.tag);
  }
}

/** All but the configuration of the clone, which holds its address, and hooks, which are examples. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => path !== join(".git", "config") && !path.startsWith(join(".git", "hooks")));
  return new Map(
    await Promise.all(
      paths.map(async (path): Promise<[string, Buffer]> => [path, await readFile(join(folder, path))]),
    ),
  );
}
