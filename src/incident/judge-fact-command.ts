import type { Config } from "../config/schema.ts";
import { inWords } from "./clock-time.ts";
import { type CommandVerdict, refused } from "./command-verdict.ts";
import { commitGraphOf } from "./commit-graph.ts";
import type { CommandOf } from "./command.ts";
import { type FactCommand, STATED_TIMES } from "./fact-commands.ts";
import type { IncidentFacts } from "./facts.ts";
import type { StatedTime } from "./facts/incident-times.ts";
import type { Quantity } from "./facts/metric-facts.ts";
import { figure } from "./figure.ts";
import { inTeamZone } from "./in-team-zone.ts";
import { isEndTime } from "./is-end-time.ts";
import { judgeImpactCommand } from "./judge-impact-command.ts";
import { metricKey } from "./metrics.ts";
import { impossibleOrder } from "./impossible-order.ts";
import { placedTime } from "./placed-time.ts";
import { roundSeen } from "./round-seen.ts";
import { type Phrase, said, type Say, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { CommentFacts } from "./state/issue-facts.ts";

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
  comment: CommentFacts,
): CommandVerdict {
  switch (command.name) {
    case "impact-started":
    case "detected":
    case "recovered":
    case "verified":
      return time(command, state, config, facts, comment);
    case "note":
      return note(command, state, config, comment);
    case "impact":
      return judgeImpactCommand(command, state, config, facts, comment);
    case "metric":
      return metric(sayIn(config.locale), command, facts);
    case "cause":
      return cause(sayIn(config.locale), command, state);
  }
}

function time(
  command: CommandOf<"impact-started" | "detected" | "recovered" | "verified">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
  comment: CommentFacts,
): CommandVerdict {
  const when = placedTime(command.time, state, config, comment);
  if (!when.ok) return when;
  const what = STATED_TIMES[command.name];
  const before = facts.times[what];
  const say = sayIn(config.locale);
  const order = impossibleOrder(what, {
    ...facts.times,
    [what]: when.at,
  });
  if (order !== null) return refused(said(order.why, config.locale), said(order.nextStep, config.locale));
  const then = say(SAID[what], { time: inTeamZone(when.at, config) });
  const open = facts.rounds.at(-1)!.number;
  const seen = isEndTime(what) ? roundSeen(state, commitGraphOf(state), facts.rounds, comment) : open;
  if (seen < open) {
    return {
      ok: true,
      basis: when.at,
      round: seen,
      what: say("{said}; that was round {seen}, and round {open} was opened after your comment", {
        said: then,
        seen,
        open: seen + 1,
      }),
    };
  }
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

function note(
  command: CommandOf<"note">,
  state: IncidentState,
  config: Config,
  comment: CommentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  if (command.time === null) {
    const what = say("it is in the timeline, at the time of your comment");
    return { ok: true, basis: comment.createdAt, what };
  }
  const when = placedTime(command.time, state, config, comment);
  if (!when.ok) return when;
  const time = inTeamZone(when.at, config);
  return { ok: true, basis: when.at, what: say("it is in the timeline, at {time}", { time }) };
}

function metric(say: Say, command: CommandOf<"metric">, facts: IncidentFacts): CommandVerdict {
  const known = facts.metrics.find((each) => metricKey(each.name) === metricKey(command.metric));
  if (known === undefined && facts.metrics.length >= MOST_METRICS) {
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
    const unit = (each: { readonly unit: string }) =>
      each.unit === "" ? say("has no unit") : say("is in {unit}", { unit: each.unit });
    return refused(
      say("{one} {unit} and {other} {otherUnit}, so they cannot be compared", {
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
