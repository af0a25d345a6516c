import type { Commit } from "../git-formats.ts";
import type { GitRepository } from "../git.ts";
import { connection, type PageArguments } from "./connection.ts";
import type { Fields } from "./scope.ts";

export interface HistoryArguments extends PageArguments {
  readonly path?: string | null;
  readonly since?: string | null;
  readonly until?: string | null;
  readonly author?: { readonly emails?: readonly string[] | null } | null;
}

/** Newest first. `git log` of a path leaves out merges that follow one side, as GitHub's page does. */
export async function commitHistory(
  git: GitRepository,
  oid: string,
  wanted: HistoryArguments,
  present: (commit: Commit) => Fields,
): Promise<Fields> {
  const args = [
    ...(wanted.since ? [`--since=${wanted.since}`] : []),
    ...(wanted.until ? [`--until=${wanted.until}`] : []),
    ...(wanted.author?.emails ?? []).map((email) => `--author=${email}`),
    ...(wanted.author?.emails ? ["--fixed-strings"] : []),
    oid,
    "--",
    ...(wanted.path ? [`:(literal)${wanted.path}`] : []),
  ];
  const oids = await git.revList(args);
  return connection("history", oids, wanted, async (found) => {
    const commit = await git.commit(found);
    if (commit === undefined) throw new Error(`commit ${found} vanished from the history of ${oid}`);
    return present(commit);
  });
}
