import { parse, type SgNode } from "@ast-grep/napi";
import type { Change } from "../change-list.ts";
import { writtenLines } from "../change-list.ts";
import type { PropertyFinding } from "../property-finding.ts";

export interface MigrationsResult {
  readonly findings: readonly PropertyFinding[];
  /** `none`: the hotfix has no migration. `not-free`: going back to the last tag needs more than the old code. */
  readonly rollback: "none" | "free" | "not-free";
}

/** How a tool writes a migration, and what it calls the way back. */
interface Tool {
  readonly name: string;
  readonly isMigration: (path: string, text: string) => boolean;
  /** null: there is a way back; else what is missing, in words. */
  readonly missing: (migration: Change, exists: (path: string) => boolean) => string | null;
}

/**
 * Whether migrations of the change can be undone. `exists`: whether a path is in the commit's tree, because a way back may be older than
 * the change.
 */
export function migrationsResult(
  changes: readonly Change[],
  exists: (path: string) => boolean,
): MigrationsResult {
  const present = changes.filter(({ status }) => status !== "removed");
  const migrations = present.flatMap((change) => {
    const tool = TOOLS.find(({ isMigration }) => isMigration(change.path, change.text ?? ""));
    return tool === undefined ? [] : [{ change, tool }];
  });
  const findings = migrations.flatMap(({ change, tool }) => [
    ...wayBackFindings(change, tool, exists),
    ...destructiveFindings(change),
  ]);
  if (migrations.length === 0) return { findings, rollback: "none" };
  return { findings, rollback: findings.length === 0 ? "free" : "not-free" };
}

/** Whether a file must be read whole to be judged, by its path. */
export function mayBeMigration(path: string): boolean {
  return /\.sql$|(?:^|\/)(?:migrations?|migrate|versions|alembic)\//iu.test(path);
}

