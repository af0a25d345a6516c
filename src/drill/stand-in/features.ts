import { registerCollaboration } from "./collaboration/register.ts";
import { registerGraphql } from "./graphql/register.ts";
import type { Hub } from "./hub.ts";
import { registerBranches } from "./rest/branches.ts";
import { registerCommits } from "./rest/commits.ts";
import { registerContents } from "./rest/contents.ts";
import { registerGitObjects } from "./rest/git-objects.ts";
import { registerGitRefs } from "./rest/git-refs.ts";
import { registerGitTrees } from "./rest/git-trees.ts";
import { registerMerges } from "./rest/merges.ts";
import { registerRepositories } from "./rest/repositories.ts";
import { registerRules } from "./rest/rules.ts";

/** Each entry registers the routes and ref subscribers of one part of GitHub. The order is the order of ref subscribers. */
export const features: readonly ((hub: Hub) => void)[] = [
  registerRepositories,
  registerGitRefs,
  registerGitObjects,
  registerGitTrees,
  registerBranches,
  registerCommits,
  registerContents,
  registerMerges,
  registerRules,
  registerCollaboration,
  registerGraphql,
];
