/** Where a repository keeps templates of its own, on its default branch. */
export const TEMPLATES_EXPRESSION = "HEAD:.github/hotfix-templates";

/** Two levels: the folder itself, and its folders `partials` and `turning-point`. */
export const TEMPLATES_QUERY = /* GraphQL */ `
  query Templates($owner: String!, $repo: String!, $folder: String!) {
    repository(owner: $owner, name: $repo) {
      id
      templates: object(expression: $folder) {
        __typename
        ... on Tree {
          entries {
            name
            object {
              __typename
              ...TemplateText
              ... on Tree {
                entries {
                  name
                  object {
                    __typename
                    ...TemplateText
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  fragment TemplateText on Blob {
    text
    isTruncated
  }
`;
