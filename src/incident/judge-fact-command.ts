import type { Config } from "../config/schema.ts";
import { inWords, type SpokenTime, understood } from "./clock-time.ts";
import { commitGraphOf } from "./commit-graph.ts";
import type { CommandOf } from "./commands.ts";
import { type FactCommand, type Rate, STATED_TIMES } from "./fact-commands.ts";
import type { IncidentFacts, Quantity, StatedTime } from "./facts.ts";
import type { CommandVerdict } from "./judge-command.ts";
import { metricKey } from "./metrics.ts";
import { FROM_START, type StatedFacts, statedIn } from "./stated-facts.ts";
import { impossibleOrder } from "./order-of-times.ts";
import { type AcceptedCommand, acceptedCommands } from "./replies.ts";
import { type Phrase, said, type Say, sayIn } from "./say.ts";
import type { CommentFacts, IncidentState, Instant } from "./state.ts";

/** What came before a command: its comment, and what was accepted of the lines above it. */
export interface Heard {
  readonly comment: CommentFacts;
  readonly earlier: readonly AcceptedCommand[];
}

const YEAR = 366 * 86_400_000;
const MOST_METRICS = 20;

const SAID = {
  impactStarted: "impact started {time}",
  detected: "it was detected {time}",
  recovered: "it recovered {time}",
  verified: "recovery was verified {time}",
} as const satisfies Readonly<Record<StatedTime, Phrase>>;

/** Whether what somebody says can be. What is recorded beside the line is the instant or the SHA that was understood. */
export function judgeFactCommand(
  command: FactCommand,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
  heard: Heard,
): CommandVerdict {
  const stated = statedIn([...acceptedCommands(state), ...heard.earlier]);
  switch (command.name) {
    case "impact-started":
    case "detected":
    case "recovered":
    case "verified":
      return time(command, state, config, facts, heard, stated);
    case "note":
      return note(command, state, config, heard);
    case "impact":
      return impact(command, state, config, facts, heard, stated);
    case "metric":
      return metric(sayIn(config.locale), command, stated);
    case "cause":
      return cause(sayIn(config.locale), command, state);
  }
}

function time(
  command: CommandOf<"impact-started" | "detected" | "recovered" | "verified">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
  heard: Heard,
  stated: StatedFacts,
): CommandVerdict {
  const when = placed(command.time, state, config, heard);
  if (!when.ok) return when;
  const what = STATED_TIMES[command.name];
  const before = timeOf(what, facts, stated);
  const say = sayIn(config.locale);
  const order = impossibleOrder(what, {
    impactStarted: timeOf("impactStarted", facts, stated),
    detected: timeOf("detected", facts, stated),
    recovered: timeOf("recovered", facts, stated),
    verified: timeOf("verified", facts, stated),
    declared: facts.times.declared,
    [what]: when.at,
  });
  if (order !== null) return refused(said(order.why, config.locale), said(order.nextStep, config.locale));
  const then = say(SAID[what], { time: inZone(when.at, config) });
  if (before === null) return { ok: true, basis: when.at, what: then };
  return {
    ok: true,
    basis: when.at,
    what:
      before === when.at
        ? say("{said}, as was known", { said: then })
        : say("{said}, and not {before}; the correction is in the timeline", {
            said: then,
            before: inWords(before),
          }),
  };
}

/** Of this pass, what was just said included. */
function timeOf(what: StatedTime, facts: IncidentFacts, stated: StatedFacts): Instant | null {
  return stated.times[what]?.time ?? facts.times[what];
}

function note(
  command: CommandOf<"note">,
  state: IncidentState,
  config: Config,
  heard: Heard,
): CommandVerdict {
  const say = sayIn(config.locale);
  if (command.time === null) {
    const what = say("it is in the timeline, at the time of your comment");
    return { ok: true, basis: heard.comment.createdAt, what };
  }
  const when = placed(command.time, state, config, heard);
  if (!when.ok) return when;
  const time = inZone(when.at, config);
  return { ok: true, basis: when.at, what: say("it is in the timeline, at {time}", { time }) };
}

