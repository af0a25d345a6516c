import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  factsToldBy,
  newDocument,
  type Rendered,
  updatedDocument,
} from "../../../src/documents/living-document.ts";
import { fc } from "../../support/fast-check.ts";

const NOTE = "> edited by hand";

function rendered(impact: string, facts = "00000001", severity = "high"): Rendered {
  return {
    facts,
    frontMatter: `severity: ${severity}\nissue: 7\n`,
    body: `# Title\n\n<!-- hotfix:begin impact -->\n${impact}\n<!-- hotfix:end impact -->\n\n**Question:** why?\n\n<!-- hotfix:begin durations -->\nfast\n<!-- hotfix:end durations -->`,
  };
}

const first = newDocument(rendered("EUR 100"));
const again = rendered("EUR 200", "00000002", "low");

describe("a document that is rendered again", () => {
  test("says the new facts where nobody wrote, and nothing else changes", () => {
    expect(factsToldBy(first)).toBe("00000001");
    expect(updatedDocument(first, again, NOTE)).toBe(newDocument(again));
  });

  test("keeps what people wrote around the generated parts, byte for byte", () => {
    const theirs = first.replace(
      "**Question:** why?",
      "**Question:** why?\n\n  Because of *the* rename. \t\n",
    );
    const updated = updatedDocument(theirs, again, NOTE);
    expect(updated).toContain("**Question:** why?\n\n  Because of *the* rename. \t\n");
    expect(updated).toContain("EUR 200");
    expect(updated).not.toContain(NOTE);
  });

  test("keeps what people wrote inside a generated part and puts the new text beside it, once", () => {
    const theirs = first.replace("EUR 100", "EUR 100, says finance");
    const updated = updatedDocument(theirs, again, NOTE);
    expect(updated).toContain(`EUR 100, says finance\n\n${NOTE}\n\n<!-- hotfix:begin impact text=`);
    expect(updated).toContain("EUR 200");
    const later = updatedDocument(updated, rendered("EUR 300", "00000003"), NOTE);
    expect(later.split(NOTE)).toHaveLength(2);
    expect(later).toContain("EUR 100, says finance");
    expect(later).not.toContain("EUR 200");
    expect(later).toContain("EUR 300");
  });

  test("leaves an edited part alone while its own facts are the same", () => {
    const theirs = first.replace("fast\n", "fast, by our standards\n");
    const updated = updatedDocument(theirs, again, NOTE);
    expect(updated).toContain("fast, by our standards");
    expect(updated).not.toContain(NOTE);
    expect(updated).toContain("EUR 200");
  });

  test("does not bring back a part that somebody took out", () => {
    const theirs = first.replace(/<!-- hotfix:begin impact[\s\S]*end impact -->\n/u, "");
    expect(updatedDocument(theirs, again, NOTE)).not.toContain("EUR");
  });

  test("a pasted copy of a part stays as it was pasted", () => {
    const part = /<!-- hotfix:begin impact[\s\S]*end impact -->\n/u.exec(first)![0];
    const updated = updatedDocument(`${first}\n${part}`, again, NOTE);
    expect(updated.endsWith(`\n${part}`)).toBe(true);
    expect(updated).toContain("EUR 200");
  });

  test("a file whose marker was taken away is theirs", () => {
    const theirs = first.replace(/^# hotfix:.*\n/gmu, "");
    expect(factsToldBy(theirs)).toBeNull();
    expect(factsToldBy("# Notes of somebody\n")).toBeNull();
    expect(updatedDocument("# Notes of somebody\n", again, NOTE)).toBe("# Notes of somebody\n");
  });

  test("front matter that somebody edited stays, valid, with the new one below it, however often", () => {
    const theirs = first.replace("severity: high", "severity: sev0\nteam: blue");
    let updated = updatedDocument(theirs, again, NOTE);
    expect(factsToldBy(updated)).toBe("00000002");
    expect(dataOf(updated)).toEqual({
      severity: "sev0",
      team: "blue",
      issue: 7,
      generated: { severity: "low", issue: 7 },
    });
    updated = updatedDocument(updated, rendered("EUR 200", "00000003", "medium"), NOTE);
    expect(dataOf(updated)).toMatchObject({ severity: "sev0", generated: { severity: "medium" } });
    const edited = updated.replace("  severity: medium", "  severity: mine");
    const third = updatedDocument(edited, rendered("EUR 200", "00000004", "low"), NOTE);
    expect(dataOf(third)).toMatchObject({
      generated: { severity: "mine" },
      generated_2: { severity: "low" },
    });
  });

  test("keeps the line ends of an editor on Windows, which are no edit", () => {
    const windows = first.replaceAll("\n", "\r\n");
    expect(updatedDocument(windows, again, NOTE)).toBe(newDocument(again).replaceAll("\n", "\r\n"));
  });

  test("rendering the same again changes nothing, whatever was done to the file", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const once = updatedDocument(text, again, NOTE);
        expect(updatedDocument(once, again, NOTE)).toBe(once);
      }),
    );
  });

  test("no word of a person is lost, wherever they wrote it", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: first.length }),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
        (at, word) => {
          const written = `${word.replaceAll("\r", "")}zebra`;
          const text = first.slice(0, at) + written + first.slice(at);
          expect(updatedDocument(text, again, NOTE)).toContain(written.trim());
        },
      ),
    );
  });
});

function dataOf(text: string): unknown {
  return parse(/^---\n([\s\S]*?)\n---\n/u.exec(text)![1]!);
}

const damaged = fc
  .array(
    fc.tuple(
      fc.nat({ max: first.length }),
      fc.nat({ max: 60 }),
      fc.constantFrom("", "x", "\n", "---\n", "<!-- hotfix:end impact -->\n"),
    ),
    {
      maxLength: 4,
    },
  )
  .map((cuts) =>
    cuts.reduce(
      (text, [at, length, instead]) => text.slice(0, at) + instead + text.slice(at + length),
      first,
    ),
  );
