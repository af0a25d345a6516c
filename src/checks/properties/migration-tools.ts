import type { Change } from "../change-list.ts";
import { functionBody } from "./function-body.ts";
import { djangoMissing, pythonBody, railsMissing, sqlMissing } from "./missing-way-back.ts";

/** What else the commit has: a way back may be older than the change, or lie in another folder. */
export interface Tree {
  readonly has: (path: string) => boolean;
  readonly hasFile: (isWanted: (shortName: string) => boolean) => boolean;
}

/** How a tool writes a migration, and what it calls the way back. */
export interface MigrationTool {
  readonly name: string;
  readonly isMigration: (path: string, text: string) => boolean;
  /** null: there is a way back; else what is missing, in words. */
  readonly missing: (migration: Change, tree: Tree) => string | null;
}

/** The first that knows a file as its own judges it. */
export const MIGRATION_TOOLS: readonly MigrationTool[] = [
  {
    name: "Prisma",
    isMigration: (path) => /(?:^|\/)migrations\/[^/]+\/migration\.sql$/u.test(path),
    missing: (change, { has }) => {
      const down = change.path.replace(/migration\.sql$/u, "down.sql");
      return has(down) ? null : `there is no ${down}`;
    },
  },
  {
    name: "Flyway",
    isMigration: (path) => /^V\d[\w.]*__.+\.(?:sql|java|kt)$/u.test(shortName(path)),
    missing: (change, { has, hasFile }) => {
      const undo = change.path.replace(/(^|\/)V(\d[^/]*)$/u, "$1U$2");
      // The version counts: folder and words may differ.
      const start = `U${shortName(change.path).slice(1).split("__", 1)[0]!}__`;
      return has(undo) || hasFile((name) => name.startsWith(start)) ? null : `there is no ${undo}`;
    },
  },
  {
    name: "SQL",
    isMigration: (path) =>
      path.endsWith(".up.sql") ||
      (path.endsWith(".sql") &&
        !/(?:^|[./_-])(?:down|rollback|undo)(?:\.sql$|\/)/iu.test(path) &&
        !/^[UR][\w.]*__/u.test(shortName(path)) &&
        inFolder(path, MIGRATIONS)),
    missing: (change, { has }) => sqlMissing(change, has),
  },
  {
    name: "Rails",
    isMigration: (path) => /(?:^|\/)db\/(?:[a-z0-9]+_)?migrate\/(?:[^/]+\/)*\d+_[^/]+\.rb$/u.test(path),
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
  {
    name: "Django",
    isMigration: (path, text) =>
      path.endsWith(".py") && inFolder(path, MIGRATIONS) && /^class Migration\b/mu.test(text),
    missing: (change) => djangoMissing(change.text ?? ""),
  },
];

/** A numbered file among migrations that none of the tools knows: nobody can say whether it has a way back. */
export function isUnknownMigration(path: string): boolean {
  return (
    inFolder(path, MIGRATIONS) &&
    /^V?\d{3}[\w-]*\.(?:php|exs|cs|go|kt|java|scala|py|rb|rs|xml|ya?ml)$/u.test(shortName(path))
  );
}

/** The part behind the last slash, no longer than a file system takes: what is matched against it may be tried at each of its characters. */
function shortName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.length <= 255 ? name : "";
}

const inFolder = (path: string, folder: RegExp): boolean => folder.test(`/${path}`);

const MIGRATIONS = /\/(?:migrations?|migrate)\//iu;
