import type { CommitFacts } from "../incident/state/commit-facts.ts";
import type { CommitAnswer, Nodes } from "./documents/answers.ts";

export function commitOf(answer: CommitAnswer): CommitFacts {
  return {
    sha: answer.oid,
    tree: answer.tree.oid,
    parents: nodesOf(answer.parents).map((parent) => parent.oid),
    message: answer.message,
    author: answer.author?.user?.login ?? answer.author?.name ?? "unknown",
    committedAt: answer.committedDate,
    url: answer.url,
  };
}

/** The entries of a connection. GitHub leaves null where one may not be seen. */
export function nodesOf<T>(connection: Nodes<T> | null | undefined): T[] {
  return (connection?.nodes ?? []).filter((node): node is Exclude<typeof node, null> => node !== null);
}
