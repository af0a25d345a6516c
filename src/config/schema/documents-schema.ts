import { z } from "./zod.ts";

// No part may begin with a dot, so that no document can land in .git, .github or beside the repository (faults S25).
const folder = z
  .string()
  .regex(/^(?=.{1,100}$)[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*\/?$/u, {
    error: "must be a folder inside the repository, such as incidents or docs/incidents",
  });

export const documentsSchema = z
  .strictObject({
    reports: folder.default("incidents").describe("Folder of incident reports, on the integration branch"),
    retrospectives: folder
      .default("retrospectives")
      .describe("Folder of retrospectives, on the integration branch"),
    communication: folder
      .default("communication")
      .describe("Folder of stakeholder updates, on the integration branch"),
  })
  .superRefine(refineFolders);

/** The files of an incident have the same name in each folder. */
function refineFolders(
  folders: Readonly<Record<string, string>>,
  context: z.RefinementCtx<Readonly<Record<string, string>>>,
): void {
  const taken = new Map<string, string>();
  for (const [key, folderName] of Object.entries(folders)) {
    const name = withoutSlash(folderName);
    const other = taken.get(name);
    if (other !== undefined) {
      const message = `must differ from documents.${other}, because the files have the same names`;
      context.addIssue({ code: "custom", path: [key], message });
    }
    taken.set(name, key);
  }
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/u, "");
}
