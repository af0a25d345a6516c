import type { CommitAnswer, Nodes } from "./answers.ts";
import { COMMIT_FIELDS } from "./fragments.ts";

/** Second trip for the head of a hotfix: its commits, which of them the integration branch lacks, and what the incident is called. */
export const HOTFIX_QUERY = /* GraphQL */ `
  query HotfixToCheck(
    $owner: String!
    $repo: String!
    $issue: Int!
    $head: String!
    $production: String!
    $integration: String!
  ) {
    repository(owner: $owner, name: $repo) {
      issue(number: $issue) {
        title
      }
      production: ref(qualifiedName: $production) {
        compare(headRef: $head) {
          commits(last: 100) {
            totalCount
            nodes {
              ...CommitFields
              committer {
                user {
                  login
                }
              }
              authors(first: 10) {
                nodes {
                  user {
                    login
                  }
                }
              }
            }
          }
        }
      }
      integration: ref(qualifiedName: $integration) {
        compare(headRef: $head) {
          commits(last: 100) {
            nodes {
              oid
            }
          }
        }
      }
    }
  }
  ${COMMIT_FIELDS}
`;

type Person = { readonly user: { readonly login: string } | null };

export interface HotfixCommitAnswer extends CommitAnswer {
  readonly committer: Person | null;
  readonly authors: Nodes<Person>;
}

export interface HotfixQueryAnswer {
  readonly repository: {
    readonly issue: { readonly title: string } | null;
    /** null: no such branch, or nothing in common with it. */
    readonly production: {
      readonly compare: {
        readonly commits: Nodes<HotfixCommitAnswer> & { readonly totalCount: number };
      } | null;
    } | null;
    readonly integration: {
      readonly compare: { readonly commits: Nodes<{ readonly oid: string }> } | null;
    } | null;
  };
}
