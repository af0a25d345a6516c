import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { inIssue } from "../../support/planned.ts";
import {
  aLabelEvent,
  approved,
  aPullRequestEvent,
  at,
  carriedBack,
  closed,
  commits,
  fixPushed,
  labelled,
  landed,
  leo,
  merged,
  opened,
  released,
  shopConfig,
} from "../../support/state-builder.ts";

const facts = (state: IncidentState, config = shopConfig) => factsOf(state, config);

describe("what was noticed", () => {
  const noticed = (state: IncidentState, config = shopConfig) => facts(state, config).noticed;
  const shut = (number: number): IncidentState => ({
    ...opened(),
    pullRequests: opened().pullRequests.map((pull) =>
      pull.number === number
        ? { ...pull, state: "closed", events: [aPullRequestEvent("closed", leo, "14:33")] }
        : pull,
    ),
  });

  it.each([
    [shut(43), "#43 to main was closed by leo without being merged"],
    [shut(44), "#44 to develop was closed by leo without being merged"],
    [opened({ branches: [] }), "hotfix/42-checkout-fails was deleted by somebody"],
    [
      inIssue(opened({ events: [aLabelEvent(), aLabelEvent({ kind: "unlabeled", id: "2", actor: leo })] }), {
        labels: [],
      }),
      "The label incident was removed by leo, so the app stopped here",
    ],
    [
      inIssue(merged({ events: [{ kind: "closed", id: "1", actor: leo, at: at("14:41") }] }), {
        state: "closed",
      }),
      "The issue was closed by leo before the fix was everywhere; tagging and landing go on",
    ],
    [
      labelled({ branches: [{ ...opened().branches[0]!, commits: [commits.fix] }] }),
      "hotfix/42-checkout-fails was there already and is not the app's, so it is left alone",
    ],
    [
      {
        ...merged(),
        branches: merged().branches.map((branch) => ({
          ...branch,
          head: commits.unfinished.sha,
          commits: [commits.unfinished],
        })),
      },
      "hotfix/42-checkout-fails has commits that came after the merge of #43",
    ],
  ])("is %#: what a person did", (state, sentence) => {
    expect(noticed(state)).toContain(sentence);
  });

  it("names nobody in a public repository", () => {
    const state = shut(43);
    const open = { ...state, repository: { ...state.repository, isPrivate: false } };
    expect(noticed(open)).toEqual(["#43 to main was closed by somebody without being merged"]);
  });

  it("is nothing when all goes its way", () => {
    for (const state of [
      labelled(),
      opened(),
      fixPushed(),
      approved(),
      merged(),
      released(),
      carriedBack(),
      landed(),
      closed(),
    ]) {
      expect(noticed(state)).toEqual([]);
    }
  });
});
