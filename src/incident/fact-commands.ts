import { parseAmount } from "./amount.ts";
import { readTime, type SpokenTime, TIME_EXAMPLES } from "./clock-time.ts";
import type { StatedTime } from "./facts/incident-times.ts";
import type { Quantity } from "./facts/metric-facts.ts";
import { readPairs } from "./pairs.ts";
import { quoted } from "./quoted.ts";
import { type Phrase, saying } from "./say.ts";
import {
  parseCount,
  parseQuantity,
  parseShare,
  parseTarget,
  type Share,
  type Target,
  type Wrong,
} from "./quantity.ts";

/** Commands with which people say what only they know. None of them changes code. */
export type FactCommand =
  | { readonly name: TimeCommandName; readonly time: SpokenTime }
  | { readonly name: "note"; readonly time: SpokenTime | null; readonly text: string }
  | {
      readonly name: "impact";
      readonly revenue: Rate | null;
      readonly share: Share | null;
      /** Since when the share holds; null: nothing was said. */
      readonly from: SpokenTime | "start" | null;
      readonly tickets: number | null;
      readonly users: string | null;
    }
  | {
      readonly name: "metric";
      readonly metric: string;
      readonly before: Quantity | null;
      readonly after: Quantity | null;
      readonly target: Target | null;
    }
  | { readonly name: "cause"; readonly what: { readonly sha: string } | { readonly text: string } };

export type TimeCommandName = "impact-started" | "detected" | "recovered" | "verified";

export interface Rate {
  /** Never computed from one that was rounded. */
  readonly perHour: number;
  readonly statedPer: "hour" | "minute";
  /** null: that of the service. */
  readonly currency: string | null;
}

export const STATED_TIMES: Readonly<Record<TimeCommandName, StatedTime>> = {
  "impact-started": "impactStarted",
  detected: "detected",
  recovered: "recovered",
  verified: "verified",
};

const LONGEST_NOTE = 400;
const LONGEST_NAME = 60;
const LONGEST_USERS = 100;

/** The command, or what is wrong with the line; so all of these. */
export function parseTimeCommand(name: TimeCommandName): (rest: string) => FactCommand | Wrong {
  return (rest) => {
    if (rest === "") return { why: saying("say when, such as {examples}", { examples: TIME_EXAMPLES }) };
    const time = readTime(rest.replace(/^at\s+/iu, ""));
    if (!time.ok) return time;
    return time.rest === ""
      ? { name, time: time.time }
      : { why: saying("{text} is too much; write a time and nothing else", { text: quoted(time.rest) }) };
  };
}

export function parseNote(rest: string): FactCommand | Wrong {
  const timed = /^at\s+(?=\d|today\b|yesterday\b|now\b|just\s+now\b|an?\s+\w+\s+ago\b)/iu.exec(rest);
  if (timed === null) return note(null, rest);
  const time = readTime(rest.slice(timed[0].length));
  return time.ok ? note(time.time, time.rest) : time;
}

function note(time: SpokenTime | null, text: string): FactCommand | Wrong {
  if (text === "") return { why: saying("say what happened") };
  return text.length > LONGEST_NOTE
    ? { why: saying("write at most {count} characters", { count: LONGEST_NOTE }) }
    : { name: "note", time, text };
}

export function parseImpact(rest: string): FactCommand | Wrong {
  const pairs = readPairs(rest, ["revenue", "share", "tickets", "users", "from"]);
  if ("why" in pairs) return pairs;
  const revenue = optional(pairs.get("revenue"), parseRate);
  const share = optional(pairs.get("share"), parseShare);
  const tickets = optional(pairs.get("tickets"), parseCount("tickets"));
  const users = optional(pairs.get("users"), parseUsers);
  const from = optional(pairs.get("from"), parseFrom);
  const wrong = [revenue, share, tickets, users, from].find((each) => isWrong(each));
  if (isWrong(wrong)) return wrong;
  if (from !== null && share === null) {
    return { why: saying("from says since when a share holds, so name the share, too") };
  }
  return {
    name: "impact",
    revenue: right(revenue),
    share: right(share),
    from: right(from),
    tickets: right(tickets),
    users: right(users),
  };
}

