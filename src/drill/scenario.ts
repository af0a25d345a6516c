import type { Stage } from "./stage.ts";

/** A scripted incident. `play` throws `UnmetExpectation` when the product did not do what the script expects. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  play(stage: Stage): Promise<void>;
}
