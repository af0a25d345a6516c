import { describe, expect, it } from "vitest";
import { commandSyntax } from "../../../src/incident/commands.ts";
import { parseCommands } from "../../../src/incident/parse-commands.ts";
import { italian } from "../../../src/incident/italian.ts";
import { said, sayIn, saying, translated } from "../../../src/incident/say.ts";
import { fc } from "../../support/fast-check.ts";

describe("sentences in two languages", () => {
  it("says the phrase itself in English, and the table's in Italian", () => {
    const values = { name: "#8", base: "main" };
    expect(sayIn("en")("Resolve the conflict of {name} with {base}, and push", values)).toBe(
      "Resolve the conflict of #8 with main, and push",
    );
    expect(sayIn("it")("Resolve the conflict of {name} with {base}, and push", values)).toBe(
      "Risolvere il conflitto di #8 con main, e inviare la modifica",
    );
  });

  it("S22: a value stays what somebody typed, whatever it looks like", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("en", "it"), (text, locale) => {
        const name = `${text}{last}$&{list}`;
        expect(sayIn(locale)("{list} and {last}", { list: name, last: "x" }).startsWith(name)).toBe(true);
      }),
    );
  });

  it("says later what was derived before the language was known", () => {
    const later = saying("Round {round} opened", { round: 2 });
    expect([said(later, "en"), said(later, "it")]).toEqual(["Round 2 opened", "Giro 2 aperto"]);
    expect(translated("nothing can be written here", "it")).toBe("qui non si può scrivere nulla");
    expect(translated("somebody's own words", "it")).toBe("somebody's own words");
  });

  it("holds no Italian sentence that is the English one, but for names and signs", () => {
    const same = Object.entries(italian).filter(
      ([english, own]) => english === own && /[a-z]{3}/u.test(english),
    );
    expect(same.map(([english]) => english)).toEqual([]);
  });

  it("has what help says of each command, and what is said of a line that is no command", () => {
    const wrong = commandSyntax
      .flatMap(({ name }) => parseCommands(`/hotfix ${name} ?`))
      .flatMap((parsed) =>
        parsed.ok ? [] : [typeof parsed.why === "string" ? parsed.why : parsed.why.phrase],
      );
    const told = [...commandSyntax.map(({ meaning }) => meaning), ...wrong];
    expect(told.filter((text) => !Object.hasOwn(italian, text))).toEqual([]);
    expect(Object.keys(italian)).toContain("there is no such command");
  });
});
