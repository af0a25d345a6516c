import { readEnvironment, type Variables } from "../../config/environment.ts";
import type { Config } from "../../config/schema.ts";
import { openClients } from "../../github/client.ts";
import { ObservationHints } from "../../github/observation-hints.ts";
import { observeIncident } from "../../github/observe-incident.ts";
import { ConfigurationCache } from "../../github/read-configuration.ts";
import { statusOf } from "../../github/http-status.ts";
import type { IncidentFacts } from "../../incident/facts.ts";
import { factsOf } from "../../incident/facts-of.ts";
import { createLogger } from "../../logger.ts";
import { systemClock } from "../../reconcile/clock.ts";

export type ObservedFacts =
  | { readonly ok: true; readonly facts: IncidentFacts; readonly locale: Config["locale"] }
  | { readonly ok: false; readonly problem: string };

/** What GitHub shows of an incident now, read with the credentials of the app. Writes nothing. */
export async function observedFacts(
  place: { readonly owner: string; readonly repo: string; readonly issue: number },
  variables: Variables,
  folder: string,
): Promise<ObservedFacts> {
  const environment = readEnvironment(variables, folder);
  if (environment.mode === "refuse") return { ok: false, problem: environment.sentence };
  if (environment.mode === "setup") {
    return { ok: false, problem: "No credentials: set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET of the app." };
  }
  const { owner, repo, issue } = place;
  const log = createLogger({ level: "silent", secrets: [environment.webhookSecret, environment.privateKey] });
  const clients = await openClients(environment, log, systemClock);
  try {
    const app = await clients.forApp();
    const { data: installation } = await app.rest.apps.getRepoInstallation({ owner, repo });
    const seen = await observeIncident(await clients.forRepository(installation.id, owner, repo), issue, {
      now: systemClock.now,
      hints: new ObservationHints(),
      configurationCache: new ConfigurationCache(systemClock.now),
    });
    if (seen !== null)
      return { ok: true, facts: factsOf(seen.state, seen.config), locale: seen.config.locale };
  } catch (error) {
    const status = statusOf(error);
    if (status !== 401 && status !== 403 && status !== 404) throw error;
  }
  return {
    ok: false,
    problem: `The app cannot see ${owner}/${repo}#${issue}: is it installed there, and is the number right?`,
  };
}
