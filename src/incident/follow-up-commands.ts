import type { ActionHorizon, ActionType } from "./facts/action-facts.ts";

/** Commands about what follows an incident, and about who hears of it. */
export type FollowUpCommand =
  | {
      readonly name: "action";
      readonly text: string;
      readonly type: ActionType;
      readonly horizon: ActionHorizon;
      /** `login`, `org/team`, or `me`; null: nobody yet. */
      readonly owner: string | null;
      /** As it was written; null: by the horizon. */
      readonly due: string | null;
    }
  | { readonly name: "not-doing"; readonly issue: number; readonly because: string }
  | { readonly name: "update"; readonly text: string }
  | { readonly name: "report" };

export const ACTION_USAGE =
  '/hotfix action "<what>" owner=@<login> due=<day> type=<prevent, mitigate, detect or process> horizon=<sprint, next or quarter>';

const TYPES: ReadonlySet<string> = new Set<ActionType>(["prevent", "mitigate", "detect", "process"]);
const HORIZONS: ReadonlySet<string> = new Set<ActionHorizon>(["sprint", "next", "quarter"]);
const OPTIONS: ReadonlySet<string> = new Set(["owner", "due", "type", "horizon"]);
const LONGEST_TEXT = 300;

/** The command, or what is wrong with the line. */
export function parseAction(rest: string): FollowUpCommand | string {
  const { text, options: written } = split(rest);
  if (!/[\p{L}\p{N}]/u.test(text)) return "say what is to be done, in quotes";
  if (text.length > LONGEST_TEXT) return "say it with at most 300 characters";
  const options = optionsIn(written);
  if (typeof options === "string") return options;
  const { type = "prevent", horizon = "sprint", due = null } = options;
  if (!isType(type)) return "type is one of prevent, mitigate, detect, process";
  if (!isHorizon(horizon)) return "horizon is one of sprint, next, quarter";
  const owner = options.owner === undefined ? null : ownerIn(options.owner);
  if (owner === undefined) return "owner is one user or team, such as @ana or @acme/payments";
  return { name: "action", text, type, horizon, owner, due };
}

export function parseNotDoing(rest: string): FollowUpCommand | string {
  const match = /^#([1-9]\d{0,9})\s+because\s+(\S.*)$/iu.exec(rest);
  return match === null
    ? "name one follow-up by its number and say why, after the word because"
    : { name: "not-doing", issue: Number(match[1]), because: match[2]! };
}

export function parseUpdate(rest: string): FollowUpCommand | string {
  return /[\p{L}\p{N}]/u.test(rest)
    ? { name: "update", text: unquoted(rest) }
    : "say what stakeholders are to know";
}

interface Split {
  readonly text: string;
  readonly options: string;
}

/** The text in quotes, whatever stands inside; else all before the first option. */
function split(rest: string): Split {
  const quoted = /^(?:"(.*?)"|“(.*?)”)(?=\s*$|\s+[a-z]+=)(.*)$/iu.exec(rest);
  if (quoted !== null) return { text: (quoted[1] ?? quoted[2] ?? "").trim(), options: quoted[3]!.trim() };
  const at = rest.search(/(?:^|\s)(?:owner|due|type|horizon)=/iu);
  return at < 0
    ? { text: unquoted(rest), options: "" }
    : { text: unquoted(rest.slice(0, at).trim()), options: rest.slice(at).trim() };
}

function optionsIn(written: string): Partial<Record<string, string>> | string {
  const options: Partial<Record<string, string>> = {};
  for (const each of written.split(/\s+(?=[a-z]+=)/iu).filter((part) => part !== "")) {
    const at = each.indexOf("=");
    const name = each.slice(0, Math.max(at, 0)).toLowerCase();
    if (!OPTIONS.has(name) || options[name] !== undefined)
      return "after the text come only owner, due, type and horizon, each once and with =";
    const value = unquoted(each.slice(at + 1).trim());
    if (value === "") return "something must follow the =";
    options[name] = name === "owner" || name === "due" ? value : value.toLowerCase();
  }
  return options;
}

/** undefined: it names nobody. */
function ownerIn(value: string): string | undefined {
  const name = value.replace(/^@/u, "");
  return /^[a-z\d](?:[a-z\d-]{0,37}[a-z\d])?(?:_[a-z\d]{1,20})?(?:\/[a-z\d][\w.-]{0,99})?$/iu.test(name)
    ? name
    : undefined;
}

function unquoted(text: string): string {
  return (
    /^"(.*)"$|^“(.*)”$/u
      .exec(text)
      ?.slice(1)
      .find((each) => each !== undefined) ?? text
  ).trim();
}

function isType(word: string): word is ActionType {
  return TYPES.has(word);
}

function isHorizon(word: string): word is ActionHorizon {
  return HORIZONS.has(word);
}
