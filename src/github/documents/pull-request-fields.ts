/** Everything about one pull request; takes the variable `$app`, whose own verdicts on earlier commits are wanted. As `documents/pull-request.ts` declares it. Needs `ActorFields` and `CommitFields`. */
export const PULL_REQUEST_FIELDS = /* GraphQL */ `
  fragment PullRequestFields on PullRequest {
    id
    number
    url
    title
    body
    headRefName
    headRefOid
    baseRefName
    isCrossRepository
    author {
      ...ActorFields
    }
    state
    isDraft
    createdAt
    closedAt
    mergedAt
    mergedBy {
      ...ActorFields
    }
    mergeCommit {
      ...CommitFields
    }
    mergeable
    mergeStateStatus
    autoMergeRequest {
      enabledAt
    }
    changedFiles
    assignees(first: 20) {
      nodes {
        login
      }
    }
    reviewRequests(first: 30) {
      nodes {
        requestedReviewer {
          __typename
          ... on User {
            login
          }
          ... on Bot {
            login
          }
          ... on Mannequin {
            login
          }
          ... on Team {
            combinedSlug
          }
        }
      }
    }
    reviews(last: 50) {
      nodes {
        author {
          ...ActorFields
        }
        state
        commit {
          oid
        }
        createdAt
        submittedAt
        url
      }
    }
    timelineItems(
      last: 100
      itemTypes: [
        READY_FOR_REVIEW_EVENT
        CONVERT_TO_DRAFT_EVENT
        CLOSED_EVENT
        REOPENED_EVENT
        MERGED_EVENT
        HEAD_REF_DELETED_EVENT
        HEAD_REF_RESTORED_EVENT
        HEAD_REF_FORCE_PUSHED_EVENT
        BASE_REF_CHANGED_EVENT
        REVIEW_REQUESTED_EVENT
        ASSIGNED_EVENT
        AUTO_MERGE_ENABLED_EVENT
        AUTO_MERGE_DISABLED_EVENT
      ]
    ) {
      nodes {
        __typename
        ... on ReadyForReviewEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on ConvertToDraftEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on ClosedEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on ReopenedEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on MergedEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on HeadRefDeletedEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on HeadRefRestoredEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on HeadRefForcePushedEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on BaseRefChangedEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on ReviewRequestedEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on AssignedEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on AutoMergeEnabledEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
        ... on AutoMergeDisabledEvent {
          createdAt
          actor {
            ...ActorFields
          }
        }
      }
    }
    allCommits: commits(first: 100) {
      nodes {
        commit {
          ...CommitFields
        }
      }
    }
    earlierCommits: commits(last: 50) {
      nodes {
        commit {
          oid
          checkSuites(first: 2, filterBy: { appId: $app }) {
            nodes {
              app {
                databaseId
              }
              checkRuns(first: 10) {
                nodes {
                  ...CheckRunFields
                }
              }
            }
          }
        }
      }
    }
    newestCommit: commits(last: 1) {
      nodes {
        commit {
          oid
          checkSuites(first: 20) {
            nodes {
              app {
                databaseId
              }
              checkRuns(first: 50) {
                nodes {
                  ...CheckRunFields
                }
              }
            }
          }
        }
      }
    }
  }

  fragment CheckRunFields on CheckRun {
    databaseId
    name
    status
    conclusion
    title
    url
    startedAt
    completedAt
    externalId
  }
`;
