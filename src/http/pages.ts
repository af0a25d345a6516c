import { readdir, readFile } from "node:fs/promises";
import type { Route } from "./server.ts";

const ROOT = new URL("../../", import.meta.url);

/** Guides, and the files that they tell people to copy. */
const SHOWN: readonly { readonly folder: string; readonly names: RegExp }[] = [
  { folder: "docs/checks/", names: /\.md$/u },
  { folder: "docs/", names: /\.md$/u },
  { folder: "examples/", names: /^[\w.-]+$/u },
];

/**
 * What every check run links, `/docs/checks/scope.md`, and what those pages link, at the same places as in the repository, so that a link leads
 * somewhere in both. Read once.
 */
export async function pageRoutes(): Promise<readonly Route[]> {
  return (await Promise.all(SHOWN.map(routesOf))).flat();
}

async function routesOf({ folder, names }: (typeof SHOWN)[number]): Promise<readonly Route[]> {
  const entries = await readdir(new URL(folder, ROOT), { withFileTypes: true });
  const shown = entries.filter((entry) => entry.isFile() && names.test(entry.name));
  return Promise.all(
    shown.map(async ({ name }): Promise<Route> => {
      const path = `${folder}${name}`;
      const body = await readFile(new URL(path, ROOT), "utf8");
      return { method: "GET", path: `/${path}`, handle: async () => ({ status: 200, body }) };
    }),
  );
}
