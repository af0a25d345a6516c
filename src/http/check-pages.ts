import { readdir, readFile } from "node:fs/promises";
import type { Route } from "./server.ts";

const FOLDER = new URL("../../docs/checks/", import.meta.url);

/** The documentation of the checks under the address that every check run links: `/docs/checks/scope.md`. Read once. */
export async function checkPageRoutes(): Promise<readonly Route[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".md")).toSorted();
  return Promise.all(
    names.map(async (name): Promise<Route> => {
      const body = await readFile(new URL(name, FOLDER), "utf8");
      return {
        method: "GET",
        path: `/docs/checks/${name}`,
        handle: async () => ({ status: 200, body }),
      };
    }),
  );
}
