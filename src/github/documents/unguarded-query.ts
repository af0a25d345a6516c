import type { Nodes } from "./answers.ts";

/** The open pull requests that changed last, each with what this app says of the code on its head. */
export const UNGUARDED_QUERY = /* GraphQL */ `
  query Unguarded($owner: String!, $repo: String!, $app: Int!, $check: String!) {
    repository(owner: $owner, name: $repo) {
      pullRequests(first: 100, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
        nodes {
          headRefName
          headRefOid
          isCrossRepository
          commits(last: 1) {
            nodes {
              commit {
                oid
                checkSuites(first: 1, filterBy: { appId: $app }) {
                  nodes {
                    checkRuns(first: 1, filterBy: { checkName: $check }) {
                      nodes {
                        status
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
`;

export interface UnguardedAnswer {
  readonly repository: {
    readonly pullRequests: Nodes<{
      readonly headRefName: string;
      readonly headRefOid: string;
      readonly isCrossRepository: boolean;
      readonly commits: Nodes<{
        readonly commit: {
          readonly oid: string;
          readonly checkSuites: Nodes<{
            readonly checkRuns: Nodes<{ readonly status: string }> | null;
          }> | null;
        };
      }>;
    }>;
  };
}
