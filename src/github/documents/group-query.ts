import type { Nodes } from "./answers.ts";
import type { AssociatedPullRequest, CommitQueryAnswer } from "./commit-query.ts";

/** First trip for what a merge queue built: the commits below it, and where other groups of the queues stand. */
export const GROUP_QUERY = /* GraphQL */ `
  query Group($owner: String!, $repo: String!, $oid: GitObjectID!, $configuration: String!, $app: Int!) {
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
      group: object(oid: $oid) {
        __typename
        ... on Commit {
          checkSuites(first: 1, filterBy: { appId: $app }) {
            nodes {
              status
            }
          }
          history(first: 100) {
            nodes {
              oid
            }
          }
        }
      }
      refs(refPrefix: "refs/heads/gh-readonly-queue/", first: 100) {
        nodes {
          name
          target {
            oid
          }
        }
      }
    }
  }
`;

export interface GroupAnswer {
  readonly repository: {
    readonly url: string;
    readonly isPrivate: boolean;
    readonly configuration: CommitQueryAnswer["repository"]["configuration"];
    readonly group: {
      readonly __typename: string;
      readonly checkSuites?: Nodes<{ readonly status: string }> | null;
      readonly history?: Nodes<{ readonly oid: string }>;
    } | null;
    /** Names below the prefix. */
    readonly refs: Nodes<{ readonly name: string; readonly target: { readonly oid: string } | null }> | null;
  };
}

/** Pull requests of a group by their numbers: one alias each, `pull<index>`. */
export function buildGroupPullsQuery(numbers: readonly number[]): string {
  return [
    "query GroupPulls($owner: String!, $repo: String!) {",
    "  repository(owner: $owner, name: $repo) {",
    ...numbers.map(
      (number, index) => `    pull${index}: pullRequest(number: ${number}) { ...GroupPullFields }`,
    ),
    "  }",
    "}",
    "fragment GroupPullFields on PullRequest {",
    "  number",
    "  isCrossRepository",
    "  headRefName",
    "  headRefOid",
    "  baseRefName",
    "  baseRef {",
    "    target { oid }",
    "    refUpdateRule { requiredStatusCheckContexts }",
    "    rules(first: 50) {",
    "      nodes {",
    "        parameters {",
    "          __typename",
    "          ... on RequiredStatusChecksParameters { requiredStatusChecks { context } }",
    "        }",
    "      }",
    "    }",
    "  }",
    "}",
  ].join("\n");
}

export type GroupPullAnswer = Pick<
  AssociatedPullRequest,
  "number" | "isCrossRepository" | "headRefName" | "headRefOid" | "baseRefName" | "baseRef"
>;

export interface GroupPullsAnswer {
  readonly repository: Readonly<Record<string, GroupPullAnswer | null>>;
}