function impact(
  command: CommandOf<"impact">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
  heard: Heard,
  stated: StatedFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  if (command.revenue !== null && !state.repository.isPrivate && !config.public.money) {
    return refused(
      say("this repository is public, so no figure of money is kept or shown here"),
      say("Write it without the revenue, or set `public.money` in `.github/hotfix.yml` first"),
    );
  }
  const since = sinceWhen(command, state, config, heard, stated);
  if (!since.ok) return since;
  const { at } = since;
  if (at !== FROM_START && command.share !== null) {
    const started = timeOf("impactStarted", facts, stated);
    const recovered = timeOf("recovered", facts, stated);
    if (started !== null && Date.parse(at) < Date.parse(started)) {
      return refused(
        say("a share cannot hold from {from}, because the impact started {started}", {
          from: inWords(at),
          started: inWords(started),
        }),
        say("Write from=start, or correct the start with `/hotfix impact-started <time>` first"),
      );
    }
    if (recovered !== null && Date.parse(at) >= Date.parse(recovered)) {
      return refused(
        say("a share cannot hold from {from}, because it recovered {recovered}", {
          from: inWords(at),
          recovered: inWords(recovered),
        }),
        say("Write since when with from=<time>, or correct the other with `/hotfix recovered <time>` first"),
      );
    }
  }
  const words = [
    ...(command.revenue === null ? [] : [rateInWords(command.revenue, config, facts)]),
    ...(command.share === null ? [] : [shareInWords(command.share, at, config, stated)]),
    ...(command.tickets === null ? [] : [say("{count} tickets", { count: figure(command.tickets) })]),
    ...(command.users === null ? [] : [say("users affected: {users}", { users: command.users })]),
  ];
  return {
    ok: true,
    ...(command.share !== null && { basis: at }),
    what: say("noted: {facts}", { facts: words.join(", ") }),
  };
}

/** The first share that is said holds from the start, a later one from its comment on, unless somebody says otherwise. */
function sinceWhen(
  command: CommandOf<"impact">,
  state: IncidentState,
  config: Config,
  heard: Heard,
  stated: StatedFacts,
): Placed {
  if (command.from === "start" || (command.from === null && stated.shares.length === 0)) {
    return { ok: true, at: FROM_START };
  }
  if (command.from === null) return { ok: true, at: heard.comment.createdAt };
  return placed(command.from, state, config, heard);
}

function rateInWords({ perHour, statedPer, currency }: Rate, config: Config, facts: IncidentFacts): string {
  const service = facts.service === null ? undefined : config.services[facts.service];
  const amount = figure(statedPer === "hour" ? perHour : perHour / 60);
  const code = currency ?? facts.impact?.currency ?? service?.currency ?? config.revenue.currency;
  const say = sayIn(config.locale);
  return statedPer === "hour"
    ? say("{amount} an hour", { amount: `${code} ${amount}` })
    : say("{amount} a minute", { amount: `${code} ${amount}` });
}

function shareInWords(
  { least, most }: NonNullable<CommandOf<"impact">["share"]>,
  from: Instant,
  config: Config,
  stated: StatedFacts,
): string {
  const say = sayIn(config.locale);
  const share = least === most ? `${figure(least * 100)}%` : `${figure(least * 100)}–${figure(most * 100)}%`;
  if (from === FROM_START) return say("{share} of it since the impact started", { share });
  const time = inZone(from, config);
  return stated.shares.length === 0
    ? say("{share} of it from {time} on, and before that the whole, until somebody says otherwise", {
        share,
        time,
      })
    : say("{share} of it from {time} on", { share, time });
}

