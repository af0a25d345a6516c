import type { Config } from "../config/schema.ts";
import { inWords } from "./clock-time.ts";
import { type CommandVerdict, refused } from "./command-verdict.ts";
import type { CommandOf } from "./command.ts";
import type { Rate } from "./fact-commands.ts";
import type { IncidentFacts } from "./facts.ts";
import { figure } from "./figure.ts";
import { inTeamZone } from "./in-team-zone.ts";
import { type Placed, placedTime } from "./placed-time.ts";
import { mayShowMoney, noMoneyHere } from "./public-money.ts";
import { sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";
import type { CommentFacts } from "./state/issue-facts.ts";
import { FROM_START, type StatedFacts, statedFactsOf } from "./stated-facts.ts";

/** Whether what somebody says of the impact can be. */
export function judgeImpactCommand(
  command: CommandOf<"impact">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
  comment: CommentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  if (command.revenue !== null && !mayShowMoney(state, config)) {
    const { why, nextStep } = noMoneyHere(config);
    return refused(why, nextStep);
  }
  const stated = statedFactsOf(state, null, facts.rounds.at(-1)!.number);
  const since = sinceWhen(command, state, config, comment, stated);
  if (!since.ok) return since;
  const { at } = since;
  if (at !== FROM_START && command.share !== null) {
    const started = facts.times.impactStarted;
    const recovered = facts.times.recovered;
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
  comment: CommentFacts,
  stated: StatedFacts,
): Placed {
  if (command.from === "start" || (command.from === null && stated.shares.length === 0)) {
    return { ok: true, at: FROM_START };
  }
  if (command.from === null) return { ok: true, at: comment.createdAt };
  return placedTime(command.from, state, config, comment);
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
  const time = inTeamZone(from, config);
  return stated.shares.length === 0
    ? say("{share} of it from {time} on, and before that the whole, until somebody says otherwise", {
        share,
        time,
      })
    : say("{share} of it from {time} on", { share, time });
}
