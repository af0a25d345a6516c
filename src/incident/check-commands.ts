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
  const match = /^`?(?:hotfix\/)?([a-z]+)(?: \(advice\))?`?\s+because\s+(\S.*)$/iu.exec(rest);
  if (match === null) return "name one check and say why, after the word because";
  const check = match[1]!.toLowerCase();
  return isCheck(check)
    ? { name: "override", check, because: match[2]! }
    : `name one of ${[...CHECKS].join(", ")}`;
}

export function parseForbid(rest: string): CheckCommand | string {
  const match =
    /^`?([^\s`]+)`?(?:\s+use\s+`?([^\s`]+)`?)?(?:\s+in\s+((?:[^\s,]+)(?:\s*,\s*[^\s,]+)*))?(?:\s+because\s+(\S.*))?$/iu.exec(
      rest,
    );
  if (match === null) return "name what is forbidden, and what to use instead";
  const [, forbid = "", use, globs, because] = match;
  return {
    name: "forbid",
    forbid,
    use: use ?? null,
    in: globs === undefined ? [] : globs.split(",").map((glob) => glob.trim().replaceAll("`", "")),
    because: because ?? null,
  };
}

export function parseRetire(rest: string): CheckCommand | string {
  const rule = /^`?(?:forbid\s+)?([^\s`]+)`?$/iu.exec(rest)?.[1];
  return rule === undefined ? "name one rule, by what it forbids" : { name: "retire", rule };
}

function isCheck(word: string): word is Property {
  return CHECKS.has(word);
}
