import type { TurningPoint } from "../../documents/renderer.ts";
import type { Action } from "../action.ts";
import { ourMarker } from "../comment-marker.ts";
import type { RoundFacts } from "../facts/round-facts.ts";
import { fingerprint } from "../fingerprint.ts";
import { isLanded } from "../phase.ts";
import type { Problem, ShellCommand } from "../state/problem.ts";
import { awaitsForecast } from "./settle-conflicts.ts";
import { hasRelease, isReleaseSettled } from "./publish-release.ts";
import { wasTold } from "../told.ts";
import type { Situation } from "./rule.ts";

/** Refusals that change nothing about the way of the fix: the status comment is enough for them. */
const QUIET_REFUSALS = [
  "write-status",
  "post-comment:",
  "close-issue",
  "delete-branch:",
  "request-review:",
  "assign:",
  "report-forecast:",
  "propose-change:",
  "withdraw-proposal:",
];

/** Problems that were found by looking and stop something, so that somebody must be told. */
const LOUD_CODES = new Set([
  "production-missing",
  "repository-empty",
  "permission-missing",
  "integration-missing",
  "merge-not-on-production",
  "merge-differs",
  "merged-elsewhere",
  "back-merge-blocked",
]);

interface Turn {
  /** With the point's kind, what makes it one comment for ever. */
  readonly key: Readonly<Record<string, string>>;
  readonly point: TurningPoint;
}

/** One short comment for each turning point, because an edited comment notifies nobody. */
export function turningPoints(situation: Situation): readonly Action[] {
  return configurationTurns(situation)
    .concat(
      situation.facts.rounds.flatMap((round) => roundTurns(situation, round)),
      blockedTurns(situation),
    )
    .flatMap((turn) => post(situation, turn));
}

/** The only turning point of an incident for which no code may be written. */
export function configurationTurningPoint(situation: Situation): readonly Action[] {
  return configurationTurns(situation).flatMap((turn) => post(situation, turn));
}

function post({ state, facts, frozen, render }: Situation, { key, point }: Turn): readonly Action[] {
  if (wasTold(state, point.kind, key)) return [];
  const marker = ourMarker(facts.number, point.kind, key, frozen);
  return [
    {
      kind: "post-comment",
      on: facts.number,
      marker,
      body: `${marker}\n${render.turningPoint(facts, point)}`,
    },
  ];
}

function configurationTurns({ state }: Situation): readonly Turn[] {
  const { problems, usable } = state.configuration;
  return problems.length === 0
    ? []
    : [
        {
          key: { problems: fingerprint(problems.join("\n")) },
          point: { kind: "configuration", problems, codeIsOff: !usable },
        },
      ];
}

function roundTurns(situation: Situation, round: RoundFacts): readonly Turn[] {
  const key = { round: String(round.number) };
  const pull = round.pullRequest;
  const turns: Turn[] = [];
  if (pull?.state === "open" && !pull.isDraft && round.hasFix) {
    turns.push({ key, point: { kind: "ready", round: round.number } });
  }
  if (round.isEmptyMerge) turns.push({ key, point: { kind: "empty-merge", round: round.number } });
  if (isReleaseSettled(situation, round)) {
    // What the comment said about the release must not make it another comment.
    const release = hasRelease(situation, round) ? "yes" : "no";
    if (!wasTold(situation.state, "released", key)) {
      const skipped = skippedTags(situation);
      const point = {
        kind: "released",
        round: round.number,
        ...(skipped.length > 0 && { skipped }),
      } as const;
      turns.push({ key: { ...key, release }, point });
    }
  }
  const isAwaited = situation.state.isAdvanced === true && awaitsForecast(situation, round);
  for (const each of round.backMerges.filter(({ state }) => state === "conflict" && !isAwaited)) {
    turns.push({
      key: { ...key, target: each.target },
      point: { kind: "conflict", round: round.number, target: each.target },
    });
  }
  if (isLanded(round) && round.tag !== null && situation.state.isAdvanced === undefined) {
    turns.push({ key, point: { kind: "landed", round: round.number } });
  }
  return turns;
}

/** Why the version is not the next one (faults.md F18): known in the pass that met it only, which is the one that tells of the release. */
function skippedTags({ state }: Situation): readonly string[] {
  return Object.values(state.refusals)
    .filter((problem) => problem.code === "tag-taken")
    .map((problem) => problem.sentence);
}

/** One for each kind of obstacle, however many actions it stopped. */
function blockedTurns({ state, facts }: Situation): readonly Turn[] {
  const refused = Object.entries(state.refusals)
    .filter(([key]) => !QUIET_REFUSALS.some((quiet) => key.startsWith(quiet)))
    .map(([, problem]) => problem)
    .filter(
      (problem) => !problem.transient && problem.code !== "merge-conflict" && problem.code !== "tag-taken",
    );
  // What was refused is judged above: small and passing refusals stay quiet whatever their code.
  const judged = new Set(
    Object.values(state.refusals).map((problem) => `${problem.code} ${problem.sentence}`),
  );
  const found = facts.problems.filter(
    (problem) => LOUD_CODES.has(problem.code) && !judged.has(`${problem.code} ${problem.sentence}`),
  );
  const byKey = new Map<string, { round: string; problem: Problem; commands: readonly ShellCommand[] }>();
  for (const problem of [...found, ...refused]) {
    const round = String(facts.rounds.at(-1)!.number);
    const name = problem.code === "back-merge-blocked" ? fingerprint(problem.sentence) : "";
    const key = `${problem.code}${name}`;
    const first = byKey.get(key);
    const commands = [...(first?.commands ?? []), ...(problem.commands ?? [])];
    byKey.set(key, { round, problem: first?.problem ?? problem, commands });
  }
  return [...byKey].map(([code, { round, problem, commands }]) => ({
    key: { code, round },
    point: {
      kind: "blocked",
      code: problem.code,
      sentence: problem.sentence,
      nextStep: problem.nextStep,
      ...(commands.length > 0 && { commands }),
    },
  }));
}
