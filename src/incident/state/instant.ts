/** ISO 8601, UTC, as GitHub sends it: `2026-11-20T14:30:00Z`. */
export type Instant = string;
