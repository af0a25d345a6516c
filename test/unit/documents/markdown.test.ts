import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import {
  fileBlock,
  code,
  command,
  fence,
  inline,
  link,
  mention,
  ownUrl,
  plain,
  prose,
  quote,
  shellBlock,
  shellWord,
} from "../../../src/documents/markdown.ts";
import { hostileText } from "./hostile-text.ts";
import { fc } from "../../support/fast-check.ts";

const REPOSITORY = "https://github.com/acme/shop";
/** U+200B, shown so that the expectations can be read. */
const shown = (text: string) => text.replaceAll("\u200B", "·");

describe("inline text", () => {
  test.each([
    ["@acme/payments", "@·acme/payments"],
    ["Fixes #999", "Fixes \\#·999"],
    ["closes GH-12", "closes GH-·12"],
    ["resolves acme/other#3", "resolves acme/other\\#·3"],
    ["https://evil.example", "https:·//evil.example"],
    ["_www.evil.example", "\\_www·.evil.example"],
    ["![x](http://e.example)", "!\\[x\\](http:·//e.example)"],
    ["<img src=x>", "&lt;img src=x&gt;"],
    ["<!-- hotfix:incident=7;kind=status -->", "&lt;!·-- hotfix:incident=7;kind=status --&gt;"],
    ["a | b", "a &vert; b"],
    ["&copy;", "&amp;copy;"],
    ["`x` *y* _z_ ~w~ $v$", "\\`x\\` \\*y\\* \\_z\\_ \\~w\\~ \\$v\\$"],
    ["- item", "\\- item"],
    ["12. item", "12\\. item"],
    [":---", "\\:---"],
    ["===", "\\==="],
    ["two\r\nlines\u2028and\u0085more", "two lines and more"],
    ["\u202Eevil\u202C\u0000\u{E0041}", "evil"],
    ["\uD800", "\uFFFD"],
    ["man 👨‍👩‍👧 決済", "man 👨‍👩‍👧 決済"],
  ])("S22: %j becomes %j", (text, expected) => {
    expect(shown(inline(text).markdown)).toBe(expected);
  });
});

describe("code", () => {
  test.each([
    ["hotfix/7-checkout-fails", "`hotfix/7-checkout-fails`"],
    ["git push origin v1.4.3", "`git push origin v1.4.3`"],
    ["a`b", "<code>a\\`b</code>"],
    ["a|b", "<code>a&vert;b</code>"],
    ["@ana", "<code>@·ana</code>"],
    ["", "<code></code>"],
  ])("S22: %j becomes %j", (text, expected) => {
    expect(shown(code(text).markdown)).toBe(expected);
  });
});

describe("a sentence of ours", () => {
  const links = new Map([[8, link(inline("8"), `${REPOSITORY}/pull/8`, REPOSITORY)]]);

  test("shows commands in code and links the numbers it knows", () => {
    expect(shown(prose("Run `git push` for #8, not for #9.", links).markdown)).toBe(
      `Run \`git push\` for [8](${REPOSITORY}/pull/8), not for \\#·9.`,
    );
  });

  test("S22: a backtick that opens nothing is only a character", () => {
    expect(prose("one ` two").markdown).toBe("one \\` two");
    expect(prose("`a` and ` b").markdown).toBe("`a` and \\` b");
  });

  test.each(["acme/other#8", "x#8", "&#8;", "Fixes\u200B#8x"])(
    "S22: the number in %j is not ours",
    (text) => {
      expect(prose(text, links).markdown).not.toContain("](");
    },
  );
});

describe("plain text", () => {
  test.each([
    ["Fixes #9 by @ana", "Fixes #·9 by @·ana"],
    ["[skip ci] now", "[·skip ci] now"],
    ["::set-output name=x::y", ":·:set-output name=x:·:y"],
    ["a\nCo-authored-by: Eve <e@x>", "a Co-authored-by: Eve <e@·x>"],
    ["*kept* as typed", "*kept* as typed"],
  ])("S23: %j becomes %j", (text, expected) => {
    expect(shown(plain(text))).toBe(expected);
  });

  test("a cut shows and never splits a character", () => {
    expect(plain("🔥".repeat(10), 4)).toBe("🔥🔥🔥…");
  });

  test("what was made plain stays as it is", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(plain(plain(text))).toBe(plain(text));
      }),
    );
  });
});

