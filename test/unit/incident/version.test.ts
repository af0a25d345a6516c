import { describe, expect, it } from "vitest";
import { configOf, defaultConfig } from "../../../src/config/schema.ts";
import { commitGraphOf } from "../../../src/incident/commit-graph.ts";
import { isLatest } from "../../../src/incident/is-latest.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { TagFacts } from "../../../src/incident/state/release-facts.ts";
import { nextVersion, tagOn } from "../../../src/incident/version.ts";
import {
  aCommit,
  appActor,
  at,
  aTag,
  aTrunk,
  commits,
  leo,
  merged,
  shaOf,
} from "../../support/state-builder.ts";
import { fc } from "../../support/fast-check.ts";

const merge = commits.mergeCommit.sha;

function next(
  tags: readonly TagFacts[],
  over: Partial<IncidentState> = {},
  config = defaultConfig,
): string | null {
  const state = merged({ tags, ...over });
  return nextVersion(state, config, commitGraphOf(state), merge);
}

const below = commits.base.sha;

describe("nextVersion", () => {
  it("is patch + 1 on the highest full release below the merge", () => {
    expect(next([aTag("v1.2.3", below), aTag("v1.10.0", below), aTag("v1.9.9", below)])).toBe("1.10.1");
  });

  it("S36: leaves taken names out, wherever they are", () => {
    const elsewhere = shaOf("elsewhere");
    const tags = [
      aTag("v1.2.3", below),
      aTag("v1.2.4", elsewhere, { onProduction: false }),
      aTag("v1.2.5", elsewhere, { onProduction: false }),
    ];
    expect(next(tags)).toBe("1.2.6");
  });

  it("F17, F18: tries the next one in the same pass when the name turned out to be taken or burned", () => {
    const taken = { code: "tag-taken", sentence: "", nextStep: "", transient: false };
    const refusals = {
      "create-tag:v1.2.4": taken,
      "create-tag:v1.2.5": { ...taken, code: "rule-violation" },
    };
    expect(next([aTag("v1.2.3", below)], { refusals })).toBe("1.2.5");
  });

  it("does not count a pre-release, nor what is not on production", () => {
    const tags = [
      aTag("v1.2.3", below),
      aTag("v2.0.0-rc.1", below),
      aTag("v3.0.0", shaOf("branch"), { onProduction: false }),
    ];
    expect(next(tags)).toBe("1.2.4");
  });

  it("counts a release that is older than what was read of production", () => {
    expect(next([aTag("v0.9.0", shaOf("long ago"))])).toBe("0.9.1");
  });

  it("does not count from a version that a later merge got", () => {
    const later = aCommit("later merge", { parents: [merge] });
    const production = aTrunk("main", [later, ...merged().production!.history]);
    expect(next([aTag("v1.3.0", later.sha), aTag("v1.2.3", below)], { production })).toBe("1.2.4");
    expect(next([aTag("v1.2.4", later.sha), aTag("v1.2.3", below)], { production })).toBe("1.2.5");
  });

  it("is the configured first one where there is no tag, and then counts on", () => {
    expect(next([])).toBe("0.0.1");
    const config = configOf({ tag: { first: "1.0.0", format: "hotfix-v{{version}}" } });
    expect(next([aTag("v5.0.0", below)], {}, config)).toBe("1.0.0");
    expect(next([aTag("hotfix-v1.0.0", shaOf("x"), { onProduction: false })], {}, config)).toBe("1.0.1");
  });

  it("S37: ignores what is no version, and gives up where a number has no next one", () => {
    expect(next([aTag("v1.2.3; rm", below), aTag("latest", below), aTag("v01.0.0", below)])).toBe("0.0.1");
    expect(next([aTag("v1.2.999999999", below)])).toBeNull();
  });

  it("S37: is always higher than the base and never taken", () => {
    const version = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map((parts) => parts.join("."));
    const tag = fc
      .tuple(version, fc.boolean())
      .map(([text, isBelow]) =>
        isBelow ? aTag(`v${text}`, below) : aTag(`v${text}`, shaOf(text), { onProduction: false }),
      );
    fc.assert(
      fc.property(fc.uniqueArray(tag, { selector: (each) => each.name, maxLength: 12 }), (tags) => {
        const found = next(tags);
        expect(tags.map((each) => each.name)).not.toContain(`v${found}`);
        expect(
          isLatest(
            defaultConfig,
            tags.filter((each) => each.onProduction),
            found!,
          ),
        ).toBe(true);
      }),
    );
  });
});

describe("tagOn", () => {
  const human = aTag("v1.3.0", merge, { taggedAt: at("14:40:30") });
  const ours = aTag("v1.2.4", merge, { taggedAt: at("14:40:05") });

  it("S36: adopts a version that somebody put on the merge commit", () => {
    expect(tagOn(merged({ tags: [human, aTag("v1.2.3", below)] }), defaultConfig, merge)?.tag.name).toBe(
      "v1.3.0",
    );
  });

  it("does not adopt a pre-release or what is no version", () => {
    const tags = [aTag("v2.0.0-rc.1", merge), aTag("deployed", merge)];
    expect(tagOn(merged({ tags }), defaultConfig, merge)).toBeNull();
  });

  it("I1: keeps to the first of several, so that a later tag makes no second release", () => {
    for (const tags of [
      [human, ours],
      [ours, human],
    ]) {
      expect(tagOn(merged({ tags }), defaultConfig, merge)?.tag.name).toBe("v1.2.4");
    }
    const release = { tag: "v1.3.0", url: "", author: appActor, publishedAt: null, isDraft: false };
    expect(tagOn(merged({ tags: [human, ours], releases: [release] }), defaultConfig, merge)?.tag.name).toBe(
      "v1.3.0",
    );
    const theirs = { ...release, author: leo };
    expect(tagOn(merged({ tags: [human, ours], releases: [theirs] }), defaultConfig, merge)?.tag.name).toBe(
      "v1.2.4",
    );
  });
});

describe("isLatest", () => {
  it.each([
    ["1.2.4", ["v1.2.4", "v1.2.3"], true],
    ["1.2.4", ["v1.2.4", "v2.0.0"], false],
    ["1.2.4", ["v1.2.4", "v2.0.0-rc.1"], true],
    ["1.10.0", ["v1.9.0", "nightly"], true],
    ["0.0.1", [], true],
  ])("%s among %j: %s", (version, names, expected) => {
    expect(
      isLatest(
        defaultConfig,
        names.map((name) => aTag(name, below)),
        version,
      ),
    ).toBe(expected);
  });
});
