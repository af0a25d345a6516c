import { glob } from "./glob.ts";
import { z } from "./zod.ts";

export const conflictsSchema = z.strictObject({
  policy: z
    .enum(["instructions", "draft"])
    .default("instructions")
    .describe(
      "What the app does where the fix conflicts with a target. instructions: say which lines, and how to resolve them; draft: also commit the merge with conflict markers to the back-merge branch, whose pull request stays a draft",
    ),
  versionFiles: z
    .array(
      z.strictObject({
        path: glob.describe("Glob of the files"),
        kind: z
          .enum(["package", "package-lock", "changelog"])
          .describe(
            "What is settled. package and package-lock: the version of the package; changelog: new sections at the head",
          ),
      }),
    )
    .max(50)
    .default([
      { path: "package.json", kind: "package" },
      { path: "package-lock.json", kind: "package-lock" },
      { path: "CHANGELOG.md", kind: "changelog" },
    ])
    .describe("Files whose conflicts the app resolves itself: the target keeps the higher version"),
});
