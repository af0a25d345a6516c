import { describe, expect, test } from "vitest";
import {
  hasManagedSection,
  parseManagedSection,
  replaceManagedSection,
} from "../../../src/documents/managed-section.ts";
import { fc } from "../../support/fast-check.ts";

const BEGIN = "<!-- hotfix:begin status -->";
const END = "<!-- hotfix:end status -->";

/** Texts around and inside sections, as people leave them: whole, doubled, cut, crossed. */
const mess = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        BEGIN,
        END,
        "<!-- hotfix:be",
        "gin status -->",
        "\n",
        "\r\n",
        "<!-- hotfix:begin other -->",
        "mine",
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));
const content = fc.string({ maxLength: 30 }).filter((text) => !text.includes("hotfix:"));

describe("replacing the managed section", () => {
  test("touches nothing around it", () => {
    const text = `Mine above.\r\n\r\n${BEGIN}\nold\n${END}\r\n\r\nMine below.  \n`;
    expect(replaceManagedSection(text, "status", "new")).toBe(
      `Mine above.\r\n\r\n${BEGIN}\nnew\n${END}\r\n\r\nMine below.  \n`,
    );
  });

  test("puts it at the end where there was none", () => {
    expect(replaceManagedSection("Mine.\n", "status", "new")).toBe(`Mine.\n\n${BEGIN}\nnew\n${END}`);
    expect(replaceManagedSection("", "status", "new")).toBe(`${BEGIN}\nnew\n${END}`);
  });

  test("removes a pasted copy and keeps what stands between", () => {
    const text = `${BEGIN}\nold\n${END}\nmine\n${BEGIN}\nold\n${END}\nalso mine`;
    expect(replaceManagedSection(text, "status", "new")).toBe(`${BEGIN}\nnew\n${END}\nmine\n\nalso mine`);
  });

  test.each([
    ["no end", `above\n${BEGIN}\nperhaps mine`],
    ["no begin", `perhaps mine\n${END}\nbelow`],
    ["crossed", `${END}\nperhaps mine\n${BEGIN}`],
  ])("loses nothing that may be somebody's where markers were mangled: %s", (_case, text) => {
    const result = replaceManagedSection(text, "status", "new");
    expect(result).toContain("perhaps mine");
    expect(parseManagedSection(result, "status")?.content).toBe("new");
  });

  test("an end that belongs to an inner begin leaves the outer text alone", () => {
    const result = replaceManagedSection(`${BEGIN}\nmine\n${BEGIN}\nold\n${END}`, "status", "new");
    expect(result).toBe(`\nmine\n${BEGIN}\nnew\n${END}`);
  });

  test("leaves sections of other names alone", () => {
    const other = "<!-- hotfix:begin impact -->\nx\n<!-- hotfix:end impact -->";
    expect(replaceManagedSection(other, "status", "new")).toContain(other);
  });

  test("S22: content cannot hold the markers", () => {
    expect(() => replaceManagedSection("", "status", `x ${END}`)).toThrow(RangeError);
    expect(() => replaceManagedSection("", "no name", "x")).toThrow(RangeError);
  });

  test("done twice is done once, whatever the text was", () => {
    fc.assert(
      fc.property(mess, content, (text, section) => {
        const once = replaceManagedSection(text, "status", section);
        expect(replaceManagedSection(once, "status", section)).toBe(once);
        expect(hasManagedSection(once, "status", section)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("text before and after a whole section survives byte for byte", () => {
    fc.assert(
      fc.property(content, content, content, content, (before, after, old, section) => {
        const result = replaceManagedSection(`${before}${BEGIN}${old}${END}${after}`, "status", section);
        expect(parseManagedSection(result, "status")).toMatchObject({ before, after });
      }),
    );
  });
});

describe("reading the managed section", () => {
  test("nothing has changed when only line ends did", () => {
    const text = `${BEGIN}\r\na\r\nb\r\n${END}\r\n`;
    expect(parseManagedSection(text, "status")?.content).toBe("a\nb");
    expect(hasManagedSection(text, "status", "a\nb\n")).toBe(true);
    expect(hasManagedSection(text, "status", "a\nc")).toBe(false);
  });

  test("a doubled section is not settled", () => {
    expect(hasManagedSection(`${BEGIN}\na\n${END}${BEGIN}\na\n${END}`, "status", "a")).toBe(false);
  });

  test("no section, no answer", () => {
    expect(parseManagedSection(`${END} ${BEGIN}`, "status")).toBeNull();
  });
});