export function parseMetric(rest: string): FactCommand | Wrong {
  const named = /^(?:"([^"]*)"|“([^”]*)”|`([^`]*)`|([^\s="“”`]+)(?=\s))\s*/u.exec(rest);
  const metric = (named?.[1] ?? named?.[2] ?? named?.[3] ?? named?.[4] ?? "").replace(/\s+/gu, " ").trim();
  if (named === null || metric === "") {
    return { why: saying('name the metric first, such as "success rate"') };
  }
  if (metric.length > LONGEST_NAME) {
    return { why: saying("name the metric with at most {count} characters", { count: LONGEST_NAME }) };
  }
  const pairs = readPairs(rest.slice(named[0].length), ["before", "after", "target"]);
  if ("why" in pairs) return pairs;
  const before = optional(pairs.get("before"), parseQuantity("before"));
  const after = optional(pairs.get("after"), parseQuantity("after"));
  const target = optional(pairs.get("target"), parseTarget);
  const wrong = [before, after, target].find((each) => isWrong(each));
  if (isWrong(wrong)) return wrong;
  return { name: "metric", metric, before: right(before), after: right(after), target: right(target) };
}

/** A commit by its SHA, with or without its address, or words. */
export function parseCause(rest: string): FactCommand | Wrong {
  if (rest === "") return { why: saying("name the commit by its SHA, or say the cause in words") };
  const sha = /^`?(?:https?:\/\/[^\s`]+\/commits?\/)?([0-9a-f]{7,40})`?$/iu.exec(rest)?.[1];
  if (sha !== undefined) return { name: "cause", what: { sha: sha.toLowerCase() } };
  return rest.length > LONGEST_NOTE
    ? { why: saying("write at most {count} characters", { count: LONGEST_NOTE }) }
    : { name: "cause", what: { text: rest } };
}

function parseRate(text: string): Rate | Wrong {
  const wrong = (phrase: RatePhrase): Wrong => ({ why: saying(phrase, { text: quoted(text) }) });
  const per = /(?:\/|\bper\b|\ban?\b)\s*(h|hr|hour|m|min|minute)\s*$/iu.exec(text)?.[1];
  if (per === undefined) {
    return wrong(
      "revenue={text} does not say by what time; write it by the hour or minute, such as 50000/h or EUR833/min",
    );
  }
  const amount = parseAmount(text);
  if (!amount.ok || amount.value <= 0) {
    return wrong(
      "revenue={text} is no amount of money; write digits, more than zero and below 1,000,000,000,000 an hour, such as 50000/h or EUR833/min",
    );
  }
  if (amount.currency !== null && !CURRENCIES.has(amount.currency)) {
    return wrong("revenue={text} is in no currency that there is; write a code such as EUR");
  }
  const statedPer = per.toLowerCase().startsWith("h") ? "hour" : "minute";
  return { perHour: amount.value, statedPer, currency: amount.currency };
}

type RatePhrase = Extract<Phrase, `revenue={text}${string}`>;

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

function parseUsers(text: string): string | Wrong {
  const users = text.replace(/\s+/gu, " ").trim();
  const isNoNumber = /^(?:nan|[-+]?infinity|null|undefined)$/iu.test(users) || /^[-−]\s*\d/u.test(users);
  const percent = /^([\d.,]+)\s*%/u.exec(users)?.[1];
  const isTooMany = percent !== undefined && !(Number(percent.replace(",", ".")) <= 100);
  const isUnreadable = /^[\d.,'\s]+$/u.test(users) && typeof parseCount("users")(users) !== "number";
  return users === "" || users.length > LONGEST_USERS || isNoNumber || isTooMany || isUnreadable
    ? {
        why: saying(
          'users={text} says not how many; write a number from 0 on such as users="1,200", a share up to 100%, or a few words such as users="all buyers"',
          { text: quoted(text) },
        ),
      }
    : users;
}

function parseFrom(text: string): SpokenTime | "start" | Wrong {
  if (/^(?:the\s+)?start$/iu.test(text.trim())) return "start";
  const time = readTime(text.trim());
  if (!time.ok) return { why: time.why };
  return time.rest === ""
    ? time.time
    : { why: saying("{text} is too much; write a time and nothing else", { text: quoted(time.rest) }) };
}

function optional<Value>(
  text: string | undefined,
  parse: (text: string) => Value | Wrong,
): Value | Wrong | null {
  return text === undefined ? null : parse(text);
}

function isWrong(value: unknown): value is Wrong {
  return typeof value === "object" && value !== null && "why" in value;
}

function right<Value>(value: Value | Wrong | null): Value | null {
  return isWrong(value) ? null : value;
}
