import { describe, expect, it } from "vitest";
import { configOf, defaultConfig } from "../../../src/config/schema.ts";
import { declarationOf, isLabelled, removalOf } from "../../../src/incident/declaration.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { IssueEventFacts } from "../../../src/incident/state/issue-facts.ts";
import { aLabelEvent, ana, at, aStatusComment, labelled, leo } from "../../support/state-builder.ts";

function on(id: string, clock: string, actor = ana): IssueEventFacts {
  return aLabelEvent({ id, at: at(clock), actor });
}

function off(id: string, clock: string, actor = leo): IssueEventFacts {
  return aLabelEvent({ kind: "unlabeled", id, at: at(clock), actor });
}

function withLabels(
  events: readonly IssueEventFacts[],
  labels: readonly string[] = ["incident"],
  over = {},
): IncidentState {
  const state = labelled({ events, ...over });
  return { ...state, issue: { ...state.issue, labels } };
}

describe("declarationOf", () => {
  it("is the first label event", () => {
    const state = withLabels([on("1", "14:30"), on("2", "14:31", leo)]);
    expect(declarationOf(state, defaultConfig)).toEqual({ event: "1", actor: ana, at: at("14:30") });
  });

  it("S12: is the first one after the last removal while nothing was accepted", () => {
    const flapping = Array.from({ length: 50 }, (_, index) => [
      on(`on${index}`, "14:30"),
      off(`off${index}`, "14:30"),
    ]).flat();
    const state = withLabels([...flapping, on("last", "14:35", leo), on("later", "14:36")]);
    expect(declarationOf(state, defaultConfig)?.event).toBe("last");
  });

  it("S12: stays the recorded one when the label is put back after acceptance", () => {
    const state = withLabels([on("LE_1", "14:30"), off("2", "14:31"), on("3", "15:31", leo)], ["incident"], {
      comments: [aStatusComment()],
    });
    expect(declarationOf(state, defaultConfig)).toEqual({ event: "LE_1", actor: ana, at: at("14:30") });
  });

  it("looks only at the incident label, in whatever case", () => {
    const other = aLabelEvent({ id: "0", label: "bug" });
    const state = withLabels([other, aLabelEvent({ id: "1", label: "Incident" })], ["Incident"]);
    expect(declarationOf(state, defaultConfig)?.event).toBe("1");
    expect(isLabelled(state, defaultConfig)).toBe(true);
    const config = configOf({ labels: { incident: "outage" } });
    expect(declarationOf(state, config)).toBeNull();
    expect(isLabelled(state, config)).toBe(false);
  });

  it("F1: is not known while the event is not visible", () => {
    expect(declarationOf(withLabels([]), defaultConfig)).toBeNull();
  });
});

describe("removalOf", () => {
  it("names the last removal while the label is away", () => {
    const events = [on("1", "14:30"), off("2", "14:31"), on("3", "14:32"), off("4", "14:33")];
    expect(removalOf(withLabels(events, []), defaultConfig)?.event).toBe("4");
    expect(removalOf(withLabels(events), defaultConfig)).toBeNull();
  });
});
