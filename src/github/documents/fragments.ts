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
