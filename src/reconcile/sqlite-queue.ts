import { randomUUID } from "node:crypto";
import type { StatementSync } from "node:sqlite";
import { type Lease, type News, type Queue, QueueError, type QueueStatus } from "./queue.ts";
import { openSqliteFile, type SqliteFile } from "./sqlite-file.ts";

/** GitHub redelivers for three days; a day more costs nothing. */
const REMEMBER_DELIVERIES_MS = 4 * 24 * 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;

export interface SqliteQueueOptions {
  /** Holds `queue.sqlite` and `queue.lock`. */
  readonly directory: string;
  readonly now: () => number;
  /** A key whose pass took the whole process down this often is parked when the file is opened. Default 8. */
  readonly crashLimit?: number;
}

/** The embedded adapter: one process, one file. Throws `QueueError` where the file cannot be used. */
export function openSqliteQueue(options: SqliteQueueOptions): Queue {
  const file = openSqliteFile(options.directory);
  try {
    return new SqliteQueue(file, options);
  } catch (error) {
    file.close();
    throw error;
  }
}

class SqliteQueue implements Queue {
  readonly #file: SqliteFile;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  /** Tells leases of this process from those that an earlier one left behind. */
  readonly #process = randomUUID();
  readonly #statements: Statements;
  #leases = 0;
  #prunedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(file: SqliteFile, options: SqliteQueueOptions) {
    this.#file = file;
    this.#now = options.now;
    this.#statements = prepareStatements(file);
    file.transaction(() => {
      const now = this.#now();
      this.#statements.parkCrashing.run(now, options.crashLimit ?? 8);
      this.#statements.recover.run(now);
    });
  }

  async add(news: News): Promise<boolean> {
    if (this.#closed) throw new QueueError("The queue is closed: the app is stopping.");
    const now = this.#now();
    const isNew = this.#file.transaction(() => {
      this.#prune(now);
      // Inside the transaction: two copies of one delivery, 235 ms apart, must not both find nothing.
      if (news.delivery !== undefined && this.#statements.remember.run(news.delivery, now).changes === 0)
        return false;
      for (const key of new Set(news.keys))
        this.#statements.add.run({ key, due: now + (news.inMs ?? 0), priority: news.priority ?? 0, now });
      return true;
    });
    if (isNew && news.keys.length > 0) for (const listener of this.#listeners) listener();
    return isNew;
  }

  async take(): Promise<Lease | null> {
    if (this.#closed) return null;
    return this.#file.transaction(() => {
      const now = this.#now();
      const row = this.#statements.nextDue.get(now);
      if (row === undefined) return null;
      const lease: Lease = {
        key: String(row["key"]),
        attempt: Number(row["attempt"]) + 1,
        token: `${this.#process}/${++this.#leases}`,
      };
      this.#statements.lease.run(lease.attempt, lease.token, now, lease.key);
      return lease;
    });
  }

  async finish(lease: Lease, wakeAt: number | null): Promise<void> {
    this.#settle(() => {
      const now = this.#now();
      if (wakeAt === null) this.#statements.forget.run(lease.key, lease.token);
      this.#statements.finish.run({ wakeAt, now, key: lease.key, token: lease.token });
    });
  }

  async retry(lease: Lease, at: number, error: string): Promise<void> {
    this.#settle(() => {
      this.#statements.retry.run({ at, reason: error, now: this.#now(), key: lease.key, token: lease.token });
    });
  }

  async postpone(lease: Lease, at: number, reason: string, priority = 0): Promise<void> {
    this.#settle(() => {
      const now = this.#now();
      this.#statements.postpone.run({ at, reason, now, priority, key: lease.key, token: lease.token });
    });
  }

  async park(lease: Lease, reason: string): Promise<void> {
    this.#settle(() => {
      this.#statements.park.run({ reason, now: this.#now(), key: lease.key, token: lease.token });
    });
  }

  async nextDueAt(): Promise<number | null> {
    const due = this.#statements.earliest.get()?.["due"];
    return typeof due === "number" ? due : null;
  }

  async status(): Promise<QueueStatus> {
    const now = this.#now();
    const counts = this.#statements.counts.get(now);
    const oldest = counts?.["oldest"];
    return {
      waiting: Number(counts?.["waiting"] ?? 0),
      running: Number(counts?.["running"] ?? 0),
      parked: this.#statements.parked.all().map((row) => ({
        key: String(row["key"]),
        reason: String(row["reason"]),
        since: Number(row["since"]),
      })),
      oldestDueMs: typeof oldest === "number" ? now - oldest : 0,
    };
  }

  onNews(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#listeners.clear();
    // Stopped on purpose, so the attempt that was broken off does not count.
    this.#file.transaction(() => this.#statements.giveBack.run(this.#now(), `${this.#process}/%`));
    this.#file.close();
  }

  /** After a close the lease was given back, and there is nothing left to settle. */
  #settle(work: () => void): void {
    if (!this.#closed) this.#file.transaction(work);
  }

  #prune(now: number): void {
    if (now - this.#prunedAt < PRUNE_EVERY_MS) return;
    this.#prunedAt = now;
    this.#statements.pruneDeliveries.run(now - REMEMBER_DELIVERIES_MS);
  }
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements({ database }: SqliteFile) {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    remember: prepare("INSERT INTO delivery (guid, at) VALUES (?, ?) ON CONFLICT (guid) DO NOTHING"),
    pruneDeliveries: prepare("DELETE FROM delivery WHERE at < ?"),
    // Waiting: coalesces. Running: remembered beside the pass. Parked: becomes waiting, attempts counted on.
    add: prepare(`
      INSERT INTO work (key, state, due, priority, since) VALUES (:key, 'waiting', :due, :priority, :now)
      ON CONFLICT (key) DO UPDATE SET
        again_due = iif(state = 'running', min(coalesce(again_due, :due), :due), NULL),
        again_priority = iif(state = 'running', max(coalesce(again_priority, :priority), :priority), NULL),
        due = CASE state WHEN 'waiting' THEN max(min(due, :due), not_before) WHEN 'parked' THEN :due ELSE due END,
        priority = iif(state = 'running', priority, max(priority, :priority)),
        state = iif(state = 'running', 'running', 'waiting')`),
    nextDue: prepare(
      "SELECT key, attempt FROM work WHERE state = 'waiting' AND due <= ? ORDER BY priority DESC, due, rowid LIMIT 1",
    ),
    lease: prepare(
      "UPDATE work SET state = 'running', attempt = ?, token = ?, since = ?, not_before = 0, reason = NULL WHERE key = ?",
    ),
    forget: prepare(
      "DELETE FROM work WHERE key = ? AND token = ? AND state = 'running' AND again_due IS NULL",
    ),
    finish: prepare(`
      UPDATE work SET state = 'waiting', attempt = 0, token = NULL, since = :now, reason = NULL,
        due = min(coalesce(again_due, :wakeAt), coalesce(:wakeAt, again_due)), priority = coalesce(again_priority, 0),
        again_due = NULL, again_priority = NULL
      WHERE key = :key AND token = :token AND state = 'running'`),
    // News that came during the pass is answered by the retry itself.
    retry: prepare(`
      UPDATE work SET state = 'waiting', token = NULL, since = :now, reason = :reason, due = :at,
        priority = max(priority, coalesce(again_priority, 0)), again_due = NULL, again_priority = NULL
      WHERE key = :key AND token = :token AND state = 'running'`),
    postpone: prepare(`
      UPDATE work SET state = 'waiting', token = NULL, since = :now, reason = :reason, due = :at, not_before = :at,
        attempt = attempt - 1, priority = max(priority, coalesce(again_priority, 0), :priority), again_due = NULL, again_priority = NULL
      WHERE key = :key AND token = :token AND state = 'running'`),
    park: prepare(`
      UPDATE work SET state = iif(again_due IS NULL, 'parked', 'waiting'), token = NULL, since = :now, reason = :reason,
        due = coalesce(again_due, due), priority = coalesce(again_priority, 0), again_due = NULL, again_priority = NULL
      WHERE key = :key AND token = :token AND state = 'running'`),
    earliest: prepare("SELECT min(due) AS due FROM work WHERE state = 'waiting'"),
    counts: prepare(`
      SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'running') AS running,
        min(due) FILTER (WHERE state = 'waiting' AND due <= ?) AS oldest FROM work`),
    parked: prepare(
      "SELECT key, reason, since FROM work WHERE state = 'parked' ORDER BY since, key LIMIT 1000",
    ),
    giveBack: prepare(
      "UPDATE work SET state = 'waiting', token = NULL, attempt = attempt - 1, due = min(due, ?) WHERE state = 'running' AND token LIKE ?",
    ),
    // Left running by a process that died.
    recover: prepare(`
      UPDATE work SET state = 'waiting', token = NULL, due = min(due, ?), again_due = NULL, again_priority = NULL
      WHERE state = 'running'`),
    parkCrashing: prepare(`
      UPDATE work SET state = 'parked', token = NULL, since = ?, again_due = NULL, again_priority = NULL,
        reason = 'The process died during the pass, ' || attempt || ' times in a row.'
      WHERE state = 'running' AND attempt >= ?`),
  };
}
