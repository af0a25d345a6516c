import { join, resolve } from "node:path";
import { UnmetExpectation } from "./eventually.ts";
import { Narrator } from "./narrator.ts";
import type { Pace } from "./pace.ts";
import type { Scenario } from "./scenario.ts";
import { checkoutOutage } from "./scenarios/checkout-outage.ts";
import { paymentTimeout } from "./scenarios/payment-timeout.ts";
import { type Cast, Stage } from "./stage.ts";

export const scenarios: readonly Scenario[] = [checkoutOutage, paymentTimeout];

const cast: readonly Cast[] = [
  { login: "sara", role: "triage" },
  { login: "ben", role: "push" },
  { login: "olga", role: "maintain" },
];

export interface DrillOptions {
  readonly scenario: Scenario;
  /** Parent of the folder that the drill leaves behind. */
  readonly folder: string;
  readonly searchPath: string;
  readonly write: (line: string) => void;
  readonly pace: Pace;
}

/** Plays one scenario. Resolves to the exit code: 0 when every expectation of the script came true, else 1. */
export async function runDrill(options: DrillOptions): Promise<0 | 1> {
  const folder = resolve(options.folder, options.scenario.name);
  const narrator = new Narrator(options.write);
  options.write(`Drill ${options.scenario.name}: ${options.scenario.summary}`);
  options.write("A stand-in for GitHub and the real app run on this machine; no network, no credentials.");
  const { pace, searchPath } = options;
  options.write(`Seed ${pace.seed}, speed ${pace.speed}.`);
  const stage = await Stage.open({ folder, narrator, cast, searchPath, pace });
  try {
    await options.scenario.play(stage);
    await stage.standIn.idle();
    if (stage.standIn.violations.length > 0) {
      narrator.heading("Requests or answers that GitHub's own description does not allow");
      for (const violation of stage.standIn.violations) narrator.quote(JSON.stringify(violation));
      return 1;
    }
    narrator.heading(`Done: label to closed in ${narrator.seconds.toFixed(1)} s, every expectation met`);
    return 0;
  } catch (error) {
    if (!(error instanceof UnmetExpectation)) throw error;
    narrator.heading(`FAILED after ${narrator.seconds.toFixed(1)} s: ${error.message}`);
    options.write(`The app's log: ${join(folder, "app.log")}`);
    return 1;
  } finally {
    await stage.close();
    options.write("");
    options.write(
      `Look around: cd ${join(folder, "clones", "olga")} && git log --graph --all --oneline --decorate`,
    );
  }
}
