import { schema as githubSchema } from "@octokit/graphql-schema";
import { buildSchema, Kind, parse, validate, type GraphQLSchema } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { NEWEST_ISSUES_QUERY } from "../../src/github/documents/follow-up-queries.ts";
import { INDEX_STATE_QUERY, REPORTS_QUERY } from "../../src/github/documents/index-queries.ts";
import { TEMPLATES_QUERY } from "../../src/github/documents/templates-query.ts";
import { BRANCH_PAGE_QUERY } from "../../src/github/documents/branch-page-query.ts";
import { buildDetailsQuery } from "../../src/github/documents/details-query.ts";
import { INCIDENT_QUERY } from "../../src/github/documents/incident-query.ts";
import { LEFT_PULL_REQUESTS_QUERY } from "../../src/github/documents/left-pull-requests-query.ts";
import { NEIGHBOURS_QUERY } from "../../src/github/documents/neighbours-query.ts";
import { buildObjectsQuery } from "../../src/github/documents/objects-query.ts";
import { COMMENT_PAGES_QUERY, EVENT_PAGES_QUERY } from "../../src/github/documents/issue-pages-queries.ts";
import { buildSidesQuery } from "../../src/github/documents/sides-query.ts";
import {
  CREATE_COMMIT,
  ENABLE_AUTO_MERGE,
  MARK_READY,
  UPDATE_REFS,
} from "../../src/github/documents/mutations.ts";
import {
  REF_QUERY,
  WORKFLOW_DRIFT_QUERY,
  buildBlobsQuery,
} from "../../src/github/documents/write-queries.ts";

const nothing = {
  numbers: [],
  heads: [],
  branches: [],
  named: [],
  files: [],
  suspectPaths: [],
  namedPaths: [],
  deployed: [],
  followUps: [],
};

const documents: Readonly<Record<string, string>> = {
  BRANCH_PAGE_QUERY,
  INCIDENT_QUERY,
  COMMENT_PAGES_QUERY,
  NEIGHBOURS_QUERY,
  EVENT_PAGES_QUERY,
  CREATE_COMMIT,
  ENABLE_AUTO_MERGE,
  LEFT_PULL_REQUESTS_QUERY,
  MARK_READY,
  UPDATE_REFS,
  REF_QUERY,
  TEMPLATES_QUERY,
  INDEX_STATE_QUERY,
  REPORTS_QUERY,
  NEWEST_ISSUES_QUERY,
  WORKFLOW_DRIFT_QUERY,
  "objects at two places": buildObjectsQuery(2),
  "blobs of two files": buildBlobsQuery(2),
  "two files on the sides of a merge": buildSidesQuery(2, 10),
  "details of everything": buildDetailsQuery({
    numbers: [8, 9],
    heads: ["hotfix/7-checkout"],
    branches: ["hotfix/7-checkout", "backmerge/7-develop"],
    named: ["ben/quick-fix"],
    files: ["develop:incidents/X.md"],
    suspectPaths: ["src/payment", "src/cart"],
    namedPaths: ["src/payment/cart.ts"],
    deployed: ["0123456789012345678901234567890123456789"],
    followUps: [12, 13],
  }),
  "details of follow-ups only": buildDetailsQuery({ ...nothing, followUps: [12] }),
  "details of pull requests only": buildDetailsQuery({ ...nothing, numbers: [8] }),
  "details of files only": buildDetailsQuery({ ...nothing, files: ["develop:incidents/X.md"] }),
  "details of suspects only": buildDetailsQuery({ ...nothing, suspectPaths: ["src"] }),
  "details of branches only": buildDetailsQuery({ ...nothing, branches: ["hotfix/7-checkout"] }),
};

describe("GraphQL documents", () => {
  let schema: GraphQLSchema;

  beforeAll(() => {
    schema = buildSchema(githubSchema.idl, { assumeValid: true });
  });

  it.each(Object.keys(documents))("%s is valid against GitHub's schema", (name) => {
    expect(validate(schema, parse(documents[name]!)).map((error) => error.message)).toEqual([]);
  });

  it("F5: a mutation does one thing, so that none can be done in part", () => {
    const fields = Object.values(documents).flatMap((document) =>
      parse(document).definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION && definition.operation === "mutation"
          ? [definition.selectionSet.selections.length]
          : [],
      ),
    );
    expect(fields).toEqual([1, 1, 1, 1]);
  });

  it.each(Object.keys(documents))("%s uses no variable that Octokit keeps for itself", (name) => {
    const variables = parse(documents[name]!).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
        : [],
    );
    const reserved = [
      "method",
      "baseUrl",
      "url",
      "headers",
      "request",
      "query",
      "mediaType",
      "operationName",
    ];
    expect(variables.filter((variable) => reserved.includes(variable))).toEqual([]);
  });
});
