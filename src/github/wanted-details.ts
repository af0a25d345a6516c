import { declarationOf } from "../incident/declaration.ts";
import { factsOf } from "../incident/facts-of.ts";
import { namedPaths } from "../incident/named-paths.ts";
import { documentPath, documentsBranch, INDEX_NAME, parseHotfixBranch } from "../incident/names.ts";
import { statusCommentOf } from "../incident/status-comment.ts";
import { proposalsWanted } from "../incident/proposals.ts";
import type { IncidentState } from "../incident/state.ts";
import type { CommitFacts, SuspectCommitFacts } from "../incident/state/commit-facts.ts";
import type { DetailsWanted } from "./documents/details-query.ts";
import type { Glance } from "./glance.ts";
import { unseenFollowUps } from "./read-follow-ups.ts";
import { isOfIncident } from "./read-branches.ts";
import type { Details } from "./read-details.ts";
import { suspectPathsOf } from "./suspect-paths.ts";

const MOST_PULL_REQUESTS = 50;
const MOST_PROPOSALS = 30;
const MOST_SUSPECTS = 10;

export interface Wanted {
  readonly details: DetailsWanted;
  /** Branches, existing or gone, whose pushes are wanted. */
  readonly pushedBranches: readonly string[];
  /** Expression of the index of incidents, for the first status comment and for the documents; null: nothing of it is told now. */
  readonly indexFile: string | null;
  readonly documentPlaces: readonly { readonly branch: string; readonly path: string }[];
  /** Suspects are older than the declaration: later commits, the fix among them, cannot have caused it. */
  readonly until: string;
}

/** What the second trip has to ask, by what the first one showed. Nothing that cannot matter yet. */
export function wantedOf(glance: Glance): Wanted {
  const { state, config } = glance;
  const names = namesOf(glance);
  const covered = new Set(glance.pullRequests.map((pull) => pull.headRefName));
  const { id, service, rounds } = factsOf(state, config);
  const documentPlaces = documentPlacesOf(glance, id);
  const hotfixBranches = names.filter((name) => parseHotfixBranch(config.branches, name) !== null);
  const existing = new Set(glance.branches.map((branch) => branch.name));
  // One that is missing beside its hotfix branch was deleted, or was not made because of a crash; the activity list tells.
  const missingBackMerges = rounds
    .at(-1)!
    .backMerges.map((each) => each.branch)
    .filter((branch) => hotfixBranches.length > 0 && !existing.has(branch) && !covered.has(branch));
  const { reports } = config.documents;
  // What it says is recorded in the status comment, and holds from then on.
  const indexFile =
    statusCommentOf(state) !== null
      ? null
      : `${config.branches.integration}:${reports.replace(/\/+$/u, "")}/${INDEX_NAME}`;
  const paths = config.services[service ?? ""]?.paths ?? [];
  return {
    details: {
      numbers: [
        ...glance.pullRequests.slice(0, MOST_PULL_REQUESTS).map((pull) => pull.number),
        ...glance.proposals.slice(0, MOST_PROPOSALS).map((pull) => pull.number),
        ...glance.adoptionsUnseen,
      ],
      heads: glance.arePullRequestsComplete
        ? []
        : [...names, ...glance.adoptions, ...proposalsUnseen(glance, id)].filter(
            (name) => !covered.has(name),
          ),
      branches:
        glance.production === null
          ? []
          : [...glance.branches.map((branch) => branch.name), ...glance.adoptions],
      named: glance.adoptions,
      files: [
        ...documentPlaces.map(({ branch, path }) => `${branch}:${path}`),
        ...(indexFile === null ? [] : [indexFile]),
      ],
      followUps: unseenFollowUps(state),
      suspectPaths: glance.production === null ? [] : suspectPathsOf(paths),
      namedPaths: glance.production === null ? [] : namedPaths(`${state.issue.title}\n${state.issue.body}`),
      deployed: [...glance.mergeCommits],
    },
    pushedBranches: [...hotfixBranches, ...glance.adoptions, ...missingBackMerges],
    documentPlaces,
    indexFile,
    until: declarationOf(state, config)?.at ?? state.issue.createdAt,
  };
}

/** Branches of what was asked for, with no pull request among the newest: it may be an older one. */
function proposalsUnseen({ state, proposals }: Glance, id: string): readonly string[] {
  const seen = new Set(proposals.map((pull) => pull.headRefName));
  return proposalsWanted(state, id)
    .map(({ branch }) => branch)
    .filter((branch) => !seen.has(branch));
}

/** Branches of the incident: those that exist, those of pull requests, and those that our own comments speak of. */
function namesOf({ state, config, branches, pullRequests }: Glance): string[] {
  const spoken = state.comments
    .filter((comment) => comment.isOurs)
    .flatMap((comment) => comment.body.match(/[A-Za-z0-9][\w./-]*/gu) ?? []);
  const names = [
    ...branches.map((branch) => branch.name),
    ...pullRequests.map((pull) => pull.headRefName),
    ...spoken.map((word) => word.replace(/[./-]+$/u, "")),
  ];
  return [...new Set(names)].filter((name) => isOfIncident(config, state.issue.number, name)).sort();
}

/** Documents are written after a merge: on the branch of their open pull request, else on the integration branch. */
function documentPlacesOf(glance: Glance, id: string): Wanted["documentPlaces"] {
  const { state, config } = glance;
  if (glance.merges.length === 0) return [];
  const own = documentsBranch(state.issue.number);
  const isOpen = glance.pullRequests.some((pull) => pull.headRefName === own && pull.state === "OPEN");
  const branches = [...(isOpen ? [own] : []), config.branches.integration];
  const { reports, retrospectives, communication } = config.documents;
  const paths = [
    ...[reports, retrospectives, communication].map((folder) => documentPath(folder, id)),
    documentPath(communication, id, "-public"),
  ];
  return branches.flatMap((branch) => paths.map((path) => ({ branch, path })));
}

/**
 * Commits on production before the declaration: those that changed what the issue names, then the newest of the service's paths, or of all where no path
 * is configured.
 */
export function suspectsOf(glance: Glance, wanted: Wanted, details: Details): IncidentState["suspects"] {
  const isBefore = (commit: CommitFacts): boolean =>
    Date.parse(commit.committedAt) <= Date.parse(wanted.until);
  const isOfService = wanted.details.suspectPaths.length > 0;
  const newest: readonly SuspectCommitFacts[] = isOfService
    ? details.suspects.map((commit) => ({ ...commit, inService: true }))
    : (glance.production?.history ?? []);
  const suspects = new Map<string, SuspectCommitFacts>();
  for (const commit of [
    ...details.touching.filter(isBefore),
    ...newest.filter(isBefore).slice(0, MOST_SUSPECTS),
  ]) {
    suspects.set(commit.sha, {
      ...commit,
      ...suspects.get(commit.sha),
      ...(commit.inService && { inService: true }),
    });
  }
  return [...suspects.values()];
}
