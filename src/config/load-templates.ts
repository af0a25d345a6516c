import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const ENDING = ".hbs";

/** The templates that ship with the app: text by path below `templates/` with `/` between folders, without `.hbs`. */
export async function loadTemplates(): Promise<Readonly<Record<string, string>>> {
  const folder = fileURLToPath(new URL("../../templates", import.meta.url));
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith(ENDING)).sort();
  const entries = paths.map(
    async (path): Promise<[string, string]> => [
      path.slice(0, -ENDING.length).replaceAll("\\", "/"),
      await readFile(join(folder, path), "utf8"),
    ],
  );
  return Object.fromEntries(await Promise.all(entries));
}
