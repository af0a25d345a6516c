import * as v from "valibot";
import { listOf } from "./list-of.ts";
import { byDefault } from "./by-default.ts";
import { glob } from "./glob.ts";
import { mapOf } from "./map-of.ts";

const versionFile = mapOf({
  path: v.pipe(glob, v.description("Glob of the files")),
  kind: v.pipe(
    v.picklist(["package", "package-lock", "changelog"]),
    v.description(
      "What is settled. package and package-lock: the version of the package; changelog: new sections at the head",
    ),
  ),
});

export const conflictsSchema = mapOf({
  policy: byDefault(
    v.picklist(["instructions", "draft"]),
    "instructions",
    "What the app does where the fix conflicts with a target. instructions: say which lines, and how to resolve them; draft: also commit the merge with conflict markers to the back-merge branch, whose pull request stays a draft",
  ),
  versionFiles: byDefault(
    listOf(versionFile, 50),
    [
      { path: "package.json", kind: "package" },
      { path: "package-lock.json", kind: "package-lock" },
      { path: "CHANGELOG.md", kind: "changelog" },
    ],
    "Files whose conflicts the app resolves itself: the target keeps the higher version",
  ),
});
