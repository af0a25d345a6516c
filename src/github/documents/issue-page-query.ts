import { ACTOR_FIELDS, COMMENT_FIELDS, ISSUE_EVENT_FIELDS } from "./fragments.ts";

/** Further pages of one issue: an incident with more than a hundred comments or events. */
export const ISSUE_PAGE_QUERY = /* GraphQL */ `
  query IssuePage(
    $owner: String!
    $repo: String!
    $number: Int!
    $commentsAfter: String
    $eventsAfter: String
    $withComments: Boolean!
    $withEvents: Boolean!
  ) {
    repository(owner: $owner, name: $repo) {
      issue(number: $number) {
        comments(first: 100, after: $commentsAfter) @include(if: $withComments) {
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...CommentFields
          }
        }
        timelineItems(
          first: 100
          after: $eventsAfter
          itemTypes: [
            LABELED_EVENT
            UNLABELED_EVENT
            CLOSED_EVENT
            REOPENED_EVENT
            ASSIGNED_EVENT
            COMMENT_DELETED_EVENT
          ]
        ) @include(if: $withEvents) {
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...IssueEventFields
          }
        }
      }
    }
  }
  ${COMMENT_FIELDS}
  ${ISSUE_EVENT_FIELDS}
  ${ACTOR_FIELDS}
`;
