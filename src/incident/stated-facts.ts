import type { Command, CommandOf } from "./command.ts";
import { type Rate, STATED_TIMES, type TimeCommandName } from "./fact-commands.ts";
import type { StatedTime } from "./facts/incident-times.ts";
import type { MetricFacts } from "./facts/metric-facts.ts";
import type { CorrectionFacts, StatementFacts } from "./facts/statement-facts.ts";
import { type EndTime, isEndTime } from "./is-end-time.ts";
import { metricsOf } from "./metrics.ts";
import type { Share } from "./quantity.ts";
import { type AcceptedCommand, acceptedCommands } from "./replies.ts";
import type { IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";

/** What people said with commands, each as it holds now. */
export interface StatedFacts {
  readonly times: Readonly<Record<StatedTime, SaidTime | null>>;
  readonly corrections: readonly CorrectionFacts[];
  /** Ends that people gave before another round was opened: it went on, so they hold no more. */
  readonly overtaken: readonly OvertakenTime[];
  readonly notes: readonly (StatementFacts & { readonly happenedAt: Instant; readonly text: string })[];
  readonly revenue: (Rate & { readonly said: StatementFacts }) | null;
  /** In the order in which they were said. */
  readonly shares: readonly SaidShare[];
  readonly tickets: number | null;
  readonly users: string | null;
  readonly metrics: readonly MetricFacts[];
  /** The SHA whole, or words. */
  readonly cause:
    | (StatementFacts & { readonly what: { readonly sha: string } | { readonly text: string } })
    | null;
}

export interface SaidTime extends StatementFacts {
  readonly time: Instant;
}

export interface OvertakenTime extends SaidTime {
  readonly what: EndTime;
}

/** `from` null: since the impact started. */
export interface SaidShare extends Share {
  readonly from: Instant | null;
  readonly said: StatementFacts;
}

/** What is recorded of a share that holds since the impact started. */
export const FROM_START = "start";

/**
 * @param fromForm when the impact started, as the issue says
 * @param round the last one: what people said before it was opened ended nothing
 */
export function statedFactsOf(state: IncidentState, fromForm: Instant | null, round: number): StatedFacts {
  return statedIn(acceptedCommands(state), fromForm, round);
}

/** The later word holds. Instants and SHAs are those that were recorded: what people wrote may read otherwise by now. */
export function statedIn(
  commands: readonly AcceptedCommand[],
  fromForm: Instant | null = null,
  round = 1,
): StatedFacts {
  const notes: StatedFacts["notes"][number][] = [];
  const shares: SaidShare[] = [];
  let revenue: StatedFacts["revenue"] = null;
  let tickets: number | null = null;
  let users: string | null = null;
  let cause: StatedFacts["cause"] = null;
  for (const each of commands) {
    const { command, basis } = each;
    const said: StatementFacts = { by: each.actor, at: each.at, url: each.url };
    switch (command.name) {
      case "note":
        if (isInstant(basis)) notes.push({ ...said, happenedAt: basis, text: command.text });
        break;
      case "impact":
        if (command.revenue !== null) revenue = { ...command.revenue, said };
        if (command.share !== null && (isInstant(basis) || basis === FROM_START)) {
          shares.push({ ...command.share, from: basis === FROM_START ? null : basis, said });
        }
        tickets = command.tickets ?? tickets;
        users = command.users ?? users;
        break;
      case "cause":
        if ("text" in command.what) cause = { ...said, what: command.what };
        else if (basis !== null) cause = { ...said, what: { sha: basis } };
        break;
      default:
        break;
    }
  }
  return {
    ...saidTimes(commands, fromForm, round),
    notes,
    revenue,
    shares,
    tickets,
    users,
    metrics: metricsOf(commands),
    cause,
  };
}

/** Times, and what became of those that do not hold any more. */
function saidTimes(
  commands: readonly AcceptedCommand[],
  fromForm: Instant | null,
  round: number,
): Pick<StatedFacts, "times" | "corrections" | "overtaken"> {
  const times: Record<StatedTime, SaidTime | null> = {
    impactStarted: null,
    detected: null,
    recovered: null,
    verified: null,
  };
  const corrections: CorrectionFacts[] = [];
  const overtaken = new Map<string, OvertakenTime>();
  for (const { command, basis, actor, at, url, round: saidIn } of commands) {
    if (!isTimeCommand(command) || !isInstant(basis)) continue;
    const said: StatementFacts = { by: actor, at, url };
    const what = STATED_TIMES[command.name];
    if (saidIn < round && isEndTime(what)) {
      overtaken.set(`${saidIn} ${what}`, { ...said, what, time: basis });
      continue;
    }
    const before = times[what]?.time ?? (what === "impactStarted" ? fromForm : null);
    if (before !== null && before !== basis) corrections.push({ ...said, what, from: before, to: basis });
    times[what] = { ...said, time: basis };
  }
  return { times, corrections, overtaken: [...overtaken.values()] };
}

function isTimeCommand(command: Command): command is CommandOf<TimeCommandName> {
  return Object.hasOwn(STATED_TIMES, command.name);
}

function isInstant(text: string | null): text is Instant {
  return (
    text !== null && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u.test(text) && !Number.isNaN(Date.parse(text))
  );
}
