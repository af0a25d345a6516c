import type { Change } from "../change-list.ts";
import type { PropertyFinding } from "../property-finding.ts";
import { destructiveFindings } from "./destructive-statements.ts";
import { isUnknownMigration, MIGRATION_TOOLS, type MigrationTool, type Tree } from "./migration-tools.ts";

export interface MigrationsResult {
  readonly findings: readonly PropertyFinding[];
  /** `none`: the hotfix has no migration. `not-free`: going back to the last tag needs more than the old code. */
  readonly rollback: "none" | "free" | "not-free";
}

/** Whether migrations of the change can be undone. */
export function migrationsResult(changes: readonly Change[], tree: Tree): MigrationsResult {
  const present = changes.filter(({ status }) => status !== "removed");
  const migrations = present.flatMap((change) => {
    const tool = MIGRATION_TOOLS.find(({ isMigration }) => isMigration(change.path, change.text ?? ""));
    return tool === undefined ? [] : [{ change, tool }];
  });
  const findings = migrations.flatMap(({ change, tool }) => [
    ...wayBackFindings(change, tool, tree),
    ...destructiveFindings(change),
  ]);
  const known = new Set(migrations.map(({ change }) => change));
  findings.push(
    ...present
      .filter((change) => !known.has(change) && isUnknownMigration(change.path))
      .map(({ path }) => unknownFinding(path)),
  );
  if (migrations.length + findings.length === 0) return { findings, rollback: "none" };
  return { findings, rollback: findings.length === 0 ? "free" : "not-free" };
}

/** Whether a file must be read whole to be judged, by its path. */
export function mayBeMigration(path: string): boolean {
  return /\.sql$|(?:^|\/)(?:migrations?|migrate|versions|alembic)\//iu.test(path);
}

function wayBackFindings(change: Change, tool: MigrationTool, tree: Tree): readonly PropertyFinding[] {
  const missing = tool.missing(change, tree);
  if (missing === null) return [];
  return [
    {
      code: "no-way-back",
      level: "failure",
      path: change.path,
      line: null,
      sentence: `This ${tool.name} migration has no way back: ${missing}.`,
      nextStep: "Add it, or leave the schema as it is in a hotfix.",
    },
  ];
}

function unknownFinding(path: string): PropertyFinding {
  return {
    code: "unknown-migration",
    level: "warning",
    path,
    line: null,
    sentence: "This looks like a migration of a tool that the app does not know.",
    nextStep: "Make sure that it has a way back.",
  };
}
