import type { Config } from "../config/schema.ts";
import { wantedAdoptions } from "../incident/adoptions.ts";
import { parseBackMergeBranch, parseHotfixBranch, parseProposalBranch } from "../incident/names.ts";
import type { IncidentState, ProposalsState } from "../incident/state.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import type { AskedIncident } from "./ask-incident.ts";
import type { PullRequestNameAnswer, RepositoryAnswer } from "./documents/answers.ts";
import {
  branchHeadOf,
  incidentBranchesOf,
  isOfIncident,
  releaseBranchesOf,
  trunkFactsOf,
  trunkOf,
} from "./read-branches.ts";
import type { BranchHead, Trunk } from "./read-branches.ts";
import { nodesOf } from "./read-commit.ts";
import type { FollowUpAnswer } from "./documents/follow-up-queries.ts";
import { referringFollowUps } from "./read-follow-ups.ts";
import { commentOf, issueEventOf, issueOf } from "./read-issue.ts";
import { relevantTags } from "./read-tags.ts";
import type { Tag } from "./read-tags.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** What the first trip shows: enough to know what the second one has to ask. */
export interface Glance {
  /** The state with nothing in it that takes a second trip. */
  readonly state: IncidentState;
  readonly config: Config;
  readonly production: Trunk | null;
  readonly integration: Trunk | null;
  readonly releaseBranches: readonly BranchHead[];
  readonly branches: readonly BranchHead[];
  readonly tags: readonly Tag[];
  /** Of this incident, among the newest of the repository; newest first. */
  readonly pullRequests: readonly PullRequestNameAnswer[];
  /** Pull requests of this incident to the default branch, newest first, and their branches that exist. */
  readonly proposals: readonly PullRequestNameAnswer[];
  readonly proposalBranches: readonly BranchHead[];
  /** Branches of people that are the hotfix, or that somebody wants it to be. */
  readonly adoptions: readonly string[];
  /** Pull requests that somebody wants to adopt and that the first trip did not show. */
  readonly adoptionsUnseen: readonly number[];
  /** False: pull requests older than those that were read may belong to the incident. */
  readonly arePullRequestsComplete: boolean;
  /** Merged pull requests from a hotfix branch of this incident to production, newest first. */
  readonly merges: readonly Merge[];
  readonly mergeCommits: ReadonlySet<Sha>;
  /** Production before the newest hotfix was merged; null while the newest is not merged. */
  readonly beforeMerge: Sha | null;
}

export interface Merge {
  readonly pullRequest: number;
  readonly commit: Sha;
}

/** `further`: pull requests of the incident that are older than those in the answer. */
export function glanceOf(
  client: RepositoryClient,
  asked: AskedIncident,
  further: readonly PullRequestNameAnswer[],
): Glance {
  const { repository, config } = asked;
  const { number } = repository.issue;
  const state = firstState(client, asked);
  const wanted = wantedAdoptions(state, config);
  const known = [...nodesOf(repository.pullRequests), ...further].filter((pull) => !pull.isCrossRepository);
  const named = known.filter((pull) => wanted.pullRequests.includes(pull.number));
  const adopted = new Set(wanted.adopted);
  const adoptions = new Set([...adopted, ...wanted.branches, ...named.map((pull) => pull.headRefName)]);
  const pullRequests = known.filter(
    (pull) => isOfIncident(config, number, pull.headRefName) || adoptions.has(pull.headRefName),
  );
  const hotfixes = pullRequests.filter(
    (pull) =>
      pull.baseRefName === config.branches.production &&
      (adopted.has(pull.headRefName) || parseHotfixBranch(config.branches, pull.headRefName) !== null),
  );
  const merges = hotfixes.flatMap((pull) =>
    pull.state === "MERGED" && pull.mergeCommit !== null
      ? [{ pullRequest: pull.number, commit: pull.mergeCommit.oid }]
      : [],
  );
  const newest = hotfixes[0];
  const mergeCommits = new Set(merges.map((merge) => merge.commit));
  const tags = relevantTags(
    [...nodesOf(repository.versionTags), ...nodesOf(repository.newestTags)],
    config.tag.format,
    mergeCommits,
  );
  return {
    state,
    proposals: known.filter((pull) => parseProposalBranch(pull.headRefName)?.number === number),
    proposalBranches: nodesOf(repository.proposalBranches)
      .map(branchHeadOf)
      .filter((branch) => branch !== null)
      .filter((branch) => parseProposalBranch(branch.name)?.number === number),
    adoptions: [...adoptions].filter((name) => !isOfIncident(config, number, name)),
    adoptionsUnseen: wanted.pullRequests.filter((each) => !named.some((pull) => pull.number === each)),
    config,
    production: trunkOf(repository.production, config.branches.production),
    integration: trunkOf(repository.integration, config.branches.integration),
    releaseBranches: releaseBranchesOf(repository, config),
    branches: incidentBranchesOf(repository, config, number),
    tags,
    pullRequests,
    arePullRequestsComplete: !repository.pullRequests.pageInfo.hasNextPage,
    merges,
    mergeCommits,
    beforeMerge: newest?.state === "MERGED" ? (nodesOf(newest.mergeCommit?.parents)[0]?.oid ?? null) : null,
  };
}

