import type { Config } from "../config/schema.ts";
import type { Form } from "./form.ts";
import { impossibleOrder } from "./impossible-order.ts";
import { said } from "./say.ts";
import type { Instant } from "./state/instant.ts";
import type { StatedFacts } from "./stated-facts.ts";

/**
 * The start that the issue form gives, where it can have been so. Commands are refused with the same rules; a form can only be told what is wrong with it,
 * and its answer then counts as not given. Local time that was written as UTC is the commonest of these.
 * @param declared null: not declared yet, so nothing speaks against it
 */
export function formStart(
  { impactStarted }: Form,
  stated: StatedFacts,
  declared: Instant | null,
  locale: Config["locale"],
): { readonly impactStarted: Instant | null; readonly problems: readonly string[] } {
  if (impactStarted === null || declared === null) return { impactStarted, problems: [] };
  const order = impossibleOrder("impactStarted", {
    impactStarted,
    detected: stated.times.detected?.time ?? null,
    recovered: stated.times.recovered?.time ?? null,
    verified: stated.times.verified?.time ?? null,
    declared,
  });
  if (order === null) return { impactStarted, problems: [] };
  // Somebody said it right since: nobody has to correct the issue.
  const isCorrected = stated.times.impactStarted !== null;
  return {
    impactStarted: null,
    problems: isCorrected ? [] : [`"Impact started": ${said(order.why, locale)}`],
  };
}
