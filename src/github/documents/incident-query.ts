import { FOLLOW_UP_FIELDS } from "./follow-up-queries.ts";
import {
  ACTOR_FIELDS,
  BRANCH_HISTORY_FIELDS,
  COMMENT_ENDS,
  COMMENT_FIELDS,
  COMMIT_FIELDS,
  ISSUE_EVENT_FIELDS,
  ISSUE_EVENT_TYPES,
} from "./fragments.ts";

/**
 * First trip of an observation: everything that can be asked for by the issue number and the names of configuration. `fallback`, the
 * owner's `.github` repository, may not exist: its error is expected.
 *
 * The 100 newest pull requests come with the few fields that name them, which finds those whose branches are gone. Details are
 * asked for by number in the second trip, because a hundred times the details would cost hundreds of points.
 */
export const INCIDENT_QUERY = /* GraphQL */ `
  query Incident(
    $owner: String!
    $repo: String!
    $number: Int!
    $configuration: String!
    $production: String!
    $integration: String!
    $hotfixPrefix: String!
    $hotfixQuery: String!
    $backMergePrefix: String!
    $backMergeQuery: String!
    $laterBackMergeQuery: String!
    $releasePrefix: String!
    $releaseQuery: String
    $documentsBranch: String!
    $proposalPrefix: String!
    $proposalQuery: String!
    $validation: String!
    $tagQuery: String
    $incidentLabel: String!
  ) {
    repository(owner: $owner, name: $repo) {
      id
      databaseId
      name
      owner {
        login
      }
      url
      isPrivate
      isArchived
      isEmpty
      autoMergeAllowed
      mergeCommitAllowed
      squashMergeAllowed
      rebaseMergeAllowed
      deleteBranchOnMerge
      defaultBranchRef {
        name
      }
      configuration: object(expression: $configuration) {
        __typename
        ... on Blob {
          oid
          text
        }
      }
      templates: object(expression: "HEAD:.github/hotfix-templates") {
        __typename
        oid
      }
      issue(number: $number) {
        id
        number
        title
        body
        url
        state
        stateReason(enableDuplicate: true)
        locked
        author {
          ...ActorFields
        }
        createdAt
        closedAt
        labels(first: 100) {
          nodes {
            name
          }
        }
        assignees(first: 20) {
          nodes {
            login
          }
        }
        ...CommentEnds
        timelineItems(first: 100, ${ISSUE_EVENT_TYPES}) {
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...IssueEventFields
          }
        }
        lastHundredItems: timelineItems(last: 100, ${ISSUE_EVENT_TYPES}) {
          pageInfo {
            startCursor
          }
        }
        lastNinetyNineItems: timelineItems(last: 99, ${ISSUE_EVENT_TYPES}) {
          pageInfo {
            startCursor
          }
        }
        references: timelineItems(last: 100, itemTypes: [CROSS_REFERENCED_EVENT]) {
          nodes {
            __typename
            ... on CrossReferencedEvent {
              source {
                __typename
                ...FollowUpFields
              }
            }
          }
        }
      }
      openIncidents: issues(first: 1, labels: [$incidentLabel], states: [OPEN]) {
        totalCount
      }
      production: ref(qualifiedName: $production) {
        ...TrunkFields
      }
      integration: ref(qualifiedName: $integration) {
        ...TrunkFields
      }
      documentsBranch: ref(qualifiedName: $documentsBranch) {
        ...BranchFields
      }
      validation: object(expression: $validation) {
        oid
      }
      proposalBranches: refs(refPrefix: $proposalPrefix, query: $proposalQuery, first: 100) {
        ...BranchPage
      }
      hotfixBranches: refs(refPrefix: $hotfixPrefix, query: $hotfixQuery, first: 100) {
        ...BranchPage
      }
      backMergeBranches: refs(refPrefix: $backMergePrefix, query: $backMergeQuery, first: 100) {
        ...BranchPage
      }
      laterBackMergeBranches: refs(refPrefix: $backMergePrefix, query: $laterBackMergeQuery, first: 100) {
        ...BranchPage
      }
      releaseBranches: refs(refPrefix: $releasePrefix, query: $releaseQuery, first: 100) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...BranchHistoryFields
        }
      }
      newestTags: refs(
        refPrefix: "refs/tags/"
        first: 100
        orderBy: { field: TAG_COMMIT_DATE, direction: DESC }
      ) {
        ...TagPage
      }
      versionTags: refs(
        refPrefix: "refs/tags/"
        query: $tagQuery
        first: 100
        orderBy: { field: TAG_COMMIT_DATE, direction: DESC }
      ) {
        ...TagPage
      }
      pullRequests(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...PullRequestName
        }
      }
    }
    fallback: repository(owner: $owner, name: ".github") {
      configuration: object(expression: $configuration) {
        __typename
        ... on Blob {
          oid
          text
        }
      }
    }
  }

  fragment TrunkFields on Ref {
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
            ...CommitFields
          }
        }
      }
    }
  }

  fragment BranchFields on Ref {
    prefix
    name
    target {
      __typename
      oid
      ... on Commit {
        tree {
          oid
        }
      }
    }
  }

  fragment BranchPage on RefConnection {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...BranchFields
    }
  }

  fragment TagPage on RefConnection {
    nodes {
      name
      target {
        __typename
        oid
        ... on Tag {
          tagger {
            date
          }
          target {
            __typename
            oid
            ... on Tag {
              target {
                oid
              }
            }
          }
        }
      }
    }
  }

  fragment PullRequestName on PullRequest {
    number
    state
    isCrossRepository
    headRefName
    headRefOid
    baseRefName
    mergeCommit {
      oid
      parents(first: 2) {
        nodes {
          oid
        }
      }
    }
  }

  ${BRANCH_HISTORY_FIELDS}
  ${FOLLOW_UP_FIELDS}
  ${COMMENT_ENDS}
  ${COMMENT_FIELDS}
  ${ISSUE_EVENT_FIELDS}
  ${ACTOR_FIELDS}
  ${COMMIT_FIELDS}
`;
