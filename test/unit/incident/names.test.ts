import { describe, expect, it } from "vitest";
import { defaultConfig } from "../../../src/config/schema.ts";
import {
  backMergeBranch,
  buildMarker,
  documentPath,
  hotfixBranch,
  incidentId,
  incidentsNamedIn,
  isIncidentId,
  parseBackMergeBranch,
  parseHotfixBranch,
  parseMarker,
  parseTagName,
  slugOf,
  tagName,
} from "../../../src/incident/names.ts";
import { fc } from "../../support/fast-check.ts";

const { branches } = defaultConfig;
const title = fc.oneof(
  fc.string({ maxLength: 1000, unit: "binary" }),
  fc.string({ maxLength: 60 }),
  fc.string({ unit: fc.constantFrom("a", "B", "-", "9", " ", ".", "é", "/", "火"), maxLength: 90 }),
);
const number = fc.integer({ min: 1, max: 9_999_999 });

describe("slugOf", () => {
  it("S18: is [a-z0-9-]{1,40}, bounded by letters or digits, never 40 hexadecimal digits, and always the same", () => {
    fc.assert(
      fc.property(title, (text) => {
        const slug = slugOf(text);
        expect(slug).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/u);
        expect(slug).not.toMatch(/^[0-9a-f]{40}$/u);
        expect(slugOf(text)).toBe(slug);
      }),
    );
  });

  it.each([
    ["Checkout fails", "checkout-fails"],
    ["$(id)", "id"],
    ["`id`", "id"],
    ['"; rm -rf /', "rm-rf"],
    ["${IFS}", "ifs"],
    ["..", "incident"],
    ["a/../../b", "a-b"],
    ["-rf", "rf"],
    ["refs/heads/x", "refs-heads-x"],
    ["HEAD", "head"],
    ["@{", "incident"],
    [".lock", "lock"],
    ["end.", "end"],
    ["🔥 fire", "fire"],
    ["\u202eevil", "evil"],
    ["a\u0000b", "a-b"],
    ["", "incident"],
    ["支払いが失敗", "incident"],
    ["Zahlung schlägt fehl", "zahlung-schlagt-fehl"],
    ["0".repeat(40), "incident"],
    ["deadbeef".repeat(5), "incident"],
    ["x".repeat(1000), "x".repeat(40)],
  ])("S18: %j becomes %s", (text, slug) => {
    expect(slugOf(text)).toBe(slug);
  });
});

describe("branch names", () => {
  it("S18: a hotfix branch passes git check-ref-format and is read back", () => {
    fc.assert(
      fc.property(title, number, fc.integer({ min: 1, max: 99 }), (text, issue, round) => {
        const name = hotfixBranch(branches, issue, slugOf(text), round);
        // The rules of git check-ref-format that a name of these characters could break.
        expect(name).toMatch(/^hotfix\/[1-9]\d*-[a-z0-9][a-z0-9-]*$/u);
        expect(name.endsWith(".lock") || name.includes("..")).toBe(false);
        expect(parseHotfixBranch(branches, name)?.number).toBe(issue);
      }),
    );
  });

  it("S19: two issues with the same title have different branches", () => {
    fc.assert(
      fc.property(title, number, number, (text, one, other) => {
        fc.pre(one !== other);
        expect(hotfixBranch(branches, one, slugOf(text))).not.toBe(
          hotfixBranch(branches, other, slugOf(text)),
        );
      }),
    );
  });

  it("reads a back-merge branch back, whatever the target is called", () => {
    const target = fc.constantFrom("develop", "release/1.2", "2-develop", "7.2-x", "release/2.0-rc");
    fc.assert(
      fc.property(number, target, fc.integer({ min: 1, max: 99 }), (issue, to, round) => {
        const name = backMergeBranch(branches, issue, to, round);
        expect(parseBackMergeBranch(branches, name)).toEqual({ number: issue, round, target: to });
      }),
    );
  });

  it.each(["hotfix/x", "hotfix/7", "hotfix/07-x", "hotfix/7-X", "main", "hotfix/7-a/b"])(
    "does not take %s for ours",
    (name) => {
      expect(parseHotfixBranch(branches, name)).toBeNull();
    },
  );
});

describe("incident ids and paths", () => {
  it.each([
    ["payment", "critical", 42, "PAYMENT-CRITICAL-042"],
    [null, "high", 7, "INCIDENT-HIGH-007"],
    ["product-search", "low", 12_345, "PRODUCT-SEARCH-LOW-12345"],
  ])("of %s, %s and %d is %s", (service, severity, issue, id) => {
    expect(incidentId(service, severity, issue)).toBe(id);
    expect(isIncidentId(id)).toBe(true);
  });

  it.each([
    "../../.github/workflows/x",
    "a/b-HIGH-001",
    "PAYMENT-CRITICAL-042/..",
    "payment-critical-042",
    "X-Y-1",
    "A-B-001\n",
  ])("S25: no document path is made of %j", (id) => {
    expect(() => documentPath("incidents", id)).toThrow("not an incident id");
  });

  it("are found in what a person wrote, each once, and nothing that only resembles one", () => {
    const text =
      "PAYMENT-CRITICAL-042: as in `CART-LOW-007`, PAYMENT-CRITICAL-042; not x-CART-LOW-008, A-B-12, RFC-9110";
    expect(incidentsNamedIn(text)).toEqual([
      { id: "PAYMENT-CRITICAL-042", number: 42 },
      { id: "CART-LOW-007", number: 7 },
    ]);
    expect(incidentsNamedIn("")).toEqual([]);
  });

  it("S25: the path is folder, id and nothing else", () => {
    expect(documentPath("docs/incidents/", "PAYMENT-CRITICAL-042")).toBe(
      "docs/incidents/PAYMENT-CRITICAL-042.md",
    );
  });
});

describe("tag names", () => {
  it.each([
    "v1.2",
    "1.2.3",
    "v1.2.3; rm",
    "v01.2.3",
    "v99999999999999999999.0.0",
    "v1.2.3+build",
    "v1.2.3-",
    "vv1.2.3",
    "",
  ])("S37: %j is no version", (tag) => {
    expect(parseTagName("v{{version}}", tag)).toBeNull();
  });

  it("S37: reads back what it builds", () => {
    const part = fc.integer({ min: 0, max: 999_999_999 });
    fc.assert(
      fc.property(
        fc.constantFrom("v{{version}}", "hotfix-v{{version}}", "{{version}}", "a/b{{version}}"),
        part,
        part,
        part,
        (format, a, b, c) => {
          expect(parseTagName(format, tagName(format, `${a}.${b}.${c}`))).toBe(`${a}.${b}.${c}`);
        },
      ),
    );
  });
});

describe("markers", () => {
  it("reads back any field, and nothing in a field can end the comment", () => {
    fc.assert(
      fc.property(
        number,
        fc.stringMatching(/^[a-z-]{1,12}$/u),
        fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,8}$/u), fc.string(), { maxKeys: 4 }),
        (incident, kind, fields) => {
          fc.pre(!("kind" in fields));
          const text = buildMarker({ incident, kind, fields });
          expect(text.indexOf("-->")).toBe(text.length - 3);
          expect(parseMarker(`before ${text} after`)).toEqual({ incident, kind, fields });
        },
      ),
    );
  });
});
