import type { Conversation } from "../incident/comment-marker.ts";
import { CONVERSATION_QUERY, type ConversationAnswer } from "./documents/conversation-query.ts";
import { readAllComments } from "./read-issue-pages.ts";
import { nodesOf } from "./read-commit.ts";
import { commentOf } from "./read-issue.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isNotFound, runGraphql } from "./run-graphql.ts";

/** null: the issue is gone, and what was decided on it with it. */
export async function readConversation(
  client: RepositoryClient,
  issue: number,
): Promise<Conversation | null> {
  const { repository } = await runGraphql<ConversationAnswer>(
    client,
    CONVERSATION_QUERY,
    { issue },
    isNotFound,
  );
  if (repository.issue === null) return null;
  const { number, url } = repository.issue;
  const comments = await readAllComments(client, number, repository.issue);
  return {
    issue: { number, url },
    comments: nodesOf(comments).map((comment) => commentOf(comment, client.app)),
  };
}
