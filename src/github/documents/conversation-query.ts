import type { CommentAnswer, Nodes } from "./answers.ts";
import { ACTOR_FIELDS, COMMENT_FIELDS } from "./fragments.ts";

/** What was said on an incident's issue, the newest part of it: what people decided stands in replies of the app. */
export const CONVERSATION_QUERY = /* GraphQL */ `
  query Conversation($owner: String!, $repo: String!, $issue: Int!) {
    repository(owner: $owner, name: $repo) {
      issue(number: $issue) {
        number
        url
        comments(last: 100) {
          nodes {
            ...CommentFields
          }
        }
      }
    }
  }
  ${ACTOR_FIELDS}
  ${COMMENT_FIELDS}
`;

export interface ConversationAnswer {
  readonly repository: {
    readonly issue: {
      readonly number: number;
      readonly url: string;
      readonly comments: Nodes<CommentAnswer>;
    } | null;
  };
}
