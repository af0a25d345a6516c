export interface EarlierIncidentFacts {
  /** `PAYMENT-CRITICAL-007` */
  readonly id: string;
  readonly number: number;
  /** Its action items that were open then. */
  readonly open: readonly { readonly issue: number; readonly due: string }[];
}

export interface FailedRuleFacts {
  /** The incident that the rules name as their reason: `PAYMENT-CRITICAL-042`. */
  readonly id: string;
  /** Of its issue; null: what the index knew of it was not kept when this one was declared. */
  readonly number: number | null;
  /** Where its report is, on the integration branch. */
  readonly report: string;
  /** Its action items that were open then. */
  readonly open: EarlierIncidentFacts["open"];
  /** What they forbid, or their ids: raw, from the configuration. Never empty. */
  readonly rules: readonly string[];
}
