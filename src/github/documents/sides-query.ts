import { COMMIT_FIELDS } from "./fragments.ts";
import type { CommitAnswer, Nodes } from "./answers.ts";

/** One file at the three commits of a merge: aliases `base`, `hotfix` and `into` with `file<index>` each, and the newest commits of the file. */
export function buildSidesQuery(count: number, commitsEach: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const files = indexes.map((index) => `        file${index}: file(path: $path${index}) { ...SideFields }`);
  const histories = (fields: string): string[] =>
    indexes.map(
      (index) =>
        `        history${index}: history(path: $path${index}, first: ${commitsEach}) { nodes { ${fields} } }`,
    );
  return [
    `query Sides($owner: String!, $repo: String!, $base: GitObjectID!, $hotfix: GitObjectID!, $into: GitObjectID!${indexes.map((index) => `, $path${index}: String!`).join("")}) {`,
    "  repository(owner: $owner, name: $repo) {",
    ...side("base", [...files, ...histories("oid")]),
    ...side("hotfix", files),
    ...side("into", ["        tree { oid }", ...files, ...histories("...CommitFields")]),
    "  }",
    "}",
    "fragment SideFields on TreeEntry {",
    "  mode",
    "  oid",
    "  object { __typename ... on Blob { text isBinary isTruncated } }",
    "}",
    COMMIT_FIELDS,
  ].join("\n");
}

function side(name: string, fields: readonly string[]): string[] {
  return [
    `    ${name}: object(oid: $${name}) {`,
    "      __typename",
    "      ... on Commit {",
    ...fields,
    "      }",
    "    }",
  ];
}

export interface SideFileAnswer {
  /** A number in decimal digits; git's own are octal. */
  readonly mode: number;
  readonly oid: string;
  readonly object: {
    readonly __typename: string;
    readonly text?: string | null;
    readonly isBinary?: boolean | null;
    readonly isTruncated?: boolean;
  } | null;
}

export type SideAnswer = Readonly<Record<string, SideFileAnswer | Nodes<CommitAnswer> | string | null>> & {
  readonly tree?: { readonly oid: string };
};

export interface SidesAnswer {
  readonly repository: Readonly<Record<"base" | "hotfix" | "into", SideAnswer | null>>;
}
