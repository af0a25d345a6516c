/** What a write looks at before it acts, or after its answer was lost. */

export const REF_QUERY = /* GraphQL */ `
  query RefHead($owner: String!, $repo: String!, $ref: String!) {
    repository(owner: $owner, name: $repo) {
      id
      ref(qualifiedName: $ref) {
        target {
          oid
        }
      }
    }
  }
`;

/** Do the workflow files of a commit differ from those of the default branch? Then pointing a ref at it needs a permission of its own. */
export const WORKFLOW_DRIFT_QUERY = /* GraphQL */ `
  query WorkflowDrift($owner: String!, $repo: String!, $commit: String!) {
    repository(owner: $owner, name: $repo) {
      defaultBranchRef {
        name
      }
      there: object(expression: $commit) {
        oid
      }
      here: object(expression: "HEAD:.github/workflows") {
        oid
      }
    }
  }
`;

/** Head of a branch and blobs of files on it: one alias per file, `file<index>`. */
export function buildBlobsQuery(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  return [
    `query Blobs($owner: String!, $repo: String!, $ref: String!${indexes.map((i) => `, $file${i}: String!`).join("")}) {`,
    "  repository(owner: $owner, name: $repo) {",
    "    ref(qualifiedName: $ref) { target { oid } }",
    ...indexes.map(
      (i) => `    file${i}: object(expression: $file${i}) { __typename oid ... on Blob { text } }`,
    ),
    "  }",
    "}",
  ].join("\n");
}

/** Where a proposal starts from: head and file of the default branch, and what stands on its own branch already. */
export const PROPOSAL_QUERY = /* GraphQL */ `
  query Proposal($owner: String!, $repo: String!, $base: String!, $branch: String!, $file: String!) {
    repository(owner: $owner, name: $repo) {
      id
      base: ref(qualifiedName: $base) {
        target {
          oid
          ... on Commit {
            tree {
              oid
            }
          }
        }
      }
      branch: ref(qualifiedName: $branch) {
        target {
          oid
          ... on Commit {
            message
            parents(first: 2) {
              nodes {
                oid
              }
            }
          }
        }
      }
      file: object(expression: $file) {
        __typename
        ... on Blob {
          text
          byteSize
          isTruncated
        }
      }
    }
  }
`;
