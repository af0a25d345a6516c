import type { GitHubApi } from "./repository-client.ts";

export interface FailedDelivery {
  /** Of the newest attempt: what is asked to be sent again. */
  readonly id: number;
  /** The same for all attempts, and what the queue remembers. */
  readonly guid: string;
  readonly event: string;
}

/**
 * Webhooks since `since` (milliseconds since the epoch) of which no attempt was answered with success. All are listed, because GitHub's own filter for
 * failures leaves out those that got no answer at all. Takes the app's own client.
 */
export async function listFailedDeliveries(app: GitHubApi, since: number): Promise<FailedDelivery[]> {
  const failed = new Map<string, FailedDelivery>();
  const arrived = new Set<string>();
  const pages = app.paginate.iterator(app.rest.apps.listWebhookDeliveries, { per_page: 100 });
  for await (const { data } of pages) {
    for (const { id, guid, event, status_code } of data) {
      if (status_code >= 200 && status_code < 400) arrived.add(guid);
      // Newest first: the first attempt that is seen is the newest.
      else if (!failed.has(guid)) failed.set(guid, { id, guid, event });
    }
    const oldest = data.at(-1);
    if (oldest === undefined || Date.parse(oldest.delivered_at) < since) break;
  }
  return [...failed.values()].filter(({ guid }) => !arrived.has(guid));
}

/** GitHub answers 202 and sends it in its own time. */
export async function redeliver(app: GitHubApi, delivery: FailedDelivery): Promise<void> {
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: delivery.id });
}
