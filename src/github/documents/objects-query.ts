/** Object ids of `count` expressions such as `<commit>:<path>`, one alias `object<index>` each; null where there is none. */
export function buildObjectsQuery(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  return [
    `query Objects($owner: String!, $repo: String!${indexes.map((index) => `, $object${index}: String!`).join("")}) {`,
    "  repository(owner: $owner, name: $repo) {",
    "    id",
    ...indexes.map((index) => `    object${index}: object(expression: $object${index}) { oid }`),
    "  }",
    "}",
  ].join("\n");
}
