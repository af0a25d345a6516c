import type { Paste } from "./state/problem.ts";

/** Whether a command of somebody who may give it makes sense now. Sentences go on after the command's line: no capital, no full stop. */
export type CommandVerdict =
  | {
      readonly ok: true;
      readonly what: string;
      /** Where it is not about the current round. */
      readonly round?: number;
      readonly branch?: string;
      /** Fingerprint of what it is about, where it is about nothing else; of an action item its day, of what people say the instant or SHA that was understood. */
      readonly basis?: string;
    }
  | {
      readonly ok: false;
      readonly why: string;
      readonly nextStep: string;
      /** What a person can do instead. */
      readonly paste?: Paste;
    };

/** `why` and `nextStep` are written as they are said: translated, without capital and full stop. */
export function refused(why: string, nextStep: string): CommandVerdict {
  return { ok: false, why, nextStep };
}
