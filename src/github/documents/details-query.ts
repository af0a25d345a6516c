import { FOLLOW_UP_FIELDS } from "./follow-up-queries.ts";
import { ACTOR_FIELDS, COMMIT_FIELDS } from "./fragments.ts";
import { PULL_REQUEST_FIELDS } from "./pull-request-fields.ts";
import { DEPLOYMENT_FIELDS, SUSPECT_FIELDS } from "./suspect-fields.ts";

/** What the second trip asks for, by names and numbers that the first one gave. */
export interface DetailsWanted {
  /** Pull requests to read in full. */
  readonly numbers: readonly number[];
  /** Head branches known only by name (from our own comments): all their pull requests. */
  readonly heads: readonly string[];
  /** Branches whose commits beyond production are wanted. */
  readonly branches: readonly string[];
  /** Branches known only by name, whose heads are wanted; they are among `branches` too. */
  readonly named: readonly string[];
  /** `HEAD`-style expressions of files, e.g. `develop:incidents/X.md`. */
  readonly files: readonly string[];
  /** Issues of action items, by number. */
  readonly followUps: readonly number[];
  /** Paths whose newest commits on production are wanted. */
  readonly suspectPaths: readonly string[];
  /** Paths that the issue names, whose newest commits on production are wanted, not older than a month. */
  readonly namedPaths: readonly string[];
  /** Commits whose deployments are wanted. */
  readonly deployed: readonly string[];
}

/** One document with an alias for each thing wanted; every name travels as a variable. Aliases end in the index of the list. */
export function buildDetailsQuery(wanted: DetailsWanted): string {
  const usesPullRequests = wanted.numbers.length + wanted.heads.length > 0;
  const variables = [
    "$owner: String!",
    "$repo: String!",
    ...(usesPullRequests ? ["$app: Int!"] : []),
    ...wanted.heads.map((_, index) => `$head${index}: String!`),
    ...wanted.branches.map((_, index) => `$branch${index}: String!`),
    ...wanted.named.map((_, index) => `$named${index}: String!`),
    ...wanted.files.map((_, index) => `$file${index}: String!`),
    ...wanted.suspectPaths.map((_, index) => `$path${index}: String!`),
    ...wanted.namedPaths.map((_, index) => `$names${index}: String!`),
    ...wanted.deployed.map((_, index) => `$deployed${index}: GitObjectID!`),
    ...(historiesOf(wanted) > 0 ? ["$until: GitTimestamp!"] : []),
    ...(wanted.namedPaths.length > 0 ? ["$since: GitTimestamp!"] : []),
    ...(wanted.branches.length + historiesOf(wanted) > 0 ? ["$production: String!"] : []),
  ];
  const usesSuspects = historiesOf(wanted) > 0;
  const usesCommits = usesPullRequests || usesSuspects || wanted.branches.length > 0;
  const usesDeployments = wanted.deployed.length > 0;
  return [
    `query Details(${variables.join(", ")}) {`,
    "  repository(owner: $owner, name: $repo) {",
    "    id",
    ...wanted.numbers.map((number, index) => pullRequest(number, index)),
    ...wanted.heads.map((_, index) => pullRequestsOf(index)),
    ...wanted.named.map((_, index) => namedBranch(index)),
    ...wanted.files.map((_, index) => file(index)),
    ...wanted.followUps.map(
      (number) => `    follow${number}: issue(number: ${number}) { ...FollowUpFields }`,
    ),
    ...wanted.deployed.map((_, index) => deploymentsOf(index)),
    ...fromProduction(wanted),
    "  }",
    "}",
    ...(usesPullRequests ? [PULL_REQUEST_FIELDS] : []),
    ...(wanted.followUps.length > 0 ? [FOLLOW_UP_FIELDS] : []),
    ...(usesPullRequests || usesDeployments || wanted.followUps.length > 0 ? [ACTOR_FIELDS] : []),
    ...(usesDeployments ? [DEPLOYMENT_FIELDS] : []),
    ...(usesSuspects ? [SUSPECT_FIELDS] : []),
    ...(usesCommits ? [COMMIT_FIELDS] : []),
  ].join("\n");
}

/** The variables that go with `buildDetailsQuery`. */
export function detailsVariables(
  wanted: DetailsWanted,
  production: string,
  until: string,
  app: number,
): Record<string, string | number> {
  const named = (name: string, values: readonly string[]) =>
    values.map((value, index): [string, string] => [`${name}${index}`, value]);
  const entries: [string, string | number][] = [
    ...(wanted.numbers.length + wanted.heads.length > 0 ? [["app", app] satisfies [string, number]] : []),
    ...named("head", wanted.heads),
    ...named("branch", wanted.branches),
    ...named(
      "named",
      wanted.named.map((name) => `refs/heads/${name}`),
    ),
    ...named("file", wanted.files),
    ...named("path", wanted.suspectPaths),
    ...named("names", wanted.namedPaths),
    ...named("deployed", wanted.deployed),
    ...(historiesOf(wanted) > 0 ? [["until", until] satisfies [string, string]] : []),
    ...(wanted.namedPaths.length > 0 ? [["since", monthBefore(until)] satisfies [string, string]] : []),
    ...(wanted.branches.length + historiesOf(wanted) > 0
      ? [["production", production] satisfies [string, string]]
      : []),
  ];
  return Object.fromEntries(entries);
}

function historiesOf({ suspectPaths, namedPaths }: DetailsWanted): number {
  return suspectPaths.length + namedPaths.length;
}

/** GitHub walks all of history for a path that is not there, unless it is told where to stop. */
function monthBefore(until: string): string {
  return new Date(Date.parse(until) - 30 * 86_400_000).toISOString().replace(".000Z", "Z");
}

function deploymentsOf(index: number): string {
  return `    deployed${index}: object(oid: $deployed${index}) { __typename ... on Commit { deployments(first: 20, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { ...DeploymentFields } } } }`;
}

function pullRequest(number: number, index: number): string {
  return `    number${index}: pullRequest(number: ${number}) { ...PullRequestFields }`;
}

function pullRequestsOf(index: number): string {
  return `    head${index}: pullRequests(headRefName: $head${index}, first: 20) { nodes { ...PullRequestFields } }`;
}

function namedBranch(index: number): string {
  return `    named${index}: ref(qualifiedName: $named${index}) { prefix name target { __typename oid ... on Commit { tree { oid } } } }`;
}

function file(index: number): string {
  return `    file${index}: object(expression: $file${index}) { __typename ... on Blob { oid text isTruncated } }`;
}

function fromProduction(wanted: DetailsWanted): string[] {
  if (wanted.branches.length + historiesOf(wanted) === 0) return [];
  return [
    "    production: ref(qualifiedName: $production) {",
    "      name",
    ...wanted.branches.map(
      (_, index) =>
        `      branch${index}: compare(headRef: $branch${index}) { commits(last: 100) { nodes { ...CommitFields } } }`,
    ),
    ...(historiesOf(wanted) === 0 ? [] : suspects(wanted)),
    "    }",
  ];
}

function suspects(wanted: DetailsWanted): string[] {
  return [
    "      target {",
    "        __typename",
    "        ... on Commit {",
    ...wanted.suspectPaths.map(
      (_, index) =>
        `          path${index}: history(path: $path${index}, until: $until, first: 10) { nodes { ...SuspectFields } }`,
    ),
    ...wanted.namedPaths.map(
      (_, index) =>
        `          names${index}: history(path: $names${index}, since: $since, until: $until, first: 5) { nodes { ...SuspectFields } }`,
    ),
    "        }",
    "      }",
  ];
}
