import { ACTOR_FIELDS, COMMENT_FIELDS, ISSUE_EVENT_FIELDS } from "./fragments.ts";

const EVENTS = `itemTypes: [
            LABELED_EVENT
            UNLABELED_EVENT
            CLOSED_EVENT
            REOPENED_EVENT
            ASSIGNED_EVENT
            COMMENT_DELETED_EVENT
          ]`;

const PAGE_INFO = `pageInfo {
            hasNextPage
            endCursor
            hasPreviousPage
            startCursor
          }`;

/** Further pages of an issue's comments, from both ends at once (`github/read-both-ends.ts`). */
export const COMMENT_PAGES_QUERY = /* GraphQL */ `
  query CommentPages(
    $owner: String!
    $repo: String!
    $number: Int!
    $forward: String
    $backward: String
    $tail: String
    $withBackward: Boolean!
    $withTail: Boolean!
  ) {
    repository(owner: $owner, name: $repo) {
      issue(number: $number) {
        forward: comments(first: 100, after: $forward) {
          ...CommentPage
        }
        backward: comments(last: 100, before: $backward) @include(if: $withBackward) {
          ...CommentPage
        }
        tail: comments(first: 100, after: $tail) @include(if: $withTail) {
          ...CommentPage
        }
      }
    }
  }

  fragment CommentPage on IssueCommentConnection {
    ${PAGE_INFO}
    nodes {
      ...CommentFields
    }
  }
  ${COMMENT_FIELDS}
  ${ACTOR_FIELDS}
`;

/** The same for its history. */
export const EVENT_PAGES_QUERY = /* GraphQL */ `
  query EventPages(
    $owner: String!
    $repo: String!
    $number: Int!
    $forward: String
    $backward: String
    $tail: String
    $withBackward: Boolean!
    $withTail: Boolean!
  ) {
    repository(owner: $owner, name: $repo) {
      issue(number: $number) {
        forward: timelineItems(first: 100, after: $forward, ${EVENTS}) {
          ...EventPage
        }
        backward: timelineItems(last: 100, before: $backward, ${EVENTS}) @include(if: $withBackward) {
          ...EventPage
        }
        tail: timelineItems(first: 100, after: $tail, ${EVENTS}) @include(if: $withTail) {
          ...EventPage
        }
      }
    }
  }

  fragment EventPage on IssueTimelineItemsConnection {
    ${PAGE_INFO}
    nodes {
      ...IssueEventFields
    }
  }
  ${ISSUE_EVENT_FIELDS}
  ${ACTOR_FIELDS}
`;
