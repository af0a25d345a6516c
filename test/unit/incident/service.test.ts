import { describe, expect, it } from "vitest";
import { configOf, defaultConfig } from "../../../src/config/schema.ts";
import { serviceOf } from "../../../src/incident/service.ts";

const two = configOf({ services: { payment: {}, "product-search": {} } });
const one = configOf({ services: { payment: {} } });

describe("serviceOf", () => {
  it.each([
    ["a label", two, ["service:payment"], null, "payment"],
    ["a label with a space", two, ["service: product-search"], null, "product-search"],
    ["the form", two, [], "Product Search", "product-search"],
    ["the label before the form", two, ["service:payment"], "product-search", "payment"],
    ["the only one configured", one, [], null, "payment"],
    ["nothing where there are several", two, [], null, null],
    ["any word where none is configured", defaultConfig, [], "Payment", "payment"],
    ["a label where none is configured", defaultConfig, ["service:checkout"], null, "checkout"],
    ["nothing at all", defaultConfig, ["bug"], null, null],
  ])("takes %s", (_, config, labels, form, service) => {
    expect(serviceOf(config, labels, form)).toEqual({ service, problems: [] });
  });

  it("asks about a service that is not configured instead of taking another", () => {
    expect(serviceOf(one, [], "paymnt")).toEqual({
      service: null,
      problems: ['"Service" must be one of payment, not "paymnt"'],
    });
  });

  it.each(["支払い", "123", "../../etc", "constructor"])("S18: makes a safe name of %s or none", (word) => {
    const { service } = serviceOf(defaultConfig, [], word);
    expect(service ?? "none").toMatch(/^[a-z][a-z0-9-]{0,30}$/u);
    expect(serviceOf(one, [], word).service).toBeNull();
  });
});