/** Targets of the back-merge branches and pull requests that there are: they stay targets. */
export function backMergeTargetsOf({ branches, pullRequests, config }: Glance): ReadonlySet<string> {
  const names = [...branches.map((branch) => branch.name), ...pullRequests.map((pull) => pull.headRefName)];
  return new Set(names.flatMap((name) => parseBackMergeBranch(config.branches, name)?.target ?? []));
}

function firstState(client: RepositoryClient, asked: AskedIncident): IncidentState {
  const { repository, config } = asked;
  const { issue } = repository;
  return {
    app: {
      slug: client.app.slug,
      login: client.app.login,
      ...(client.app.homepage !== undefined && { homepage: client.app.homepage }),
    },
    repository: repositoryFactsOf(repository),
    configuration: asked.facts,
    issue: issueOf(issue),
    events: nodesOf(issue.timelineItems)
      .map(issueEventOf)
      .filter((event) => event !== null),
    comments: nodesOf(issue.comments).map((comment) => commentOf(comment, client.app)),
    followUps: referringFollowUps(
      issue.number,
      nodesOf(issue.references).map(({ source }) =>
        source?.__typename === "Issue" ? (source as FollowUpAnswer) : null,
      ),
      client.app,
    ),
    permissions: {},
    production: trunkFactsOf(trunkOf(repository.production, config.branches.production)),
    integration: trunkFactsOf(trunkOf(repository.integration, config.branches.integration)),
    releaseBranches: [],
    branches: [],
    pullRequests: [],
    tags: [],
    releases: [],
    pushes: [],
    landings: [],
    forecasts: [],
    suspects: [],
    documents: [],
    deadlines: [],
    refusals: {},
  };
}

/** Without the pull requests of this incident, which are read in detail. */
export function proposalsSeen({ state }: Glance, repository: RepositoryAnswer): ProposalsState {
  const elsewhere = nodesOf(repository.pullRequests)
    .filter(({ state: stands, isCrossRepository }) => stands === "OPEN" && !isCrossRepository)
    .map(({ headRefName }) => headRefName)
    .filter((head) => (parseProposalBranch(head)?.number ?? state.issue.number) !== state.issue.number);
  return {
    pullRequests: [],
    branches: [],
    elsewhere,
    isValidationThere: (repository.validation ?? null) !== null,
  };
}

function repositoryFactsOf(repository: RepositoryAnswer): IncidentState["repository"] {
  return {
    id: repository.databaseId ?? 0,
    owner: repository.owner.login,
    name: repository.name,
    url: repository.url,
    defaultBranch: repository.defaultBranchRef?.name ?? "",
    isPrivate: repository.isPrivate,
    isArchived: repository.isArchived,
    isEmpty: repository.isEmpty,
    autoMergeAllowed: repository.autoMergeAllowed,
    mergeCommitAllowed: repository.mergeCommitAllowed,
    squashMergeAllowed: repository.squashMergeAllowed,
    rebaseMergeAllowed: repository.rebaseMergeAllowed,
    deleteBranchOnMerge: repository.deleteBranchOnMerge,
  };
}
