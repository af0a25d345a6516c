import type { StatementFacts } from "./statement-facts.ts";

export interface MetricFacts extends StatementFacts {
  readonly name: string;
  readonly before: Quantity | null;
  readonly after: Quantity | null;
  readonly target: Quantity | null;
  /** null: no target, no value after, or nothing tells which way is better. */
  readonly met: boolean | null;
}

/** `97 %`, `1,200 ms`: the number, and its unit as it was written, which may be empty. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}
