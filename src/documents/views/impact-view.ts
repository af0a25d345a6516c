import type { IncidentFacts } from "../../incident/facts.ts";
import type { LossRange } from "../../incident/facts/impact-facts.ts";
import type { MetricFacts } from "../../incident/facts/metric-facts.ts";
import { shareInWords } from "../../incident/share-in-words.ts";
import { formatQuantity } from "../quantity.ts";
import { capped } from "./incident-view.ts";
import type { StatementView } from "./statement-view.ts";
import { statementOrNull, statementView } from "./statement-view.ts";

/** How much of the service failed, for how long, what it cost by which method, and what was measured. */
export interface ImpactSection {
  readonly tickets: number | null;
  /** One share for the whole window; null: it changed, or all of it failed. */
  readonly share: string | null;
  readonly shareBy: StatementView | null;
  readonly range: { readonly low: number; readonly high: number } | null;
  /** What is open, in the order in which it is told. */
  readonly open: readonly LossRange["because"][number][];
  /** Shown where the share changed over time; empty otherwise. */
  readonly pieces: readonly PieceRow[];
  readonly morePieces: number;
  readonly metrics: readonly MetricRow[];
  readonly moreMetrics: number;
}

export interface PieceRow {
  readonly from: string;
  readonly to: string;
  readonly milliseconds: number;
  readonly share: string;
  /** null: no money is known, or it may not be shown. */
  readonly loss: number | null;
  readonly said: StatementView | null;
}

export interface MetricRow {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly target: string | null;
  readonly met: boolean | null;
  readonly said: StatementView;
}

const MOST_PIECES = 100;
const MOST_METRICS = 50;

export function impactSection(facts: IncidentFacts): ImpactSection {
  const { impact, shares } = facts;
  const single = shares.length === 1 ? shares[0]! : null;
  const pieces = capped(shares.length > 1 ? shares : [], MOST_PIECES);
  const metrics = capped(facts.metrics, MOST_METRICS);
  return {
    tickets: facts.tickets,
    share: single === null || single.statedBy === null ? null : shareInWords(single),
    shareBy: statementOrNull(facts, single?.statedBy ?? null),
    range: impact?.range ?? null,
    open: impact?.range?.because ?? [],
    pieces: pieces.shown.map((share, index) => ({
      from: share.from,
      to: share.to,
      milliseconds: share.milliseconds,
      share: shareInWords(share),
      loss: impact?.pieces[index]?.loss ?? null,
      said: statementOrNull(facts, share.statedBy),
    })),
    morePieces: pieces.more,
    metrics: metrics.shown.map((metric) => metricRow(facts, metric)),
    moreMetrics: metrics.more,
  };
}

function metricRow(facts: IncidentFacts, metric: MetricFacts): MetricRow {
  const { name, before, after, target, met } = metric;
  return {
    name,
    before: before === null ? null : formatQuantity(before),
    after: after === null ? null : formatQuantity(after),
    target: target === null ? null : formatQuantity(target),
    met,
    said: statementView(facts, metric),
  };
}
