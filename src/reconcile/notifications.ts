import type { Config } from "../config/schema.ts";
import type { Outcome } from "../incident/action.ts";
import { advance } from "../incident/advance.ts";
import { factsOf } from "../incident/facts-of.ts";
import type { IncidentState } from "../incident/state.ts";
import type { Log } from "../logger.ts";
import { type Notification, notificationOf, type Notifier } from "../notify/notification.ts";

const MOST_REMEMBERED = 5000;

/**
 * Announces what was posted, beside the pass: nothing here is waited for, and nothing fails because of it. Each announcement is sent at most once in a
 * process. One that fails, or that a crash comes before, is lost: the comment is there all the same, and later passes find it and plan no other.
 */
export class Notifications {
  readonly #notifier: Notifier;
  readonly #log: Pick<Log, "warn">;
  /** Ids of the comments that asked for one; oldest first. */
  readonly #asked = new Set<number>();

  constructor(notifier: Notifier, log: Pick<Log, "warn">) {
    this.#notifier = notifier;
    this.#log = log;
  }

  /** `state`: as it was before the outcome. */
  follow(state: IncidentState, config: Config, outcome: Outcome): void {
    const { action } = outcome;
    if (!outcome.ok || outcome.value.kind !== "comment" || action.kind !== "post-comment") return;
    const { notifies } = action;
    if (notifies === undefined || !this.#isFirst(notifies.comment)) return;
    // The same comment may have changed the severity, which holds from its answer on.
    const facts = factsOf(advance(state, outcome), config);
    void this.#send(notificationOf(notifies.kind, facts, config, outcome.value.url));
  }

  async #send(notification: Notification): Promise<void> {
    try {
      await this.#notifier.notify(notification);
    } catch (error) {
      this.#log.warn({ err: error, notification }, "A notification was not sent");
    }
  }

  #isFirst(comment: number): boolean {
    if (this.#asked.has(comment)) return false;
    this.#asked.add(comment);
    const [oldest] = this.#asked;
    if (this.#asked.size > MOST_REMEMBERED && oldest !== undefined) this.#asked.delete(oldest);
    return true;
  }
}
