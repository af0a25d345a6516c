import type { GitHubApi } from "./repository-client.ts";

/** One attempt of GitHub to deliver a webhook. All attempts of a delivery have one GUID. */
export interface DeliveryAttempt {
  readonly id: number;
  readonly guid: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly succeeded: boolean;
}

/** Attempts since then, newest first. Needs the app's own client. */
export async function listDeliveryAttempts(octokit: GitHubApi, since: number): Promise<DeliveryAttempt[]> {
  const attempts: DeliveryAttempt[] = [];
  const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, { per_page: 100 });
  for await (const { data } of pages) {
    for (const { id, guid, delivered_at: at, status_code: status } of data)
      attempts.push({ id, guid, at: Date.parse(at), succeeded: status >= 200 && status < 400 });
    if (attempts.length > 0 && attempts.at(-1)!.at < since) break;
  }
  return attempts.filter(({ at }) => at >= since);
}

/** Asks GitHub to deliver once more; it arrives like any webhook, with the same GUID. */
export async function redeliver(octokit: GitHubApi, attempt: DeliveryAttempt): Promise<void> {
  await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: attempt.id });
}
