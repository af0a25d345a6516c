import type { Change } from "../change-list.ts";

/** What is missing of the way back; null: nothing. It is in the same file behind a mark, or in a file beside it. */
export function sqlMissing({ path, text }: Change, exists: (path: string) => boolean): string | null {
  const lines = (text ?? "").split("\n");
  if (lines.some((line) => LIQUIBASE_ROLLBACK.test(line))) return null;
  const from = lines.findIndex((line) => SQL_DOWN.test(line));
  if (from !== -1) {
    const behind = lines.slice(from + 1);
    const to = behind.findIndex((line) => SQL_DOWN.test(line));
    const down = to === -1 ? behind : behind.slice(0, to);
    return down.every((line) => isBlankBefore(line, "--")) ? "the part for the way down is empty" : null;
  }
  const candidates = [
    path.replace(/([._-])up\.sql$/iu, "$1down.sql"),
    path.replace(/(^|\/)up\.sql$/iu, "$1down.sql"),
    path.replace(/(^|\/)up\/([^/]*)$/iu, "$1down/$2"),
    ...BACK.flatMap((word) => [
      path.replace(/\.sql$/u, `.${word}.sql`),
      path.replace(/\.sql$/u, `_${word}.sql`),
      path.replace(/([^/]*)$/u, `${word}/$1`),
    ]),
  ].filter((candidate) => candidate !== path);
  return candidates.some(exists) ? null : `there is no ${candidates[0]!}`;
}

/** What people call the way back, in names of files and folders. */
const BACK = ["down", "rollback", "undo"];

/** dbmate, goose, sql-migrate, node-pg-migrate, MyBatis. */
export const SQL_DOWN =
  /^\s*--\s*(?:migrate:down\b|\+(?:goose|migrate)\s+down\b|down\s+migration\b|(?:\/\/)?@(?:undo|down)\b|(?:down|undo|rollback)\s*:?\s*$)/iu;

/** In Liquibase the way back of each change is one line. */
const LIQUIBASE_ROLLBACK = /^\s*--\s*rollback\s+\S/iu;

/** What is missing of the way back; null: nothing. `change` is undone by Rails itself, unless it does what Rails cannot undo. */
export function railsMissing(text: string): string | null {
  if (/raise\s+ActiveRecord::IrreversibleMigration/u.test(text))
    return "it says itself that it cannot be undone";
  const lines = text.split("\n");
  if (lines.some((line) => /^\s*def\s+(?:self\.)?change\b/u.test(line))) {
    if (/\breversible\b|\bup_only\b/u.test(text)) return null;
    const fault = IRREVERSIBLE.find(([pattern]) => lines.some((line) => pattern.test(line)));
    return fault === undefined ? null : `\`change\` ${fault[1]}, which Rails cannot undo`;
  }
  const head = /^\s*def\s+(?:self\.)?down\b/u;
  const start = lines.findIndex((line) => head.test(line));
  const body = start === -1 ? [] : [lines[start]!.replace(head, ""), ...lines.slice(start + 1)];
  const end = body.findIndex((line) => /^\s*end\b/u.test(line));
  const does = body.slice(0, Math.max(0, end)).some((line) => !isBlankBefore(line, "#"));
  return does ? null : "`down` is not there or does nothing";
}

/** https://guides.rubyonrails.org/active_record_migrations.html#using-the-change-method */
const IRREVERSIBLE: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^\s*(?:safety_assured\s*(?:\{|do)\s*)?execute\b/u, "executes SQL"],
  [/^\s*(?:t\.change|change_column)\b/u, "changes the type of a column"],
  [/^\s*remove_column\b[^,]*,[^,]*$/u, "removes a column without its type"],
  [/^\s*drop_table\b(?!.*(?:\bdo\b|\{))/u, "drops a table without its columns"],
];

/** Whether a line holds nothing but a comment. Lines are looked at one by one: an expression for all of them reads empty ones again and again. */
function isBlankBefore(line: string, comment: "#" | "--"): boolean {
  const at = line.indexOf(comment);
  return (at === -1 ? line : line.slice(0, at)).trim() === "";
}

/** What is missing of the way back; null: nothing. Django undoes everything itself but SQL and functions without their reverse. */
export function djangoMissing(text: string): string | null {
  const runs = text.split(/\bRun(?=(?:Python|SQL)\s*\()/u).slice(1);
  const bare = runs.find(
    (run) =>
      !/\breverse_(?:code|sql)\b|\bnoop\b/u.test(run) && !/^Python\s*\(\s*[\w.]+\s*,\s*[\w.]+/u.test(run),
  );
  return bare === undefined ? null : `Run${/^\w+/u.exec(bare)![0]} has no reverse`;
}

/** Whether a function of a Python file does anything. */
export function pythonBody(text: string, name: string): boolean {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`def ${name}(`));
  if (start === -1) return false;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\S/u.test(line) && !/^[#)]/u.test(line));
  const head = lines[start]!.split("#", 1)[0]!;
  const behind = head.slice(head.indexOf(")") + 1);
  const onSameLine = behind.includes(":") ? behind.slice(behind.indexOf(":") + 1) : "";
  let quote: string | null = null;
  return [onSameLine, ...rest.slice(0, end === -1 ? undefined : end)].some((line) => {
    const text = line.split("#", 1)[0]!.trim();
    const isInside: boolean = quote !== null;
    const opened: string | null = isInside ? null : (/^(?:"""|''')/u.exec(text)?.[0] ?? null);
    const from = opened === null ? text : text.slice(3);
    if (opened !== null) quote = opened;
    if (quote !== null && from.includes(quote)) quote = null;
    return (
      !isInside && opened === null && !/^$|^\)|^pass$|^\.\.\.$|^raise\b|^return(?:\s+None)?$/u.test(text)
    );
  });
}
