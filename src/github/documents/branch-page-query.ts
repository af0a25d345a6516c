import { BRANCH_HISTORY_FIELDS } from "./fragments.ts";

/** Further branches below a prefix, where more than a hundred match. */
export const BRANCH_PAGE_QUERY = /* GraphQL */ `
  query BranchPage($owner: String!, $repo: String!, $prefix: String!, $filter: String, $after: String) {
    repository(owner: $owner, name: $repo) {
      refs(refPrefix: $prefix, query: $filter, first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...BranchHistoryFields
        }
      }
    }
  }
  ${BRANCH_HISTORY_FIELDS}
`;
