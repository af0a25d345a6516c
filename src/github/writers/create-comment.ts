import type { OutcomeValue } from "../../incident/action.ts";
import { isByApp, restActorOf } from "../read-actor.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { isServerFault } from "../server-fault.ts";

/**
 * Writes a comment that contains `marker`. GitHub knows no key for comments, so when the answer is lost the comments are looked through before
 * anything is given back (F3): a comment that is there is the one that was wanted.
 */
export async function createComment(
  client: RepositoryClient,
  issue: number,
  body: string,
  marker: string,
): Promise<OutcomeValue> {
  try {
    const { data } = await client.octokit.rest.issues.createComment({
      owner: client.owner,
      repo: client.repo,
      issue_number: issue,
      body,
    });
    return valueOf(data);
  } catch (error) {
    if (!isServerFault(error)) throw error;
    const written = await findComment(client, issue, marker);
    if (written === null) throw error;
    return written;
  }
}

/** The oldest comment of ours with the marker; null where there is none. */
export async function findComment(
  client: RepositoryClient,
  issue: number,
  marker: string,
): Promise<OutcomeValue | null> {
  const pages = client.octokit.paginate.iterator(client.octokit.rest.issues.listComments, {
    owner: client.owner,
    repo: client.repo,
    issue_number: issue,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const found = data.find(
      (comment) => isByApp(restActorOf(comment.user), client.app) && comment.body?.includes(marker),
    );
    if (found !== undefined) return valueOf(found);
  }
  return null;
}

function valueOf(comment: {
  readonly id: number;
  readonly node_id: string;
  readonly html_url: string;
  readonly created_at: string;
}): OutcomeValue {
  return {
    kind: "comment",
    id: comment.id,
    nodeId: comment.node_id,
    url: comment.html_url,
    at: comment.created_at,
  };
}
