import type { ActorAnswer, Nodes } from "./answers.ts";
import { ACTOR_FIELDS } from "./fragments.ts";

/** Whether an issue is there, and the open pull requests of a repository: what an incident leaves behind whose issue is gone. */
export const LEFT_PULL_REQUESTS_QUERY = /* GraphQL */ `
  query LeftPullRequests($owner: String!, $repo: String!, $number: Int!) {
    repository(owner: $owner, name: $repo) {
      isArchived
      issueOrPullRequest(number: $number) {
        __typename
      }
      pullRequests(states: OPEN, first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
        nodes {
          number
          isCrossRepository
          headRefName
          author {
            ...ActorFields
          }
          timelineItems(first: 20, itemTypes: [COMMENT_DELETED_EVENT]) {
            nodes {
              __typename
              ... on CommentDeletedEvent {
                deletedCommentAuthor {
                  ...ActorFields
                }
              }
            }
          }
        }
      }
    }
  }
  ${ACTOR_FIELDS}
`;

export interface LeftPullRequestsAnswer {
  readonly repository: {
    readonly isArchived: boolean;
    readonly issueOrPullRequest: { readonly __typename: string } | null;
    readonly pullRequests: Nodes<LeftPullRequestAnswer>;
  } | null;
}

export interface LeftPullRequestAnswer {
  readonly number: number;
  readonly isCrossRepository: boolean;
  readonly headRefName: string;
  readonly author: ActorAnswer;
  readonly timelineItems: Nodes<{ readonly deletedCommentAuthor?: ActorAnswer }>;
}
