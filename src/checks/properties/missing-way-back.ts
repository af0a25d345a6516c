import type { Change } from "../change-list.ts";

/** What is missing of the way back; null: nothing. It is in the same file behind a mark, or in a file beside it. */
export function sqlMissing({ path, text }: Change, exists: (path: string) => boolean): string | null {
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

const SQL_DOWN = /^\s*--\s*(?:migrate:down|\+goose\s+down)\b/iu;

/** What is missing of the way back; null: nothing. `change` is undone by Rails itself, unless it does what Rails cannot undo. */
export function railsMissing(text: string): string | null {
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
export function pythonBody(text: string, name: string): boolean {
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
