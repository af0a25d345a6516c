import { loginsToAuthorise } from "../incident/acceptance.ts";
import { adoptionsInForce } from "../incident/adoptions.ts";
import { causesToLookUp } from "../incident/cause.ts";
import { deadlinesOf } from "../incident/deadlines.ts";
import type { Config } from "../config/schema.ts";
import { parseProposalBranch } from "../incident/names.ts";
import type { IncidentState } from "../incident/state.ts";
import { type AskedIncident, askIncident, completeIncident, isWhole } from "./ask-incident.ts";
import type { PullRequestNameAnswer } from "./documents/answers.ts";
import { findReleaseTargets } from "./find-release-targets.ts";
import { findTagsOnProduction } from "./find-tags-on-production.ts";
import { type Glance, glanceOf, proposalsSeen } from "./glance.ts";
import type { ObservationHints } from "./observation-hints.ts";
import { type AskedForecasts, observeConflicts } from "./observe-conflicts.ts";
import { observeLandings } from "./observe-landings.ts";
import { knownNeighbours, observeNeighbours } from "./observe-neighbours.ts";
import { InstallationGone } from "./parked.ts";
import { readCauses } from "./read-causes.ts";
import { trunkFactsOf } from "./read-branches.ts";
import type { ConfigurationCache } from "./read-configuration.ts";
import { type Details, documentsOf, readDetails } from "./read-details.ts";
import { indexedIncidentsOf } from "./read-indexed-incidents.ts";
import { withUnseen } from "./read-follow-ups.ts";
import { readPermissions } from "./read-permissions.ts";
import { nameOfPullRequest } from "./read-pull-request.ts";
import { readPushes } from "./read-pushes.ts";
import { readReleases } from "./read-releases.ts";
import type { TemplateCache } from "./template-cache.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { suspectsOf, wantedOf } from "./wanted-details.ts";

export interface Observation {
  readonly state: IncidentState;
  readonly config: Config;
  /** Of the repository itself, by path below `.github/hotfix-templates/`, without `.hbs`. Absent: not looked for. */
  readonly templates?: Readonly<Record<string, string>>;
}

export interface ObservationDependencies {
  /** Milliseconds since the epoch: marks deadlines as passed, and enters nothing else. */
  readonly now: () => number;
  readonly hints: ObservationHints;
  readonly configurationCache: ConfigurationCache;
  /** Absent: templates are not looked for. */
  readonly templateCache?: TemplateCache;
}

/**
 * The whole state of one incident, in two trips: one query for all that hangs on the issue number, then side by side what the answer made
 * necessary. A third where a fix was not yet compared with a target, or where more than a hundred comments are to be read.
 * null: there is no such issue here any more, or no access to it.
 *
 * Throws `Parked` when the budget is spent, and errors of GitHub as they come: an observation that is not whole is none.
 */
export async function observeIncident(
  client: RepositoryClient,
  number: number,
  dependencies: ObservationDependencies,
): Promise<Observation | null> {
  try {
    const { hints } = dependencies;
    const first = await askIncident(client, number, hints, dependencies.configurationCache);
    if (first === null) {
      hints.adoptions.note(client, number, []);
      return null;
    }
    const asking: AskedForecasts = new Map();
    // While the rest of a long conversation is read. Where that changes a question, it is asked after it.
    if (!isWhole(first))
      void Promise.allSettled([observeConflicts(client, hints, glanceOf(client, first, []), asking)]);
    const asked = await completeIncident(client, first);
    const folder = asked.repository.templates;
    const tree = folder?.__typename === "Tree" ? folder.oid : null;
    const [state, templates] = await Promise.all([
      observeRest(client, asked, dependencies, asking, []),
      dependencies.templateCache?.read(client, tree) ?? {},
    ]);
    hints.adoptions.note(client, number, adoptionsInForce(state));
    return { state, config: asked.config, templates };
  } catch (error) {
    if (error instanceof InstallationGone) return null;
    throw error;
  }
}