function wayBackFindings(
  change: Change,
  tool: Tool,
  exists: (path: string) => boolean,
): readonly PropertyFinding[] {
  const missing = tool.missing(change, exists);
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

/** Statements that lose data or break the code that still runs, in SQL and in the words of the tools. */
const DESTRUCTIVE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["drops a table", /\bdrop\s+table\b|\bdrop_?table\s*\(|\bdrop_table\b/iu],
  ["drops a column", /\bdrop\s+column\b|\bdrop_?columns?\s*\(|\bremove_?columns?\b/iu],
  ["drops a schema or database", /\bdrop\s+(?:schema|database)\b/iu],
  ["empties a table", /\btruncate\b/iu],
  ["deletes rows without a condition", /\bdelete\s+from\s+[\w."`]+\s*(?:;|$)/iu],
  ["renames what running code uses", /\brename\s+(?:to|column|table)\b|\brename_?(?:column|table)\b/iu],
  [
    "changes the type of a column",
    /\balter\s+column\s+\S+\s+(?:set\s+data\s+)?type\b|\bmodify\s+column\b|\bchange_column\b/iu,
  ],
];

/** Only what runs on the way forward: the way back is meant to undo. */
function destructiveFindings(change: Change): readonly PropertyFinding[] {
  const forward = forwardLines(change.text ?? "", change.path);
  return writtenLines(change)
    .filter(({ line, text }) => forward.has(line) && !/^\s*(?:--|\/\/|#|\*)/u.test(text))
    .flatMap(({ line, text }) => {
      const found = DESTRUCTIVE.find(([, pattern]) => pattern.test(text));
      return found === undefined
        ? []
        : [
            {
              code: "destructive",
              level: "warning" as const,
              path: change.path,
              line,
              sentence: `This statement ${found[0]}: rolling back the code does not bring it back.`,
              nextStep: "Do it in a later release, when nothing needs it any more.",
            },
          ];
    });
}

/** Where the way back begins, in files that hold both ways. */
const BACKWARD =
  /^\s*--\s*(?:migrate:down|\+goose\s+down)|\b(?:async\s+)?(?:function\s+)?(?:down|downgrade)\s*[:=(]|exports\.down\b|\bdef\s+(?:self\.)?(?:down|downgrade)\b/iu;
const FORWARD =
  /^\s*--\s*(?:migrate:up|\+goose\s+up)|\b(?:async\s+)?(?:function\s+)?(?:up|upgrade)\s*[:=(]|exports\.up\b|\bdef\s+(?:self\.)?(?:up|upgrade|change)\b/iu;

function forwardLines(text: string, path: string): ReadonlySet<number> {
  const forward = new Set<number>();
  let isForward = !/(?:^|[./_-])down\.[a-z]+$/iu.test(path) && !/\/U\d[^/]*\.sql$/u.test(path);
  for (const [index, line] of text.split("\n").entries()) {
    if (BACKWARD.test(line)) isForward = false;
    else if (FORWARD.test(line)) isForward = true;
    if (isForward) forward.add(index + 1);
  }
  return forward;
}

/** The part behind the last slash, no longer than a file system takes: what is matched against it may be tried at each of its characters. */
function shortName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.length <= 255 ? name : "";
}

const inFolder = (path: string, folder: RegExp): boolean => folder.test(`/${path}`);
const MIGRATIONS = /\/(?:migrations?|migrate)\//iu;

const TOOLS: readonly Tool[] = [
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
      functionBody(change(path, text), "up") !== null,
    missing: (migration) =>
      functionBody(change(migration.path, migration.text ?? ""), "down") === "something"
        ? null
        : "`down` is not there or does nothing",
  },
];

interface Code {
  readonly path: string;
  readonly text: string;
}

function change(path: string, text: string): Code {
  return { path, text };
}

const SQL_DOWN = /^\s*--\s*(?:migrate:down|\+goose\s+down)\b/iu;

function sqlMissing({ path, text }: Change, exists: (path: string) => boolean): string | null {
  const lines = (text ?? "").split("\n");
  const from = lines.findIndex((line) => SQL_DOWN.test(line));
  if (from !== -1) {
    const behind = lines.slice(from + 1);
    const to = behind.findIndex((line) => SQL_DOWN.test(line));
    const down = to === -1 ? behind : behind.slice(0, to);
    return down.every((line) => isBlankBefore(line, "--")) ? "the part for the way down is empty" : null;
  }
  const candidates = [
    path.replace(/\.up\.sql$/u, ".down.sql"),
    path.replace(/(^|\/)up\.sql$/u, "$1down.sql"),
    path.replace(/\.sql$/u, ".down.sql"),
    path.replace(/([_-])up\.sql$/u, "$1down.sql"),
  ].filter((candidate) => candidate !== path);
  return candidates.some(exists) ? null : `there is no ${candidates[0]!}`;
}

/** `change` is undone by Rails itself, unless it does what Rails cannot undo. */
function railsMissing(text: string): string | null {
  if (/raise\s+ActiveRecord::IrreversibleMigration/u.test(text))
    return "it says itself that it cannot be undone";
  const lines = text.split("\n");
  if (lines.some((line) => /^\s*def\s+(?:self\.)?change\b/u.test(line))) {
    const hasPlainSql =
      lines.some((line) => /^\s*execute\b/u.test(line)) && !/\breversible\b|\bup_only\b/u.test(text);
    return hasPlainSql ? "`change` executes SQL that Rails cannot undo" : null;
  }
  const head = /^\s*def\s+(?:self\.)?down\b/u;
  const start = lines.findIndex((line) => head.test(line));
  const body = start === -1 ? [] : [lines[start]!.replace(head, ""), ...lines.slice(start + 1)];
  const end = body.findIndex((line) => /^\s*end\b/u.test(line));
  const does = body.slice(0, Math.max(0, end)).some((line) => !isBlankBefore(line, "#"));
  return does ? null : "`down` is not there or does nothing";
}

/** Whether a line holds nothing but a comment. Lines are looked at one by one: an expression for all of them reads empty ones again and again. */
function isBlankBefore(line: string, comment: "#" | "--"): boolean {
  const at = line.indexOf(comment);
  return (at === -1 ? line : line.slice(0, at)).trim() === "";
}

/** Whether a function of a Python file does anything. */
function pythonBody(text: string, name: string): boolean {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`def ${name}(`));
  if (start === -1) return false;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\S/u.test(line) && !/^[#)]/u.test(line));
  return rest
    .slice(0, end === -1 ? undefined : end)
    .map((line) => line.split("#", 1)[0]!.trim())
    .some(
      (line) => line !== "" && line !== "pass" && line !== "..." && !/^(?:"""|''').*(?:"""|''')$/u.test(line),
    );
}

/** One in the other, each would be searched with all that is in it. */
const MOST_NAMED = 200;

/** What a function, method or exported arrow of that name does; null: there is none. */
function functionBody({ path, text }: Code, name: "up" | "down"): "nothing" | "something" | null {
  const root = parse(/\.[cm]?ts$/u.test(path) ? "TypeScript" : "JavaScript", text).root();
  const names = root.findAll({
    rule: { any: [{ kind: "property_identifier" }, { kind: "identifier" }], regex: `^${name}$` },
  });
  const bodies = names.slice(0, MOST_NAMED).flatMap((node) => bodyNamedBy(node) ?? []);
  if (bodies.length === 0) return null;
  return bodies.some(doesSomething) ? "something" : "nothing";
}

/** The function that a name is given to: declaration, method, `up: ...`, `exports.up = ...`, `const up = ...`. */
function bodyNamedBy(node: SgNode): SgNode | null {
  const parent = node.parent();
  switch (parent?.kind()) {
    case "function_declaration":
    case "method_definition":
      return parent.field("body");
    case "pair":
    case "variable_declarator":
    case "public_field_definition":
    case "field_definition":
      return parent.field("value");
    case "member_expression": {
      const assignment = parent.parent();
      return assignment?.kind() === "assignment_expression" && assignment.field("left")?.id() === parent.id()
        ? assignment.field("right")
        : null;
    }
    default:
      return null;
  }
}

const NOTHING = /^return(?:\s+(?:Promise\.resolve\(\)|null|undefined))?;?$/u;

/** Functions in functions: the text of each, with all that is in it, would be the square of the file. */
function isShort(node: SgNode): boolean {
  const { start, end } = node.range();
  return end.index - start.index <= 100;
}

function doesSomething(body: SgNode): boolean {
  const block = body.is("statement_block")
    ? body
    : (body.find({ rule: { kind: "statement_block" } }) ?? body);
  if (!block.is("statement_block")) return true;
  return block
    .namedChildren()
    .some(
      (statement) =>
        !statement.is("comment") &&
        !(isShort(statement) && NOTHING.test(statement.text())) &&
        !statement.is("throw_statement"),
    );
}
