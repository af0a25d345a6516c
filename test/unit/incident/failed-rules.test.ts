import { describe, expect, it } from "vitest";
import { ruleMark } from "../../../src/checks/rule-mark.ts";
import { withOutcome } from "../../../src/checks/with-outcome.ts";
import { type Config, configOf } from "../../../src/config/schema.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { failedRecord, parseFailedRecord } from "../../../src/incident/failed-rules.ts";
import { parseMarker } from "../../../src/incident/names.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { settle } from "../../support/ideal-world.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import {
  aCheckRun,
  at,
  labelled,
  opened,
  ownCheckRuns,
  permission,
  repositoryUrl,
  shopConfig,
} from "../../support/state-builder.ts";
import { fc } from "../../support/fast-check.ts";

const may = { leo: permission("maintain"), ana: permission("push") };
const rule = (forbid: string, because: string) => ({ forbid, in: ["src/**"], because });

function ruled(...forbid: readonly ReturnType<typeof rule>[]): Config {
  return configOf({ ...shopConfig, checks: { forbid: [...forbid] } });
}

const CONFIG = ruled(rule("totalAmount", "CART-LOW-006: carts lost their sum"));

/** The check of the hotfix, red because of all these rules of the configuration. */
function broken(state: IncidentState, { checks }: Config): IncidentState {
  const failedRules = checks.forbid.map(ruleMark).filter((mark) => mark !== null);
  const externalId = withOutcome("hotfix/properties;config=1", { findings: "1a2b3c4d", failedRules });
  const red = aCheckRun({ conclusion: "failure", externalId });
  return withRuns(state, ownCheckRuns(red));
}

function withRuns(state: IncidentState, checkRuns: ReturnType<typeof ownCheckRuns>): IncidentState {
  const [production, ...others] = state.pullRequests;
  return { ...state, pullRequests: [{ ...production!, checkRuns }, ...others] };
}

describe("rules of earlier incidents that the hotfix broke", () => {
  const REPORT = `${repositoryUrl}/blob/develop/incidents/CART-LOW-006.md`;
  const open = [{ issue: 12, due: "2026-12-01" }];
  const entry = { service: "cart", declared: at("09:00"), seconds: null };
  const indexed = [
    { ...entry, id: "CART-LOW-006", number: 6, open },
    { ...entry, id: "CART-LOW-005", number: 5, open: [] },
  ];
  const settled = (state: IncidentState, config: Config): IncidentState =>
    settle({ ...state, permissions: may }, { context: { config, render: plainRenderer } }).state;

  it("are told with the incident that made them; where the index told nothing of it, with the place of its report", () => {
    const told = { id: "CART-LOW-006", number: null, report: REPORT, open: [], rules: ["totalAmount"] };
    expect(factsOf(opened(), CONFIG).failedRules).toEqual([]);
    expect(factsOf(broken(opened(), CONFIG), CONFIG).failedRules).toEqual([told]);
  });

  it("what was open at the declaration is kept, of incidents that rules name and of no other", () => {
    const declared = settled({ ...labelled(), indexed }, CONFIG);
    const fields = parseMarker(declared.comments.find(({ body }) => body.includes("kind=status"))!.body);
    expect(fields).toMatchObject({ fields: { ruling: "CART-LOW-006:6+12@2026-12-01" } });
    const closedSince = { ...declared, indexed: [{ ...indexed[0]!, open: [] }] };
    expect(factsOf(broken(closedSince, CONFIG), CONFIG).failedRules).toMatchObject([
      { id: "CART-LOW-006", number: 6, open },
    ]);
  });

  it("stay told when the commit is force-pushed away and the rule is gone from the configuration", () => {
    const told = settled(broken(opened(), CONFIG), CONFIG);
    const gone = withRuns(told, []);
    expect(factsOf(gone, shopConfig).failedRules).toEqual(factsOf(told, CONFIG).failedRules);
    expect(factsOf(gone, shopConfig).failedRules).toHaveLength(1);
  });

  it("count on an earlier commit too, and not from other apps or other branches", () => {
    const [production] = broken(opened(), CONFIG).pullRequests;
    const [red] = production!.checkRuns;
    const seen = (change: object) => {
      const [first, ...others] = opened().pullRequests;
      const pullRequests = [{ ...first!, checkRuns: [], ...change }, ...others];
      return factsOf({ ...opened(), pullRequests }, CONFIG).failedRules;
    };
    expect(seen({ earlierCheckRuns: [red] })).toHaveLength(1);
    expect(seen({ checkRuns: [{ ...red, isOurs: false }] })).toEqual([]);
    expect(seen({ checkRuns: [red], head: "backmerge/42-develop" })).toEqual([]);
  });

  it("say nothing of a rule that this incident made, or of one whose reason names none", () => {
    const { number } = opened().issue;
    const own = ruled(
      rule("a", `PAYMENT-CRITICAL-0${number}`),
      rule("b", `PAYMENT-CRITICAL-0${number}: as in CART-LOW-006`),
      rule("c", "nobody reads it"),
    );
    expect(factsOf(broken(opened(), own), own).failedRules).toMatchObject([
      { id: "CART-LOW-006", rules: ["b"] },
    ]);
  });

  it("are three of three incidents, those first that were told first", () => {
    const last = ruled(...["a", "b", "c", "d"].map((name) => rule(name, "CART-LOW-006, CART-LOW-005")));
    const first = ruled(rule("x", "CART-LOW-005"), rule("y", "SHOP-LOW-001"), rule("z", "SHOP-LOW-002"));
    const told = settled(broken(opened(), first), first);
    const { failedRules } = factsOf(broken(told, last), last);
    expect(failedRules.map(({ id, rules }) => [id, rules])).toEqual([
      ["CART-LOW-005", ["x", "a", "b"]],
      ["SHOP-LOW-001", ["y"]],
      ["SHOP-LOW-002", ["z"]],
    ]);
  });

  it("S18: come back as they were written, whatever a rule is called; what is broken says nothing", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), (rules) => {
        const record = failedRecord([
          { id: "CART-LOW-006", rules },
          { id: "SHOP-LOW-001", rules: ["y"] },
        ]);
        expect([...parseFailedRecord(record)]).toEqual([
          ["CART-LOW-006", rules],
          ["SHOP-LOW-001", ["y"]],
        ]);
      }),
    );
    expect([...parseFailedRecord("../..=a,CART-LOW-006,CART-LOW-006=%E0%A4%A,SHOP-LOW-001=y")]).toEqual([
      ["SHOP-LOW-001", ["y"]],
    ]);
  });

  it("S18: a name that no text can hold is cut and made well before it is told", () => {
    const odd = ruled(rule(`\ud800${"x".repeat(100)}`, "CART-LOW-006"));
    const [told] = factsOf(broken(opened(), odd), odd).failedRules;
    expect(told!.rules).toEqual([`\ufffd${"x".repeat(59)}`]);
    expect(factsOf(settled(broken(opened(), odd), odd), odd).failedRules).toEqual([told]);
  });
});
