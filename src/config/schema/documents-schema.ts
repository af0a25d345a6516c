import * as v from "valibot";
import { byDefault } from "./by-default.ts";
import { mapOf } from "./map-of.ts";
import { refine, type Refuse } from "./refine.ts";

// No part may begin with a dot, so that no document can land in .git, .github or beside the repository (faults S25).
const folder = v.pipe(
  v.string(),
  v.regex(
    /^(?=.{1,100}$)[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*\/?$/u,
    "must be a folder inside the repository, such as incidents or docs/incidents",
  ),
);

export const documentsSchema = v.pipe(
  mapOf({
    reports: byDefault(folder, "incidents", "Folder of incident reports, on the integration branch"),
    retrospectives: byDefault(
      folder,
      "retrospectives",
      "Folder of retrospectives, on the integration branch",
    ),
    communication: byDefault(
      folder,
      "communication",
      "Folder of stakeholder updates, on the integration branch",
    ),
  }),
  refine((folders, refuse) => refineFolders(folders, refuse)),
);

/** The files of an incident have the same name in each folder. */
function refineFolders(folders: Readonly<Record<string, string>>, refuse: Refuse): void {
  const taken = new Map<string, string>();
  for (const [key, folderName] of Object.entries(folders)) {
    const name = withoutSlash(folderName);
    const other = taken.get(name);
    if (other !== undefined) {
      refuse([key], `must differ from documents.${other}, because the files have the same names`);
    }
    taken.set(name, key);
  }
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/u, "");
}
