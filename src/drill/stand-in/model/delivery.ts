import type { AppRecord } from "./app-record.ts";

/** One attempt to deliver one webhook. Redelivery makes a new record with the same `guid`. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly app: AppRecord;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly event: string;
  readonly action: string | null;
  readonly redelivery: boolean;
  readonly payload: unknown;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly queuedAt: Date;
  deliveredAt: Date | null;
  /** Seconds. */
  duration: number;
  /** `OK`, or what went wrong; `pending` until an answer arrived. */
  status: string;
  /** 0 when no answer arrived. */
  statusCode: number;
  responseHeaders: Readonly<Record<string, string>>;
  responseBody: string;
}
