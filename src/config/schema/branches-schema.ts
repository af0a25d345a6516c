import picomatch from "picomatch";
import { glob } from "./glob.ts";
import { z } from "./zod.ts";

// The rules of `git check-ref-format`, and what GitHub refuses besides: 40 hexadecimal digits, a leading `refs/`.
const branchName = z
  .string()
  .min(1)
  .max(200)
  .regex(
    /^(?!refs\/)(?![0-9a-f]{40}$)(?!-)(?!(?:HEAD|@)$)(?!\/)(?!.*(?:\.\.|@\{|\/\/|[\u0000-\u0020\u007f\s~^:?*[\\]))(?!\.)(?!.*\/\.)(?!.*\.lock(?:\/|$))(?!.*[./]$).+$/u,
    { error: "must be a branch name, not a ref path, a commit SHA or a name git refuses" },
  );

const prefix = z.string().regex(/^(?!.*\.\.)(?!.*\.(?:lock)?\/)[a-z0-9][a-z0-9._-]{0,30}\/$/u, {
  error: "must be a branch prefix in lower case that ends in a slash, such as hotfix/",
});

export const branchesSchema = z
  .strictObject({
    production: branchName.default("main").describe("Branch that is shipped; hotfixes start and end here"),
    integration: branchName
      .default("develop")
      .describe("Branch where the next version grows; every hotfix must land here too"),
    release: glob.default("release/*").describe("Glob of release branches"),
    hotfixPrefix: prefix.default("hotfix/").describe("What the names of hotfix branches begin with"),
    backMergePrefix: prefix
      .default("backmerge/")
      .describe("What the names of back-merge branches begin with"),
  })
  .superRefine(refineBranches);

interface BranchesInput {
  readonly production: string;
  readonly integration: string;
  readonly release: string;
  readonly hotfixPrefix: string;
  readonly backMergePrefix: string;
}

/** Two roles that one branch could play would make the app merge a branch into itself, or take a trunk for a hotfix. */
function refineBranches(branches: BranchesInput, context: z.RefinementCtx<BranchesInput>): void {
  const refuse = (key: keyof BranchesInput, message: string): void =>
    context.addIssue({ code: "custom", path: [key], message });
  const { production, integration, release, hotfixPrefix, backMergePrefix } = branches;
  if (hotfixPrefix === backMergePrefix) refuse("backMergePrefix", "must differ from branches.hotfixPrefix");
  for (const key of ["hotfixPrefix", "backMergePrefix"] as const) {
    const folderName = branches[key].slice(0, -1);
    // Git keeps a ref either as a file or as a folder of refs.
    if (folderName === production || folderName === integration) {
      refuse(key, "must not be the name of a branch and a slash, because git cannot keep both");
    }
  }
  for (const key of ["hotfixPrefix", "backMergePrefix"] as const) {
    if (/^hotfix-(?:documents|proposals)\/$/u.test(branches[key])) {
      refuse(
        key,
        "must not be where the app keeps its own pull requests (hotfix-documents/, hotfix-proposals/)",
      );
    }
  }
  const isRelease = picomatch(release);
  const taken = [production, integration, `${hotfixPrefix}1-a`, `${backMergePrefix}1-a`].find((name) =>
    isRelease(name),
  );
  if (taken !== undefined) refuse("release", `must not match other branches (it matches ${taken})`);
}