function metric(say: Say, command: CommandOf<"metric">, stated: StatedFacts): CommandVerdict {
  const known = stated.metrics.find((each) => metricKey(each.name) === metricKey(command.metric));
  if (known === undefined && stated.metrics.length >= MOST_METRICS) {
    return refused(
      say("there are {count} metrics already", { count: MOST_METRICS }),
      say("Use one of their names"),
    );
  }
  const parts: readonly (readonly [string, Quantity | null])[] = [
    ["before", command.before ?? known?.before ?? null],
    ["after", command.after ?? known?.after ?? null],
    ["target", command.target ?? known?.target ?? null],
  ];
  const given = parts.flatMap(([name, quantity]) => (quantity === null ? [] : [{ name, ...quantity }]));
  const other = given.find((each) => each.unit !== given[0]!.unit);
  if (other !== undefined) {
    const unit = (each: { readonly unit: string }) => (each.unit === "" ? say("no unit") : each.unit);
    return refused(
      say("{one} is in {unit} and {other} in {otherUnit}, so they cannot be compared", {
        one: given[0]!.name,
        unit: unit(given[0]!),
        other: other.name,
        otherUnit: unit(other),
      }),
      say("Write all of them in one unit"),
    );
  }
  const figures = given.map((each) => `${each.name} ${figure(each.value)}${each.unit}`).join(", ");
  return { ok: true, what: `${known?.name ?? command.metric}: ${figures}` };
}

function cause(say: Say, { what }: CommandOf<"cause">, state: IncidentState): CommandVerdict {
  if ("text" in what) {
    return { ok: true, what: say("the cause is in the report, as you said it") };
  }
  const commits = new Map(
    [
      ...commitGraphOf(state).values(),
      ...state.suspects,
      ...(state.lookedUp ?? []).map((each) => each.commit),
    ]
      .filter((commit) => commit.sha.startsWith(what.sha))
      .map((commit) => [commit.sha, commit]),
  );
  const [commit, another] = commits.values();
  if (commit === undefined) {
    return refused(
      say("there is no commit `{sha}` in this repository", { sha: what.sha }),
      say("Copy the SHA from the list of commits, or say the cause in words"),
    );
  }
  if (another !== undefined) {
    return refused(
      say("`{sha}` begins the names of several commits", { sha: what.sha }),
      say("Write more of it"),
    );
  }
  return {
    ok: true,
    basis: commit.sha,
    what: say("`{sha}` is the confirmed cause; its lines and the version that carried it are in the report", {
      sha: commit.sha.slice(0, 7),
    }),
  };
}

function placed(time: SpokenTime, state: IncidentState, config: Config, { comment }: Heard): Placed {
  const when = understood(time, comment.createdAt, config.timezone ?? "UTC");
  const { locale } = config;
  if (!when.ok) return refused(said(when.why, locale), said(when.nextStep, locale));
  if (Date.parse(when.at) >= Date.parse(state.issue.createdAt) - YEAR) return when;
  const say = sayIn(locale);
  return refused(
    say("{time} is more than a year before the issue was opened, {opened}", {
      time: inWords(when.at),
      opened: inWords(state.issue.createdAt),
    }),
    say("Write the time with its right date, or say it in a note without one"),
  );
}

type Placed = { readonly ok: true; readonly at: Instant } | Refused;
type Refused = Extract<CommandVerdict, { readonly ok: false }>;

function inZone(at: Instant, config: Config): string {
  if (config.timezone === undefined || config.timezone === "UTC") return inWords(at);
  const local = new Intl.DateTimeFormat("en-GB", {
    timeZone: config.timezone,
    hourCycle: "h23",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(Date.parse(at));
  return sayIn(config.locale)("{time} ({local} in {zone})", {
    time: inWords(at),
    local,
    zone: config.timezone,
  });
}

function figure(value: number): string {
  return new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 }).format(value);
}

function refused(why: string, nextStep: string): Refused {
  return { ok: false, why, nextStep };
}