describe("a quote", () => {
  test("S22: every line stays in it", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const line of quote(text).markdown.split("\n")) expect(line).toMatch(/^>/u);
      }),
    );
  });

  test("keeps lines and paragraphs, and shows where it was cut", () => {
    expect(quote("one\ntwo\n\n\nthree").markdown).toBe("> one\\\n> two\n>\n> three");
    expect(quote("x".repeat(50), 10).markdown).toBe(`> ${"x".repeat(9)}…`);
  });
});

describe("a fence", () => {
  test("S22: is longer than any run of backticks inside", () => {
    expect(shown(fence("a\n````\n@ana", "text").markdown)).toBe("`````text\na\n````\n@·ana\n`````");
  });

  test("S22: nothing inside ends it", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [first, ...rest] = fence(text, "text").markdown.split("\n");
        const marks = first!.replace("text", "");
        expect(rest.filter((line) => line.startsWith(marks))).toEqual([marks]);
      }),
    );
  });
});

describe("a command", () => {
  test("S18: a name that a shell would run stays a name", () => {
    const block = shellBlock([command("git fetch && git switch", ["hotfix/7-$(id)"])]);
    expect(block.markdown).toBe("```sh\ngit fetch && git switch 'hotfix/7-$(id)'\n```");
  });

  test("S18: a shell gets back exactly what was there", () => {
    fc.assert(
      fc.property(
        hostileText.filter((text) => text.isWellFormed() && !/[\s\p{C}]/u.test(text) && text !== ""),
        (text) => {
          expect(execFileSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" })).toBe(text);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("S22: a name in it pings nobody, without a character that would break the command", () => {
    expect(shellWord("release/@ana")).toBe("'release/@''ana'");
  });

  test("S18: the program itself cannot come from outside", () => {
    expect(() => command("git $(id)", [])).toThrow(RangeError);
  });
});

describe("a mention", () => {
  test.each(["ana", "luca-shop", "acme/payments", "acme/front.end_2", "ana_acme"])("%s is told", (who) => {
    expect(mention(who).markdown).toBe(`@${who}`);
  });

  test.each([
    "renovate[bot]",
    "ghost",
    "@ana",
    "a b",
    "-x",
    "",
    "acme/a/b",
    "ana|x",
    "ana\n# x",
    "acme/",
    "ünal",
  ])("S22: %j is not a login and tells nobody", (who) => {
    expect(mention(who).markdown).toBe(inline(who).markdown);
  });
});

describe("a link", () => {
  test.each([
    [`${REPOSITORY}/pull/8`, `${REPOSITORY}/pull/8`],
    ["https://GitHub.com/Acme/Shop/pull/8", "https://github.com/Acme/Shop/pull/8"],
    [`${REPOSITORY}/tree/a(b)`, `${REPOSITORY}/tree/a%28b%29`],
    [`${REPOSITORY}/x?a=1&copy=2`, `${REPOSITORY}/x?a=1&amp;copy=2`],
  ])("%s is the repository's own", (url, expected) => {
    expect(ownUrl(url, REPOSITORY)).toBe(expected);
  });

  test.each([
    "javascript:alert(1)",
    "http://github.com/acme/shop/pull/8",
    "https://github.com.evil.example/acme/shop",
    "https://github.com@evil.example/acme/shop",
    "https://user:secret@github.com/acme/shop",
    "https://github.com/acme/other/issues/1",
    "https://github.com/acme/shop/../other/issues/1",
    "https://github.com/acme/shopping",
    "//evil.example",
    "not a url",
    "",
  ])("S22: %j is dropped, its text stays", (url) => {
    expect(ownUrl(url, REPOSITORY)).toBeNull();
    expect(link("text", url, REPOSITORY).markdown).toBe("text");
  });

  test("a host without TLS is followed where the repository itself is there", () => {
    expect(
      ownUrl("http://127.0.0.1:4010/acme/shop/pull/8", "http://127.0.0.1:4010/acme/shop"),
    ).not.toBeNull();
  });
});

describe("a file to copy", () => {
  test("S22: stays as it is, in a fence that nothing in it ends, and holds no marker of ours", () => {
    const text = "a: `x`\nb: ```\nc: actions/checkout@v6\n";
    expect(fileBlock(text).markdown).toBe(`\`\`\`\`yaml\n${text}\`\`\`\``);
    expect(fileBlock("# <!-- hotfix:incident=1;kind=status -->").markdown).not.toContain("<!--");
  });
});
