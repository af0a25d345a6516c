import type { IncidentFacts } from "../../incident/facts.ts";
import { recoveredAt } from "../../incident/times.ts";

/** One stretch of the way, named by what ended it. */
export interface PhaseView {
  readonly until:
    | "detected"
    | "declared"
    | "acknowledged"
    | "fixed"
    | "merged"
    | "released"
    | "deployed"
    | "recovered"
    | "landed";
  readonly from: string;
  readonly to: string;
}

/** What was not observed is skipped: its time counts to the next thing that was. */
export function phasesOf({ times }: IncidentFacts): readonly PhaseView[] {
  const ends = [
    ["detected", times.impactStarted === null ? null : times.detected],
    ["declared", times.impactStarted === null ? null : times.declared],
    ["acknowledged", times.acknowledged],
    ["fixed", times.firstFixPushed],
    ["merged", times.merged],
    ["released", times.released],
    ["deployed", times.deployed],
    ["recovered", recoveredAt(times)],
    ["landed", times.landed],
  ] as const;
  const phases: PhaseView[] = [];
  let from = times.impactStarted ?? times.declared;
  // What people said may lie before what was observed: the bars follow one another in time.
  const known = ends
    .flatMap(([until, to]) => (to === null ? [] : [{ until, to }]))
    .toSorted((one, other) => Date.parse(one.to) - Date.parse(other.to));
  for (const { until, to } of known) {
    if (Date.parse(to) < Date.parse(from)) continue;
    phases.push({ until, from, to });
    from = to;
  }
  return phases;
}
