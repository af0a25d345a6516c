import type { ActorAnswer, Nodes } from "./answers.ts";
import { ACTOR_FIELDS } from "./fragments.ts";

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
      isPrivate
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
          message
          checkSuites(first: 1, filterBy: { appId: $app }) {
            nodes {
              status
            }
          }
          statusCheckRollup {
            contexts(first: 100) {
              nodes {
                __typename
                ... on CheckRun {
                  name
                  status
                  conclusion
                  url
                  checkSuite {
                    app {
                      databaseId
                    }
                  }
                }
                ... on StatusContext {
                  context
                  state
                }
              }
            }
          }
          associatedPullRequests(first: 30) {
            nodes {
              number
              reviews(last: 50) {
                nodes {
                  author {
                    ...ActorFields
                  }
                  state
                  authorCanPushToRepository
                  commit {
                    oid
                  }
                }
              }
              state
              isCrossRepository
              headRefName
              headRefOid
              baseRefName
              baseRef {
                target {
                  oid
                }
                refUpdateRule {
                  requiredStatusCheckContexts
                }
                rules(first: 50) {
                  nodes {
                    parameters {
                      __typename
                      ... on RequiredStatusChecksParameters {
                        requiredStatusChecks {
                          context
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  ${ACTOR_FIELDS}
`;

/** Fields of the first trip without which there is still something to say: whoever may not read them gets no answer to them. */
export const OPTIONAL_FIELDS: readonly string[] = ["statusCheckRollup", "refUpdateRule", "rules"];

export interface CommitQueryAnswer {
  readonly repository: {
    readonly url: string;
    readonly isPrivate: boolean;
    readonly configuration: {
      readonly __typename: string;
      readonly oid?: string;
      readonly text?: string | null;
    } | null;
    readonly commit: {
      readonly __typename: string;
      readonly message?: string;
      readonly checkSuites?: Nodes<{ readonly status: string }> | null;
      readonly statusCheckRollup?: { readonly contexts: Nodes<ContextAnswer> } | null;
      readonly associatedPullRequests?: Nodes<AssociatedPullRequest> | null;
    } | null;
  };
}

export type ContextAnswer =
  | {
      readonly __typename: "CheckRun";
      readonly name: string;
      readonly status: string;
      readonly conclusion: string | null;
      readonly url: string;
      readonly checkSuite: { readonly app: { readonly databaseId: number | null } | null };
    }
  | { readonly __typename: "StatusContext"; readonly context: string; readonly state: string };

export interface CommitReviewAnswer {
  readonly author: ActorAnswer;
  readonly state: string;
  readonly authorCanPushToRepository: boolean;
  readonly commit: { readonly oid: string } | null;
}

export interface AssociatedPullRequest {
  readonly number: number;
  readonly reviews: Nodes<CommitReviewAnswer> | null;
  readonly state: "OPEN" | "CLOSED" | "MERGED";
  readonly isCrossRepository: boolean;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly baseRef: {
    readonly target: { readonly oid: string } | null;
    readonly refUpdateRule?: {
      readonly requiredStatusCheckContexts: readonly (string | null)[] | null;
    } | null;
    readonly rules?: Nodes<{
      readonly parameters: {
        readonly requiredStatusChecks?: readonly { readonly context: string }[];
      } | null;
    }> | null;
  } | null;
}

/** Texts of blobs by their ids: one alias per blob, `blob<index>`. `kindOnly`: only whether GitHub takes it for binary. */
export function buildBlobTextsQuery(oids: readonly string[], kindOnly: ReadonlySet<string> = NONE): string {
  return [
    "query BlobTexts($owner: String!, $repo: String!) {",
    "  repository(owner: $owner, name: $repo) {",
    ...oids.map(
      (oid, index) =>
        `    blob${index}: object(oid: "${oid}") { ... on Blob { isBinary${kindOnly.has(oid) ? "" : " text"} } }`,
    ),
    "  }",
    "}",
  ].join("\n");
}

const NONE: ReadonlySet<string> = new Set();

export interface BlobTextsAnswer {
  readonly repository: Readonly<
    Record<string, { readonly isBinary?: boolean | null; readonly text?: string | null } | null>
  >;
}
