/** Whether the index is due: the folder of reports as one name, and when the index was committed last. */
export const INDEX_STATE_QUERY = /* GraphQL */ `
  query IndexState(
    $owner: String!
    $repo: String!
    $branch: String!
    $folder: String!
    $path: String!
    $own: String!
    $ownRef: String!
    $ownFile: String!
  ) {
    repository(owner: $owner, name: $repo) {
      id
      url
      isPrivate
      isArchived
      ref(qualifiedName: $branch) {
        ...LastChange
      }
      folder: object(expression: $folder) {
        __typename
        oid
      }
      own: ref(qualifiedName: $ownRef) {
        ...LastChange
      }
      ownFile: object(expression: $ownFile) {
        __typename
        ... on Blob {
          text
          isTruncated
        }
      }
      pullRequests(headRefName: $own, first: 10, orderBy: { field: CREATED_AT, direction: DESC }) {
        nodes {
          state
          headRefOid
          isCrossRepository
        }
      }
    }
  }

  fragment LastChange on Ref {
    target {
      oid
      ... on Commit {
        history(path: $path, first: 1) {
          nodes {
            committedDate
          }
        }
      }
    }
  }
`;

/** Every file of the folder, without its text: of some hundred reports that is more than one answer may weigh. */
export const REPORTS_QUERY = /* GraphQL */ `
  query Reports($owner: String!, $repo: String!, $folder: String!) {
    repository(owner: $owner, name: $repo) {
      id
      folder: object(expression: $folder) {
        __typename
        ... on Tree {
          entries {
            name
            object {
              __typename
              oid
              ... on Blob {
                byteSize
              }
            }
          }
        }
      }
    }
  }
`;
