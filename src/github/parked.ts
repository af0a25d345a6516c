/**
 * No budget left, or GitHub said to wait. The pass ends here; the worker parks the key durably until `until` (milliseconds since the
 * epoch) and starts again then, with a fresh observation.
 */
export class Parked extends Error {
  override readonly name = "Parked";
  readonly until: number;
  /** Of several that wait for the same, the one with the most goes first. */
  readonly urgency: number;

  constructor(reason: string, until: number, urgency = 0) {
    super(reason);
    this.until = until;
    this.urgency = urgency;
  }
}

/** The installation was removed or suspended, or the repository taken out of it: nothing to do until it returns. */
export class InstallationGone extends Error {
  override readonly name = "InstallationGone";
}
