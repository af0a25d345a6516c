import type { CommentEnds } from "./answers.ts";
import { ACTOR_FIELDS, COMMENT_ENDS, COMMENT_FIELDS } from "./fragments.ts";

/** What was said on an incident's issue: what people decided stands in replies of the app. */
export const CONVERSATION_QUERY = /* GraphQL */ `
  query Conversation($owner: String!, $repo: String!, $issue: Int!) {
    repository(owner: $owner, name: $repo) {
      issue(number: $issue) {
        number
        url
        ...CommentEnds
      }
    }
  }
  ${COMMENT_ENDS}
  ${ACTOR_FIELDS}
  ${COMMENT_FIELDS}
`;

export interface ConversationAnswer {
  readonly repository: {
    readonly issue: (CommentEnds & { readonly number: number; readonly url: string }) | null;
  };
}
