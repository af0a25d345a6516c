import { describe, expect, it } from "vitest";
import { configOf, defaultConfig } from "../../../src/config/schema.ts";
import { severityOf } from "../../../src/incident/severity.ts";

describe("severityOf", () => {
  it.each([
    [["severity:high"], null, "high"],
    [["severity: high"], null, "high"],
    [["severity/low"], null, "low"],
    [["Critical"], null, "critical"],
    [["sev2"], null, "high"],
    [["P3"], null, "medium"],
    [["severity:sev4"], null, "low"],
    [["bug", "low", "high"], null, "high"],
    [["bug"], "medium", "medium"],
    [[], "p2", "high"],
    [["low"], "critical", "low"],
    [[], null, "critical"],
  ])("labels %j and form %j mean %s", (labels, form, severity) => {
    expect(severityOf(defaultConfig, labels, form)).toEqual({ severity, problems: [] });
  });

  it("takes the highest and says so where the form's word means nothing", () => {
    const { severity, problems } = severityOf(defaultConfig, [], "apocalypse");
    expect(severity).toBe("critical");
    expect(problems).toEqual([
      '"Severity" must be one of critical, high, medium, low, not "apocalypse"; critical holds until then',
    ]);
  });

  it("follows the configured order, the first being the highest", () => {
    const config = configOf({ severities: { red: { sla: 5 }, amber: { sla: 50 } } });
    expect(severityOf(config, ["amber", "red"], null).severity).toBe("red");
    expect(severityOf(config, [], null).severity).toBe("red");
  });

  it.each(["constructor", "__proto__", "toString"])("finds no severity in %s", (word) => {
    expect(severityOf(defaultConfig, [word], null).severity).toBe("critical");
    expect(severityOf(defaultConfig, [], word).problems).toHaveLength(1);
  });
});
