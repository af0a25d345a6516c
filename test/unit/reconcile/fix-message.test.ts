import { expect, it } from "vitest";
import { defaultConfig } from "../../../src/config/schema.ts";
import { fixMessage } from "../../../src/reconcile/fix-message.ts";

const INCIDENT = { number: 42, id: "PAYMENT-CRITICAL-042" };
const settings = { ...defaultConfig.checks.message, trailers: ["Impact"] };

it("S22: the commit of a fix says why in plain words, without Markdown and with nothing that is live", () => {
  const because = "prices & totals [live] in `order_total` <b> for @olga";
  const message = fixMessage(INCIDENT, settings, [{ rule: "forbid order_total #7", because }], {
    login: "ben",
    account: 7,
  });
  expect(message).toMatch(/^Impact: prices & totals \[live\] in `order_total` <b> for @\S*olga$/mu);
  expect(message).not.toMatch(/@olga|#7|\\|&\w+;/u);
  expect(message).toContain("Co-authored-by: ben <7+ben@users.noreply.github.com>");
});

it("a long reason is cut between characters", () => {
  const message = fixMessage(INCIDENT, settings, [{ rule: "a", because: "😀".repeat(200) }], {
    login: "ben",
  });
  expect(message).toMatch(/^Impact: (?:😀){99}…$/mu);
});
