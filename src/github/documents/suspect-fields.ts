/** Needs `CommitFields`. What tells of a commit whether it may be the cause. */
export const SUSPECT_FIELDS = /* GraphQL */ `
  fragment SuspectFields on Commit {
    ...CommitFields
    additions
    deletions
  }
`;

/** Deployments of one commit with their newest statuses. Needs `ActorFields`. */
export const DEPLOYMENT_FIELDS = /* GraphQL */ `
  fragment DeploymentFields on Deployment {
    commitOid
    environment
    createdAt
    creator {
      ...ActorFields
    }
    statuses(first: 10) {
      nodes {
        state
        createdAt
        creator {
          ...ActorFields
        }
        logUrl
      }
    }
  }
`;
