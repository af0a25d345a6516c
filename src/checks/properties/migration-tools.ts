import type { Change } from "../change-list.ts";
import { functionBody } from "./function-body.ts";
import { pythonBody, railsMissing, sqlMissing } from "./missing-way-back.ts";

/** How a tool writes a migration, and what it calls the way back. */
export interface MigrationTool {
  readonly name: string;
  readonly isMigration: (path: string, text: string) => boolean;
  /** null: there is a way back; else what is missing, in words. */
  readonly missing: (migration: Change, exists: (path: string) => boolean) => string | null;
}

/** The first that knows a file as its own judges it. */
export const MIGRATION_TOOLS: readonly MigrationTool[] = [
  {
    name: "Prisma",
    isMigration: (path) => /(?:^|\/)migrations\/[^/]+\/migration\.sql$/u.test(path),
    missing: (change, exists) => {
      const down = change.path.replace(/migration\.sql$/u, "down.sql");
      return exists(down) ? null : `there is no ${down}`;
    },
  },
  {
    name: "Flyway",
    isMigration: (path) => /^V\d[\w.]*__.+\.sql$/u.test(shortName(path)),
    missing: (change, exists) => {
      const undo = change.path.replace(/(^|\/)V(\d[^/]*)$/u, "$1U$2");
      return exists(undo) ? null : `there is no ${undo}`;
    },
  },
  {
    name: "SQL",
    isMigration: (path) =>
      path.endsWith(".up.sql") ||
      (path.endsWith(".sql") &&
        !/(?:^|[./_-])down\.sql$/u.test(path) &&
        !/^[UR][\w.]*__/u.test(shortName(path)) &&
        inFolder(path, MIGRATIONS)),
    missing: sqlMissing,
  },
  {
    name: "Rails",
    isMigration: (path) => /(?:^|\/)db\/migrate\/\d+_[^/]+\.rb$/u.test(path),
    missing: (change) => railsMissing(change.text ?? ""),
  },
  {
    name: "Alembic",
    isMigration: (path, text) =>
      path.endsWith(".py") && /^def upgrade\(/mu.test(text) && /^(?:down_revision|revision)\b/mu.test(text),
    missing: (change) =>
      pythonBody(change.text ?? "", "downgrade") ? null : "`downgrade` is not there or does nothing",
  },
  {
    name: "JavaScript",
    isMigration: (path, text) =>
      /\.[cm]?[jt]s$/u.test(path) &&
      !/\.(?:test|spec)\.|\.d\.[cm]?ts$/u.test(path) &&
      (inFolder(path, MIGRATIONS) || /\bimplements\s+MigrationInterface\b/u.test(text)) &&
      functionBody(path, text, "up") !== null,
    missing: (migration) =>
      functionBody(migration.path, migration.text ?? "", "down") === "something"
        ? null
        : "`down` is not there or does nothing",
  },
];

/** The part behind the last slash, no longer than a file system takes: what is matched against it may be tried at each of its characters. */
function shortName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.length <= 255 ? name : "";
}

const inFolder = (path: string, folder: RegExp): boolean => folder.test(`/${path}`);

const MIGRATIONS = /\/(?:migrations?|migrate)\//iu;
