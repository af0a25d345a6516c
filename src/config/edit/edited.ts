import { parseConfiguration } from "../parse.ts";
import { isMapping, readYaml } from "../read-yaml.ts";

/** A reason that completes "because". */
export type Unedited =
  | "the file on the default branch is not valid"
  | "the file is written in a way that the app cannot change without touching the rest"
  | "the file itself has no such rule"
  | "the file is no plain text"
  | "the rule comes from the file of the owner's `.github` repository"
  | "its rules come from another file, which a list here would put out of force";

/** The new text of a configuration file, or why a person has to change it. */
export type Edited =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: Unedited };

type Mapping = Readonly<Record<string, unknown>>;

/** Which list of `checks` a rule stands in: the short form, or the full one. */
export type RuleList = "forbid" | "rules";

/**
 * The first of the candidates that says exactly what the old file says with `change` made to a list of `checks`, and is valid.
 */
export function verified(
  text: string,
  change: (list: readonly unknown[]) => readonly unknown[],
  candidates: () => readonly string[],
  key: RuleList = "forbid",
): Edited {
  const before = readYaml(text);
  if (!before.ok || !parseConfiguration(text).ok)
    return { ok: false, why: "the file on the default branch is not valid" };
  const wanted = withChange(before.value, key, change);
  const found = candidates().find((candidate) => {
    const after = readYaml(candidate);
    return after.ok && isSame(after.value, wanted) && parseConfiguration(candidate).ok;
  });
  return found === undefined
    ? { ok: false, why: "the file is written in a way that the app cannot change without touching the rest" }
    : { ok: true, text: found };
}

/** The list as the file itself has it. */
export function ownList(text: string, key: RuleList = "forbid"): readonly unknown[] {
  const reading = readYaml(text);
  return reading.ok ? listOf(reading.value, key) : [];
}

function listOf(value: Mapping, key: RuleList): readonly unknown[] {
  const { checks } = value;
  const list = isMapping(checks) ? checks[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function withChange(
  value: Mapping,
  key: RuleList,
  change: (list: readonly unknown[]) => readonly unknown[],
): Mapping {
  const { checks } = value;
  return { ...value, checks: { ...(isMapping(checks) ? checks : {}), [key]: change(listOf(value, key)) } };
}

/** Of plain data; the order of keys does not matter. */
function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, index) => isSame(each, other[index]));
  }
  if (isMapping(one) && isMapping(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
    );
  }
  return Object.is(one, other);
}
