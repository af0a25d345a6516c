import { issueNumberInBranch, parseQueueBranch } from "../incident/names.ts";
import { commitAt, incidentAt, repositoryAt } from "./key-at.ts";
import type { Address, Work } from "./routing.ts";
import type { WorkKey } from "./work-key.ts";

export const NOTHING: Work = { keys: [] };

/** The incident whose number a branch carries, or that may have adopted it, and the commit. */
export function ofHead(at: Address, branch: string | null | undefined, sha: string | null): Work {
  if (branch === null || branch === undefined) return NOTHING;
  const number = issueNumberInBranch(branch);
  if (number === null) return { keys: [], adoptable: [{ branch, sha }] };
  return ofNumbered(at, number, branch, sha);
}

/** The incident of that number where the branch is one of the app's, which its prefix says. */
export function ofNumbered(at: Address, number: number, branch: string, sha: string | null): Work {
  const keys = [incidentAt(at, number), ...(sha === null ? [] : [commitAt(at, sha)])];
  return { keys, named: [{ branch, sha, whose: "ours", keys }] };
}

/** Somebody asked for the checks of a commit again, whatever its branch is. */
export function withCommit(at: Address, sha: string, { keys, named = [] }: Work): Work {
  return { keys: [commitAt(at, sha), ...keys], named };
}

/** A trunk, a release branch or a tag concerns every open incident of the repository. */
export function ofRef(at: Address, type: "branch" | "tag", name: string): readonly WorkKey[] {
  if (type === "branch" && parseQueueBranch(name) !== null) return [];
  const number = type === "branch" ? issueNumberInBranch(name) : null;
  return [number === null ? repositoryAt(at) : incidentAt(at, number)];
}
