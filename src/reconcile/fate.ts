import { InstallationGone, Parked } from "../github/parked.ts";
import { isServerFault } from "../github/server-fault.ts";

/** What becomes of a pass that failed: design section 6. What a user can mend is no failure; it stands in the status comment. */
export type Fate =
  /** Not before `at` (milliseconds since the epoch), and not counted: the budget is spent. */
  | { readonly kind: "postpone"; readonly at: number; readonly urgency: number }
  /** Nothing can be done until the app is installed again, which is news. */
  | { readonly kind: "drop" }
  /** GitHub's side failed, or is not ready. */
  | { readonly kind: "transient" }
  /** Ours. */
  | { readonly kind: "bug" };

/** Thrown at the end of a pass that did everything else: what is left may work in a while. */
export class Unfinished extends Error {
  override readonly name = "Unfinished";
  /** For the log line of the pass. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(message: string, fields: Readonly<Record<string, unknown>>) {
    super(message);
    this.fields = fields;
  }
}

export function fateOf(error: unknown): Fate {
  if (error instanceof Parked) return { kind: "postpone", at: error.until, urgency: error.urgency };
  if (error instanceof InstallationGone) return { kind: "drop" };
  if (error instanceof Unfinished || isServerFault(error)) return { kind: "transient" };
  return { kind: "bug" };
}
