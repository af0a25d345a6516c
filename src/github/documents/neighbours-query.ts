import type { IssueEventAnswer, Nodes, Page } from "./answers.ts";
import { ACTOR_FIELDS, ISSUE_EVENT_FIELDS } from "./fragments.ts";

/** Issues with the incident label that changed since a time, in the order in which they were created, and which of them have a hotfix branch. */
export const NEIGHBOURS_QUERY = /* GraphQL */ `
  query Neighbours(
    $owner: String!
    $repo: String!
    $label: String!
    $since: DateTime!
    $after: String
    $hotfixPrefix: String!
  ) {
    repository(owner: $owner, name: $repo) {
      issues(
        first: 100
        after: $after
        states: [OPEN, CLOSED]
        filterBy: { labels: [$label], since: $since }
        orderBy: { field: CREATED_AT, direction: ASC }
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          number
          state
          body
          labels(first: 30) {
            nodes {
              name
            }
          }
          timelineItems(last: 20, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) {
            nodes {
              ...IssueEventFields
            }
          }
        }
      }
      hotfixBranches: refs(refPrefix: $hotfixPrefix, first: 100) {
        nodes {
          name
        }
      }
    }
  }
  ${ISSUE_EVENT_FIELDS}
  ${ACTOR_FIELDS}
`;

export interface NeighbourAnswer {
  readonly number: number;
  readonly state: "OPEN" | "CLOSED";
  readonly body: string;
  readonly labels: Nodes<{ readonly name: string }> | null;
  readonly timelineItems: Nodes<IssueEventAnswer>;
}

export interface NeighboursAnswer {
  readonly repository: {
    readonly issues: Page<NeighbourAnswer> & { readonly totalCount: number };
    readonly hotfixBranches: Nodes<{ readonly name: string }> | null;
  };
}