async function observeRest(
  client: RepositoryClient,
  asked: AskedIncident,
  dependencies: ObservationDependencies,
  asking: AskedForecasts,
  further: readonly PullRequestNameAnswer[],
): Promise<IncidentState> {
  const { hints, now } = dependencies;
  const glance = glanceOf(client, asked, further);
  const { state, config, production, tags } = glance;
  const wanted = wantedOf(glance);
  const known = knownNeighbours(client, config, state, dependencies);
  const ourTags = tags.filter((tag) => glance.mergeCommits.has(tag.commit)).map((tag) => tag.name);
  const releases = releaseTargets(client, hints, glance);
  const [
    neighbours,
    details,
    permissions,
    pushes,
    releaseFacts,
    tagFacts,
    releaseBranches,
    landings,
    forecasts,
    lookedUp,
  ] = await Promise.all([
    known ?? observeNeighbours(client, asked, state, dependencies),
    readDetails(client, wanted.details, config.branches.production, wanted.until),
    readPermissions(
      client,
      loginsToAuthorise({ ...state, ...(known !== null && { neighbours: known }) }, config),
    ),
    readPushes(client, wanted.pushedBranches),
    readReleases(client, ourTags),
    findTagsOnProduction(client, hints, production, tags),
    releases,
    releases.then((targets) => observeLandings(client, hints, glance, targets)),
    observeConflicts(client, hints, glance, asking),
    readCauses(client, hints, causesToLookUp(state, config)),
  ]);
  const older = olderThan(glance, details);
  // What has landed, and where, hangs on them too: once more with all of them.
  if (older.length > 0) return observeRest(client, asked, dependencies, asking, [...further, ...older]);
  return {
    ...state,
    ...(neighbours !== null && { neighbours }),
    production: trunkFactsOf(production),
    permissions,
    pushes,
    releases: releaseFacts,
    tags: tagFacts,
    releaseBranches,
    pullRequests: details.pullRequests.filter(({ head }) => parseProposalBranch(head) === null),
    proposals: {
      ...proposalsSeen(glance, asked.repository),
      pullRequests: details.pullRequests.filter(({ head }) => parseProposalBranch(head) !== null),
      branches: glance.proposalBranches.map(({ name, head }) => ({ name, head })),
    },
    branches: branchesOf(glance, details),
    landings,
    forecasts,
    suspects: suspectsOf(glance, wanted, details),
    followUps: withUnseen(state, details.followUps),
    indexed: indexedIncidentsOf(details.files, wanted.indexFile),
    lookedUp,
    deployments: details.deployments,
    documents: documentsOf(details.files, wanted.documentPlaces),
    deadlines: deadlinesOf(state, config).map((each) => ({ ...each, passed: now() >= Date.parse(each.at) })),
  };
}

/** Pull requests that were found by the name of their branch only: a hundred newer ones hid them from the first trip. */
function olderThan(glance: Glance, details: Details): PullRequestNameAnswer[] {
  const known = new Set([...glance.pullRequests, ...glance.proposals].map((pull) => pull.number));
  return details.pullRequests.filter((pull) => !known.has(pull.number)).map(nameOfPullRequest);
}

function releaseTargets(client: RepositoryClient, hints: ObservationHints, glance: Glance) {
  const { production, releaseBranches, tags, config } = glance;
  if (production === null) return Promise.resolve([]);
  const before = glance.beforeMerge ?? production.head;
  // The version that this hotfix got is no release of a line that has the same numbers.
  const others = tags.filter((tag) => !glance.mergeCommits.has(tag.commit));
  const question = { production, before, tags: others, tagFormat: config.tag.format };
  return findReleaseTargets(client, hints, releaseBranches, question);
}

/** A branch whose comparison is missing was deleted between the two trips. Without production there is nothing to compare with. */
function branchesOf(glance: Glance, details: Details): IncidentState["branches"] {
  return [...glance.branches, ...details.named].flatMap(({ name, head, tree }) => {
    const commits = glance.production === null ? [] : details.commits.get(name);
    return commits === undefined ? [] : [{ name, head, tree, commits }];
  });
}
