import type { Config } from "../config/schema.ts";
import { acceptanceOf } from "../incident/acceptance.ts";
import { declarationOf } from "../incident/declaration.ts";
import type { IncidentState } from "../incident/state.ts";
import type { NeighbourFacts, NeighboursFacts } from "../incident/state/neighbours-facts.ts";
import { digestOf } from "../incident/storm.ts";
import type { AskedIncident } from "./ask-incident.ts";
import { NEIGHBOURS_QUERY } from "./documents/neighbours-query.ts";
import type { NeighbourAnswer, NeighboursAnswer } from "./documents/neighbours-query.ts";
import type { ObservationHints } from "./observation-hints.ts";
import { nodesOf } from "./read-commit.ts";
import { issueEventOf } from "./read-issue.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { runGraphql } from "./run-graphql.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A hundred each, one after the other. */
const MOST_PAGES = 5;

interface Known {
  readonly now: () => number;
  readonly hints: ObservationHints;
}

/**
 * What was declared around the same time. null, and no call, in a repository with no more open incidents than are opened at once, and for an incident
 * that began more than an hour ago and lists nothing.
 */
export async function observeNeighbours(
  client: RepositoryClient,
  { repository, layout, config }: AskedIncident,
  state: IncidentState,
  { now, hints }: Known,
): Promise<NeighboursFacts | null> {
  const declared = Date.parse(declarationOf(state, config)?.at ?? "");
  if (Number.isNaN(declared)) return null;
  const tells = digestOf(state) !== null;
  const isCounted = layout.incidentLabel === config.labels.incident;
  if (!tells && isCounted && repository.openIncidents.totalCount <= config.trigger.atOnce) return null;
  const hasBegun = acceptanceOf(state, config).kind === "accepted";
  if (!tells && hasBegun && now() - declared > HOUR) return null;
  const facts = await readNeighbours(client, config, new Date(declared - HOUR));
  hints.neighbours.set(keyOf(client, config), { at: now(), facts });
  return without(facts, state.issue.number);
}

/**
 * The same without a call, for an incident that is held back by what was read for another one within the last minute: more are declared every second
 * of a storm, so what an older list holds back a newer one holds back too. null: that does not hold it back.
 */
export function knownNeighbours(
  client: RepositoryClient,
  config: Config,
  state: IncidentState,
  { now, hints }: Known,
): NeighboursFacts | null {
  const known = hints.neighbours.get(keyOf(client, config));
  if (known === undefined || now() - known.at >= MINUTE || digestOf(state) !== null) return null;
  const neighbours = without(known.facts, state.issue.number);
  return acceptanceOf({ ...state, neighbours }, config).kind === "held" ? neighbours : null;
}

function keyOf({ owner, repo }: RepositoryClient, config: Config): string {
  return `${owner}/${repo}#${config.labels.incident}`.toLowerCase();
}

function without({ incidents, unread }: NeighboursFacts, number: number): NeighboursFacts {
  return { incidents: incidents.filter((each) => each.number !== number), unread };
}

async function readNeighbours(
  client: RepositoryClient,
  config: Config,
  since: Date,
): Promise<NeighboursFacts> {
  const incidents: NeighbourFacts[] = [];
  let after: string | null = null;
  for (let page = 1; ; page += 1) {
    const { issues, hotfixBranches } = await readPage(client, config, since, after);
    const begun = new Set(nodesOf(hotfixBranches).map(({ name }) => numberIn(name)));
    incidents.push(...nodesOf(issues).map((issue) => neighbourOf(issue, begun)));
    if (!issues.pageInfo.hasNextPage || page === MOST_PAGES) {
      return { incidents, unread: Math.max(0, issues.totalCount - incidents.length) };
    }
    after = issues.pageInfo.endCursor;
  }
}

async function readPage(client: RepositoryClient, config: Config, since: Date, after: string | null) {
  const variables = {
    label: config.labels.incident,
    since: since.toISOString(),
    after,
    hotfixPrefix: `refs/heads/${config.branches.hotfixPrefix}`,
  };
  return (await runGraphql<NeighboursAnswer>(client, NEIGHBOURS_QUERY, variables)).repository;
}

/** Of a hotfix branch, with or without what comes before its number. */
function numberIn(branch: string): number {
  return Number(/(?:^|\/)(\d+)-[^/]*$/u.exec(branch)?.[1]);
}

function neighbourOf(answer: NeighbourAnswer, begun: ReadonlySet<number>): NeighbourFacts {
  return {
    number: answer.number,
    isOpen: answer.state === "OPEN",
    labels: nodesOf(answer.labels).map(({ name }) => name),
    body: answer.body,
    labellings: nodesOf(answer.timelineItems)
      .map(issueEventOf)
      .filter((event) => event !== null && "label" in event),
    hasBegun: begun.has(answer.number),
  };
}
