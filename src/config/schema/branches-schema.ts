import picomatch from "picomatch";
import * as v from "valibot";
import { byDefault } from "./by-default.ts";
import { glob } from "./glob.ts";
import { mapOf } from "./map-of.ts";
import { refine, type Refuse } from "./refine.ts";
import { text } from "./text.ts";

// The rules of `git check-ref-format`, and what GitHub refuses besides: 40 hexadecimal digits, a leading `refs/`.
const branchName = v.pipe(
  text(200),
  v.regex(
    /^(?!refs\/)(?![0-9a-f]{40}$)(?!-)(?!(?:HEAD|@)$)(?!\/)(?!.*(?:\.\.|@\{|\/\/|[\u0000-\u0020\u007f\s~^:?*[\\]))(?!\.)(?!.*\/\.)(?!.*\.lock(?:\/|$))(?!.*[./]$).+$/u,
    "must be a branch name, not a ref path, a commit SHA or a name git refuses",
  ),
);

const prefix = v.pipe(
  v.string(),
  v.regex(
    /^(?!.*\.\.)(?!.*\.(?:lock)?\/)[a-z0-9][a-z0-9._-]{0,30}\/$/u,
    "must be a branch prefix in lower case that ends in a slash, such as hotfix/",
  ),
);

export const branchesSchema = v.pipe(
  mapOf({
    production: byDefault(branchName, "main", "Branch that is shipped; hotfixes start and end here"),
    integration: byDefault(
      branchName,
      "develop",
      "Branch where the next version grows; every hotfix must land here too",
    ),
    release: byDefault(glob, "release/*", "Glob of release branches"),
    hotfixPrefix: byDefault(prefix, "hotfix/", "What the names of hotfix branches begin with"),
    backMergePrefix: byDefault(prefix, "backmerge/", "What the names of back-merge branches begin with"),
  }),
  refine((branches, refuse) => refineBranches(branches, refuse)),
);

interface BranchesInput {
  readonly production: string;
  readonly integration: string;
  readonly release: string;
  readonly hotfixPrefix: string;
  readonly backMergePrefix: string;
}

/** Two roles that one branch could play would make the app merge a branch into itself, or take a trunk for a hotfix. */
function refineBranches(branches: BranchesInput, refuse: Refuse): void {
  const { production, integration, release, hotfixPrefix, backMergePrefix } = branches;
  if (hotfixPrefix === backMergePrefix) refuse(["backMergePrefix"], "must differ from branches.hotfixPrefix");
  for (const key of ["hotfixPrefix", "backMergePrefix"] as const) {
    const folderName = branches[key].slice(0, -1);
    // Git keeps a ref either as a file or as a folder of refs.
    if (folderName === production || folderName === integration) {
      refuse([key], "must not be the name of a branch and a slash, because git cannot keep both");
    }
  }
  for (const key of ["hotfixPrefix", "backMergePrefix"] as const) {
    if (/^hotfix-(?:documents|proposals)\/$/u.test(branches[key])) {
      refuse(
        [key],
        "must not be where the app keeps its own pull requests (hotfix-documents/, hotfix-proposals/)",
      );
    }
  }
  // What is no glob is a problem of its own, and picomatch throws at it.
  if (release === "") return;
  const isRelease = picomatch(release);
  const taken = [production, integration, `${hotfixPrefix}1-a`, `${backMergePrefix}1-a`].find((name) =>
    isRelease(name),
  );
  if (taken !== undefined) refuse(["release"], `must not match other branches (it matches ${taken})`);
}
