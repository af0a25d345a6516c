import { ACTOR_FIELDS, COMMENT_FIELDS, ISSUE_EVENT_FIELDS, ISSUE_EVENT_TYPES } from "./fragments.ts";

const VARIABLES =
  "$owner: String!, $repo: String!, $number: Int!, $forward: String, $backward: String, $tail: String, $withBackward: Boolean!, $withTail: Boolean!";

const PAGE_INFO = `pageInfo {
            hasNextPage
            endCursor
            hasPreviousPage
            startCursor
          }`;

/** Further pages of an issue's comments, from both ends at once (`github/read-both-ends.ts`). */
export const COMMENT_PAGES_QUERY = /* GraphQL */ `
  query CommentPages(
    ${VARIABLES}
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
    ${VARIABLES}
  ) {
    repository(owner: $owner, name: $repo) {
      issue(number: $number) {
        forward: timelineItems(first: 100, after: $forward, ${ISSUE_EVENT_TYPES}) {
          ...EventPage
        }
        backward: timelineItems(last: 100, before: $backward, ${ISSUE_EVENT_TYPES}) @include(if: $withBackward) {
          ...EventPage
        }
        tail: timelineItems(first: 100, after: $tail, ${ISSUE_EVENT_TYPES}) @include(if: $withTail) {
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
