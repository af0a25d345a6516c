import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { QueueError } from "./queue.ts";

/** Result codes of SQLite, primary part: https://www.sqlite.org/rescode.html */
const BUSY = 5;
const READ_ONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE work (
    key TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'parked')),
    due INTEGER NOT NULL,
    not_before INTEGER NOT NULL DEFAULT 0,
    priority INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    since INTEGER NOT NULL,
    token TEXT,
    again_due INTEGER,
    again_priority INTEGER,
    reason TEXT
  ) STRICT;
  CREATE INDEX work_due ON work (state, due);
  CREATE TABLE delivery (guid TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX delivery_at ON delivery (at);
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** The queue's files in a data directory, opened by at most one process at a time. */
export interface SqliteFile {
  readonly path: string;
  readonly database: DatabaseSync;
  /** Runs `work` in one transaction, committed and on the disk when it returns. Throws `QueueError` where the store fails. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** Opens `queue.sqlite` in `directory`, made where missing. Throws `QueueError` with a sentence for the operator. */
export function openSqliteFile(directory: string): SqliteFile {
  const path = join(directory, "queue.sqlite");
  makeDirectory(directory);
  const lock = takeLock(directory);
  try {
    const database = openDatabase(path);
    return {
      path,
      database,
      transaction: (work) => inTransaction(database, path, work),
      close: () => {
        database.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new QueueError(
      `The data directory ${directory} cannot be created (${codeOf(error)}). Set DATA_DIR to a directory that this process may write.`,
      { cause: error },
    );
  }
}

/**
 * Two processes on one database both seem to work and then process a key twice. The exclusive transaction on a second file is held as
 * long as the process lives; the kernel releases it, also on kill -9.
 */
function takeLock(directory: string): DatabaseSync {
  const path = join(directory, "queue.lock");
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path);
    lock.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock?.close();
    if (resultCode(error) === BUSY)
      throw new QueueError(
        `The data directory ${directory} is in use by another process of the app. Stop it first, or set DATA_DIR to a directory of its own.`,
        { cause: error },
      );
    throw explain(error, path);
  }
}

function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    // FULL: each commit is flushed to the disk before the webhook is answered.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    prepareSchema(database, path);
    return database;
  } catch (error) {
    database?.close();
    throw explain(error, path);
  }
}

function prepareSchema(database: DatabaseSync, path: string): void {
  const check = database.prepare("PRAGMA quick_check(1)").get();
  if (check?.["quick_check"] !== "ok") throw damaged(path, String(check?.["quick_check"]));
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version === SCHEMA_VERSION) return;
  if (version !== 0)
    throw new QueueError(
      `The queue file ${path} was written by another version of the app (layout ${version}, expected ${SCHEMA_VERSION}). ${DISPOSABLE}`,
    );
  database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
}

function inTransaction<Result>(database: DatabaseSync, path: string, work: () => Result): Result {
  try {
    database.exec("BEGIN IMMEDIATE");
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw explain(error, path);
  }
}

const DISPOSABLE =
  "It may be deleted, together with the files queue.sqlite-wal and queue.sqlite-shm beside it: what it held is read from GitHub again by the next sweep.";

function damaged(path: string, detail: string): QueueError {
  const inOneLine = detail.replace(/\s+/gu, " ");
  return new QueueError(`The queue file ${path} is damaged (${inOneLine}). ${DISPOSABLE}`);
}

/** What the operator reads. Errors that are not the store's are handed back as they came. */
function explain(error: unknown, path: string): unknown {
  const code = resultCode(error);
  if (code === null || error instanceof QueueError) return error;
  const cause = { cause: error };
  switch (code) {
    case CORRUPT:
    case NOT_A_DATABASE:
      return damaged(path, messageOf(error));
    case FULL:
    case IO_ERROR:
      return new QueueError(
        `The queue file ${path} cannot be written (${messageOf(error)}): is the disk full?`,
        cause,
      );
    case READ_ONLY:
    case CANNOT_OPEN:
      return new QueueError(
        `The queue file ${path} cannot be opened for writing (${messageOf(error)}). Set DATA_DIR to a directory that this process may write.`,
        cause,
      );
    default:
      return new QueueError(`The queue file ${path} failed (${messageOf(error)}).`, cause);
  }
}

/** The primary result code of an error of `node:sqlite`; null for every other error. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  return error.errcode & 0xff;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : messageOf(error);
}
