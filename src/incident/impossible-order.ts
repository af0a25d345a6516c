import { inWords } from "./clock-time.ts";
import type { StatedTime } from "./facts/incident-times.ts";
import { type Phrase, type Saying, saying } from "./say.ts";
import type { Instant } from "./state/instant.ts";

type Ordered = StatedTime | "declared";

/**
 * What cannot come before what, and why. Recovery may be seen before it is there for everybody, so `verified` may be before `recovered`; it may come before
 * anybody noticed, so `recovered` may be before `detected`; and all of it may be over when it is declared.
 */
const RULES = [
  ["impactStarted", "detected", "it cannot have been detected {late}, before the impact started {early}"],
  ["impactStarted", "declared", "it was declared {late}, so the impact cannot have started later, {early}"],
  ["detected", "declared", "it was declared {late}, so it cannot have been detected later, {early}"],
  ["impactStarted", "recovered", "it cannot have recovered {late}, before the impact started {early}"],
  [
    "impactStarted",
    "verified",
    "recovery cannot have been verified {late}, before the impact started {early}",
  ],
  ["detected", "verified", "recovery cannot have been verified {late}, before it was detected {early}"],
] as const satisfies readonly (readonly [first: Ordered, then: Ordered, words: Phrase])[];

const COMMANDS: Readonly<Record<StatedTime, string>> = {
  impactStarted: "impact-started",
  detected: "detected",
  recovered: "recovered",
  verified: "verified",
};

/** The first rule that the new one of these times breaks, in words with both times; null: it can be so. */
export function impossibleOrder(
  said: StatedTime,
  times: Readonly<Record<StatedTime, Instant | null>> & { readonly declared: Instant },
): { readonly why: Saying; readonly nextStep: Saying } | null {
  for (const [first, then, words] of RULES) {
    if (first !== said && then !== said) continue;
    const [one, other] = [times[first], times[then]];
    if (one === null || other === null || Date.parse(one) <= Date.parse(other)) continue;
    return {
      why: saying(words, { early: inWords(one), late: inWords(other) }),
      nextStep: nextStep(first === said ? then : first),
    };
  }
  return null;
}

function nextStep(other: Ordered): Saying {
  return other === "declared"
    ? saying("Write a time that fits it")
    : saying("Write a time that fits it, or correct the other with `/hotfix {command} <time>` first", {
        command: COMMANDS[other],
      });
}
