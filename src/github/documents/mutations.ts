/** The writes that REST does not offer, or offers without compare-and-set. */

export const MARK_READY = /* GraphQL */ `
  mutation MarkReady($id: ID!) {
    markPullRequestReadyForReview(input: { pullRequestId: $id }) {
      pullRequest {
        isDraft
      }
    }
  }
`;

export const ENABLE_AUTO_MERGE = /* GraphQL */ `
  mutation EnableAutoMerge($id: ID!, $mergeMethod: PullRequestMergeMethod!, $head: GitObjectID!) {
    enablePullRequestAutoMerge(
      input: { pullRequestId: $id, mergeMethod: $mergeMethod, expectedHeadOid: $head }
    ) {
      pullRequest {
        autoMergeRequest {
          enabledAt
        }
      }
    }
  }
`;

export const CREATE_COMMIT = /* GraphQL */ `
  mutation CreateCommit($input: CreateCommitOnBranchInput!) {
    createCommitOnBranch(input: $input) {
      commit {
        oid
      }
    }
  }
`;

export const UPDATE_REFS = /* GraphQL */ `
  mutation UpdateRefs($repositoryId: ID!, $refUpdates: [RefUpdate!]!) {
    updateRefs(input: { repositoryId: $repositoryId, refUpdates: $refUpdates }) {
      clientMutationId
    }
  }
`;
