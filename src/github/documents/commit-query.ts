import type { Nodes } from "./answers.ts";

/** First trip for a commit: what it is part of, and the configuration of the default branch. */
export const COMMIT_QUERY = /* GraphQL */ `
  query CommitToCheck(
    $owner: String!
    $repo: String!
    $oid: GitObjectID!
    $configuration: String!
    $app: Int!
  ) {
    repository(owner: $owner, name: $repo) {
      url
      configuration: object(expression: $configuration) {
        __typename
        ... on Blob {
          oid
          text
        }
      }
      commit: object(oid: $oid) {
        __typename
        ... on Commit {
          checkSuites(first: 1, filterBy: { appId: $app }) {
            nodes {
              status
            }
          }
          associatedPullRequests(first: 30) {
            nodes {
              state
              isCrossRepository
              headRefName
              baseRefName
              baseRef {
                target {
                  oid
                }
              }
            }
          }
        }
      }
    }
  }
`;

export interface CommitQueryAnswer {
  readonly repository: {
    readonly url: string;
    readonly configuration: {
      readonly __typename: string;
      readonly oid?: string;
      readonly text?: string | null;
    } | null;
    readonly commit: {
      readonly __typename: string;
      readonly checkSuites?: Nodes<{ readonly status: string }> | null;
      readonly associatedPullRequests?: Nodes<AssociatedPullRequest> | null;
    } | null;
  };
}

export interface AssociatedPullRequest {
  readonly state: "OPEN" | "CLOSED" | "MERGED";
  readonly isCrossRepository: boolean;
  readonly headRefName: string;
  readonly baseRefName: string;
  readonly baseRef: { readonly target: { readonly oid: string } | null } | null;
}

/** Texts of blobs by their ids: one alias per blob, `blob<index>`. */
export function buildBlobTextsQuery(oids: readonly string[]): string {
  return [
    "query BlobTexts($owner: String!, $repo: String!) {",
    "  repository(owner: $owner, name: $repo) {",
    ...oids.map((oid, index) => `    blob${index}: object(oid: "${oid}") { ... on Blob { text } }`),
    "  }",
    "}",
  ].join("\n");
}

export interface BlobTextsAnswer {
  readonly repository: Readonly<Record<string, { readonly text?: string | null } | null>>;
}
