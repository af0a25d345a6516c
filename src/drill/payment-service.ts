import { processorFixed, type ShopCommit } from "./shop.ts";

/** The gateway of the practice shop in the second scenario: its time limit is too short for the provider's slow evenings. */

const header = `/** Stands for the payment provider, which takes two to three seconds on busy evenings. */
`;

export const gatewayTooImpatient = `${header}const TIMEOUT_MS = 300;

export async function charge({ order, cents, currency }, provider) {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return provider.charge({ order, cents, currency, signal });
}
`;

/** Round 1: a longer limit, and not long enough. */
export const gatewayStillTooImpatient = gatewayTooImpatient.replace("TIMEOUT_MS = 300", "TIMEOUT_MS = 1000");

/** Round 2: long enough. */
export const gatewayPatient = gatewayTooImpatient.replace("TIMEOUT_MS = 300", "TIMEOUT_MS = 8000");

/** What develop did to the same lines in the meantime. */
const gatewayOnDevelop = gatewayTooImpatient
  .replace("const TIMEOUT_MS = 300;", "const LIMITS = { charge: 300, refund: 600 };")
  .replace("AbortSignal.timeout(TIMEOUT_MS)", "AbortSignal.timeout(LIMITS.charge)");

/** Both sides together, as a person resolves it. */
export const gatewayResolved = gatewayOnDevelop.replace("charge: 300", "charge: 8000");

export const impatientGateway: ShopCommit = {
  message: "feat(payment): give up on a slow provider",
  daysAgo: 0.8,
  tag: "v1.4.3",
  files: { "src/payment/gateway.js": gatewayTooImpatient, "src/payment/processor.js": processorFixed },
};

export const refundLimits: ShopCommit = {
  message: "feat(payment): a limit of its own for refunds (unfinished)",
  daysAgo: 0.4,
  files: { "src/payment/gateway.js": gatewayOnDevelop },
};
