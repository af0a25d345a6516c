import type { Property } from "../checks/wanted-checks.ts";

/** Commands about the checks of the hotfix. */
export type CheckCommand =
  | { readonly name: "override"; readonly check: Property; readonly because: string }
  | {
      readonly name: "forbid";
      readonly forbid: string;
      readonly use: string | null;
      /** Globs; empty: all files. */
      readonly in: readonly string[];
      readonly because: string | null;
    }
  /** `rule`: the forbidden name. */
  | { readonly name: "retire"; readonly rule: string }
  | { readonly name: "setup" };

const CHECKS: ReadonlySet<string> = new Set<Property>([
  "properties",
  "scope",
  "tests",
  "migrations",
  "message",
  "review",
]);

/** The command, or what is wrong with the line. */
export function parseOverride(rest: string): CheckCommand | string {
  const match = /^`?(?:hotfix\/)?([a-z-]+)(?: \(advice\))?`?\s+because\s+(\S.*)$/iu.exec(rest);
  if (match === null) return "name one check and say why, after the word because";
  const check = match[1]!.toLowerCase();
  return isCheck(check)
    ? { name: "override", check, because: match[2]! }
    : `name one of ${[...CHECKS].join(", ")}`;
}

/** `use` and `in` in either order. Quotes around a name or a glob are how people write code, and no part of it. */
export function parseForbid(rest: string): CheckCommand | string {
  const end = rest.search(/\sbecause\s+\S/iu);
  const line = (end === -1 ? rest : rest.slice(0, end)).trimEnd();
  const match =
    /^(\S+)(?:\s+in\s+(?<before>[^\s,]+(?:\s*,\s*[^\s,]+)*))?(?:\s+use\s+(?<use>\S+))?(?:\s+in\s+(?<behind>[^\s,]+(?:\s*,\s*[^\s,]+)*))?$/iu.exec(
      line,
    );
  const { before, use, behind } = match?.groups ?? {};
  const forbid = unquoted(match?.[1] ?? "");
  const instead = use === undefined ? null : unquoted(use);
  if ([forbid, instead ?? "x"].some((name) => name === "" || name.includes("`")) || (before && behind)) {
    return "name what is forbidden, and what to use instead";
  }
  const globs = before ?? behind;
  return {
    name: "forbid",
    forbid,
    use: instead,
    in: globs === undefined ? [] : globs.split(",").map((glob) => unquoted(glob.trim())),
    because: end === -1 ? null : rest.slice(end).replace(/^\sbecause\s+/iu, ""),
  };
}

export function parseRetire(rest: string): CheckCommand | string {
  const rule = unquoted(/^(?:forbid\s+)?(\S+)$/iu.exec(unquoted(rest))?.[1] ?? "");
  return rule === "" || rule.includes("`")
    ? "name one rule, by what it forbids or by its id"
    : { name: "retire", rule };
}

function unquoted(word: string): string {
  return (
    /^(["'`])(.*)\1$/su.exec(word)?.[2] ?? /^[\u201C\u2018](.*)[\u201D\u2019]$/su.exec(word)?.[1] ?? word
  );
}

function isCheck(word: string): word is Property {
  return CHECKS.has(word);
}
