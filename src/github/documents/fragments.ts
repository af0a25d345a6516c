/** Pieces that several documents share. A document lists the fragments that it uses after its own text. */

export const ACTOR_FIELDS = /* GraphQL */ `
  fragment ActorFields on Actor {
    __typename
    login
  }
`;

export const COMMIT_FIELDS = /* GraphQL */ `
  fragment CommitFields on Commit {
    oid
    tree {
      oid
    }
    parents(first: 10) {
      nodes {
        oid
      }
    }
    message
    author {
      name
      user {
        login
      }
    }
    committedDate
    url
  }
`;

/** Comments of an issue: the first hundred, and where the last ones begin (`github/read-both-ends.ts`). Needs `CommentFields`. */
export const COMMENT_ENDS = /* GraphQL */ `
  fragment CommentEnds on Issue {
    comments(first: 100) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...CommentFields
      }
    }
    lastHundredComments: comments(last: 100) {
      pageInfo {
        startCursor
      }
    }
    lastNinetyNineComments: comments(last: 99) {
      pageInfo {
        startCursor
      }
    }
  }
`;

/** Needs `ActorFields`. */
export const COMMENT_FIELDS = /* GraphQL */ `
  fragment CommentFields on IssueComment {
    id
    fullDatabaseId
    url
    author {
      ...ActorFields
    }
    body
    createdAt
    lastEditedAt
  }
`;

/** Argument of `timelineItems`: the kinds that `IssueEventFields` reads. */
export const ISSUE_EVENT_TYPES =
  "itemTypes: [LABELED_EVENT, UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT, ASSIGNED_EVENT, COMMENT_DELETED_EVENT]";

/** A branch and what a hundred of its commits are called: enough to tell whether it holds another. */
export const BRANCH_HISTORY_FIELDS = /* GraphQL */ `
  fragment BranchHistoryFields on Ref {
    prefix
    name
    target {
      __typename
      oid
      ... on Commit {
        tree {
          oid
        }
        history(first: 100) {
          pageInfo {
            hasNextPage
          }
          nodes {
            oid
          }
        }
      }
    }
  }
`;

/** Needs `ActorFields`. */
export const ISSUE_EVENT_FIELDS = /* GraphQL */ `
  fragment IssueEventFields on IssueTimelineItems {
    __typename
    ... on LabeledEvent {
      id
      createdAt
      actor {
        ...ActorFields
      }
      label {
        name
      }
    }
    ... on UnlabeledEvent {
      id
      createdAt
      actor {
        ...ActorFields
      }
      label {
        name
      }
    }
    ... on ClosedEvent {
      id
      createdAt
      actor {
        ...ActorFields
      }
    }
    ... on ReopenedEvent {
      id
      createdAt
      actor {
        ...ActorFields
      }
    }
    ... on AssignedEvent {
      id
      createdAt
      actor {
        ...ActorFields
      }
    }
    ... on CommentDeletedEvent {
      id
      createdAt
      actor {
        ...ActorFields
      }
      deletedCommentAuthor {
        ...ActorFields
      }
    }
  }
`;
