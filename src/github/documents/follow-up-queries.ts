import type { ActorAnswer, IssueAnswer, Nodes } from "./answers.ts";
import { ACTOR_FIELDS } from "./fragments.ts";

/** Needs `ActorFields`. */
export const FOLLOW_UP_FIELDS = /* GraphQL */ `
  fragment FollowUpFields on Issue {
    number
    databaseId
    url
    state
    stateReason(enableDuplicate: true)
    closedAt
    body
    author {
      ...ActorFields
    }
    closings: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {
      nodes {
        __typename
        ... on ClosedEvent {
          createdAt
        }
      }
    }
  }
`;

export type FollowUpAnswer = Pick<
  IssueAnswer,
  "number" | "url" | "state" | "stateReason" | "closedAt" | "body" | "author"
> & {
  readonly databaseId: number | null;
  readonly closings: Nodes<{ readonly createdAt?: string }>;
};

/** The issues that were opened last, by anybody: not by search, whose index is late. */
export const NEWEST_ISSUES_QUERY = /* GraphQL */ `
  query NewestIssues($owner: String!, $repo: String!) {
    repository(owner: $owner, name: $repo) {
      issues(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
        nodes {
          number
          databaseId
          url
          body
          author {
            ...ActorFields
          }
        }
      }
    }
  }
  ${ACTOR_FIELDS}
`;

export interface NewestIssuesAnswer {
  readonly repository: {
    readonly issues: Nodes<{
      readonly number: number;
      readonly databaseId: number | null;
      readonly url: string;
      readonly body: string;
      readonly author: ActorAnswer;
    }>;
  } | null;
}
