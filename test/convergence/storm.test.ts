import { describe, expect, it } from "vitest";
import { acceptanceOf } from "../../src/incident/acceptance.ts";
import { ourMarker } from "../../src/incident/comment-marker.ts";
import { plan } from "../../src/incident/plan.ts";
import type { IncidentState } from "../../src/incident/state.ts";
import type { NeighbourFacts } from "../../src/incident/state/neighbours-facts.ts";
import { plainRenderer } from "../support/plain-renderer.ts";
import { aLabelEvent, at, labelled, ourComment, shopConfig } from "../support/state-builder.ts";
import { fc } from "../support/fast-check.ts";

const AT_ONCE = 4;
const config = { ...shopConfig, trigger: { ...shopConfig.trigger, atOnce: AT_ONCE } };
const severities = ["critical", "high", "low", ""] as const;

interface Issue {
  readonly number: number;
  readonly severity: (typeof severities)[number];
  readonly second: number;
}

const issues = fc
  .uniqueArray(fc.record({ severity: fc.constantFrom(...severities), second: fc.nat({ max: 59 }) }), {
    minLength: 1,
    maxLength: 14,
    selector: ({ second }) => second,
  })
  .map((all) => all.map((each, index): Issue => ({ number: index + 1, ...each })));

/** A repository with labels on many issues, where passes come in any order; what a pass wrote is there for the next one. */
class Repository {
  readonly #issues: readonly Issue[];
  readonly #begun = new Set<number>();
  readonly #digests = new Map<number, string>();
  writes = 0;

  constructor(all: readonly Issue[]) {
    this.#issues = all;
  }

  /** One pass over one incident, as far as the others see it: its hotfix branch, and the list. */
  look(number: number): void {
    const state = this.#stateOf(number);
    for (const action of plan(state, { config, render: plainRenderer }).actions) {
      const isBeginning = action.kind === "create-branch" && !this.#begun.has(number);
      if (!isBeginning && action.kind !== "write-digest") continue;
      this.writes += 1;
      if (isBeginning) this.#begun.add(number);
      else if (action.kind === "write-digest") this.#digests.set(number, action.body);
    }
  }

  /** Incidents that were opened. */
  get begun(): readonly number[] {
    return [...this.#begun].toSorted((one, other) => one - other);
  }

  get digests(): readonly string[] {
    return [...this.#digests.values()];
  }

  isHeld(number: number): boolean {
    return acceptanceOf(this.#stateOf(number), config).kind === "held";
  }

  #stateOf(number: number): IncidentState {
    const issue = this.#issues.find((each) => each.number === number)!;
    const state = labelled({ events: [aLabelEvent({ id: `LE_${number}`, at: timeOf(issue) })] });
    const digest = this.#digests.get(number);
    const frozen = { id: `X-LOW-${number}`, slug: "x", acceptedBy: "ana", event: `LE_${number}` };
    return {
      ...state,
      issue: { ...state.issue, number, body: bodyOf(issue) },
      comments: [
        ...(this.#begun.has(number)
          ? [{ ...ourComment(1, "status", ""), body: ourMarker(number, "status", {}, frozen) }]
          : []),
        ...(digest === undefined ? [] : [{ ...ourComment(2, "digest", ""), body: digest }]),
      ],
      neighbours: {
        unread: 0,
        incidents: this.#issues.filter((each) => each !== issue).map((each) => this.#neighbour(each)),
      },
    };
  }

  #neighbour(issue: Issue): NeighbourFacts {
    return {
      number: issue.number,
      isOpen: true,
      labels: ["incident"],
      body: bodyOf(issue),
      labellings: [aLabelEvent({ id: `LE_${issue.number}`, at: timeOf(issue) })],
      hasBegun: this.#begun.has(issue.number),
    };
  }
}

function timeOf({ second }: Issue) {
  return at(`14:30:${String(second).padStart(2, "0")}`);
}

function bodyOf({ severity }: Issue): string {
  return severity === "" ? "" : `### Severity\n\n${severity}\n`;
}

const passes = fc.array(fc.nat({ max: 13 }), { maxLength: 40 });

describe("S39: many incidents declared at once, in whatever order they are looked at", () => {
  it("opens the same ones: the first in the order of severity, and no others", () => {
    fc.assert(
      fc.property(issues, passes, (all, order) => {
        const repository = new Repository(all);
        for (const pass of order) repository.look(all[pass % all.length]!.number);
        for (let again = 0; again < 2; again += 1) for (const { number } of all) repository.look(number);
        const rank = ({ severity }: Issue) => ["critical", "", "high", "low"].indexOf(severity);
        const first = all.toSorted((one, other) => rank(one) - rank(other) || one.second - other.second);
        const expected = first.slice(0, AT_ONCE).map(({ number }) => number);
        expect(repository.begun).toEqual(expected.toSorted((one, other) => one - other));
      }),
    );
  });

  it("ends with one list of all that wait, or none where nothing does, and then writes nothing more", () => {
    fc.assert(
      fc.property(issues, passes, (all, order) => {
        const repository = new Repository(all);
        for (const pass of order) repository.look(all[pass % all.length]!.number);
        for (let again = 0; again < 2; again += 1) for (const { number } of all) repository.look(number);
        const held = all.filter(({ number }) => repository.isHeld(number)).map(({ number }) => number);
        expect(held.length).toBe(Math.max(0, all.length - AT_ONCE));
        expect(repository.digests).toHaveLength(held.length === 0 ? 0 : 1);
        const before = repository.writes;
        for (const { number } of all) repository.look(number);
        expect(repository.writes).toBe(before);
      }),
    );
  });
});
