import { CONFIGURATION_PATH, resolveConfiguration } from "../config/resolve.ts";
import type { ConfigurationFile, ConfigurationReader, ResolvedConfiguration } from "../config/resolve.ts";
import { defaultConfig } from "../config/schema.ts";
import type { FileAnswer, IncidentAnswer, RepositoryAnswer } from "./documents/answers.ts";
import { INCIDENT_QUERY } from "./documents/incident-query.ts";
import { incidentVariables, isSameLayout, layoutOf } from "./layout.ts";
import type { Layout } from "./layout.ts";
import type { ObservationHints } from "./observation-hints.ts";
import { configurationReader } from "./read-configuration.ts";
import type { ConfigurationCache } from "./read-configuration.ts";
import { readFurtherPages } from "./read-further-pages.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isNotFound, runGraphql } from "./run-graphql.ts";

const MOST_TRIES = 3;

export interface AskedIncident extends ResolvedConfiguration {
  readonly repository: RepositoryAnswer & { readonly issue: NonNullable<RepositoryAnswer["issue"]> };
  /** The names that were asked with. */
  readonly layout: Layout;
}

/**
 * The first trip: one query, with the names that configuration had last time. Where the configuration in the answer says otherwise, the question is
 * asked again with the right ones. null: there is no such issue any more (deleted, transferred, or the repository is gone).
 *
 * Lists have a hundred entries at most; `isWhole` says whether those are all, else `completeIncident` reads the rest.
 */
export async function askIncident(
  client: RepositoryClient,
  number: number,
  hints: ObservationHints,
  cache: ConfigurationCache,
): Promise<AskedIncident | null> {
  const place = `${client.owner}/${client.repo}`.toLowerCase();
  let layout = hints.layouts.get(place) ?? layoutOf(defaultConfig);
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(client, number, layout);
    const { repository } = answer;
    if (repository === null || repository.issue === null) return null;
    const current = fileOf(repository.configuration);
    const resolved = await resolveConfiguration(seededReader(client, cache, answer), current);
    const wanted = layoutOf(resolved.config);
    hints.layouts.set(place, wanted);
    // Somebody who renames branches again and again cannot hold a pass for ever.
    if (isSameLayout(layout, wanted) || tries === MOST_TRIES) {
      return { repository: { ...repository, issue: repository.issue }, layout, ...resolved };
    }
    layout = wanted;
  }
}

/** The same with lists that have more than a hundred entries read to their end. No call where none has. */
export async function completeIncident(
  client: RepositoryClient,
  asked: AskedIncident,
): Promise<AskedIncident> {
  const { repository, layout } = asked;
  const complete = await readFurtherPages(client, repository.issue.number, layout, repository);
  return { ...asked, repository: { ...complete, issue: complete.issue ?? repository.issue } };
}

/** Whether the first trip showed all that was said on the issue. */
export function isWhole({ repository }: AskedIncident): boolean {
  return !repository.issue.comments.pageInfo.hasNextPage;
}

function ask(client: RepositoryClient, number: number, layout: Layout): Promise<IncidentAnswer> {
  const variables = incidentVariables(layout, number, CONFIGURATION_PATH);
  return runGraphql<IncidentAnswer>(client, INCIDENT_QUERY, variables, isNotFound);
}

/** The owner's `.github` repository was asked for in the same query, so that a repository without a file of its own costs no call. */
function seededReader(
  client: RepositoryClient,
  cache: ConfigurationCache,
  answer: IncidentAnswer,
): ConfigurationReader {
  const reader = configurationReader(client, cache);
  return {
    ...reader,
    readFile: (repo, path) =>
      repo === ".github" && path === CONFIGURATION_PATH
        ? Promise.resolve(fileOf(answer.fallback?.configuration ?? null))
        : reader.readFile(repo, path),
  };
}

function fileOf(answer: FileAnswer | null): ConfigurationFile | null {
  return answer?.__typename === "Blob" ? { oid: answer.oid, text: answer.text ?? null } : null;
}
