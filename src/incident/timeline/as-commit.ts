import type { Say } from "../say.ts";
import type { Sha } from "../state/commit-facts.ts";

/** How a sentence goes on that ends in a commit; empty where none is known. */
export function asCommit(say: Say, sha: Sha | undefined): string {
  return sha === undefined ? "" : say(" as {commit}", { commit: sha.slice(0, 7) });
}
