import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandSyntax } from "../../../src/incident/commands.ts";
import { parseCommands } from "../../../src/incident/parse-commands.ts";

function only(body: string) {
  const parsed = parseCommands(body);
  expect(parsed).toHaveLength(1);
  return parsed[0]!;
}

describe("parseCommands", () => {
  it("an unknown check is answered with those that there are", () => {
    expect(only("/hotfix override back-merge because x")).toMatchObject({
      why: expect.stringMatching(/^name one of properties, /u),
    });
  });

  it.each([
    ["/hotfix start", { name: "start" }],
    ["/hotfix", { name: "help" }],
    ["/hotfix STATUS", { name: "status" }],
    ["/hotfix abort because it was a false alarm", { name: "abort", because: "it was a false alarm" }],
    ["/hotfix adopt fix/payment", { name: "adopt", what: { branch: "fix/payment" } }],
    ["/hotfix adopt #12", { name: "adopt", what: { pullRequest: 12 } }],
    [
      "/hotfix skip release/1.4 because it is never deployed",
      { name: "skip", branch: "release/1.4", because: "it is never deployed" },
    ],
    [
      "/hotfix landed `develop` because cherry-picked by hand",
      { name: "landed", branch: "develop", because: "cherry-picked by hand" },
    ],
    ["/hotfix severity High", { name: "severity", level: "high" }],
    [
      "/hotfix override hotfix/tests (advice) because it is in the next push",
      { name: "override", check: "tests", because: "it is in the next push" },
    ],
    [
      "/hotfix forbid totalAmount use amount in src/**, lib/*.js because orders have none",
      {
        name: "forbid",
        forbid: "totalAmount",
        use: "amount",
        in: ["src/**", "lib/*.js"],
        because: "orders have none",
      },
    ],
    [
      "/hotfix forbid `totalAmount`",
      { name: "forbid", forbid: "totalAmount", use: null, in: [], because: null },
    ],
    [
      "/hotfix forbid \"totalAmount\" in `src/**`, 'lib/a.js' use `amount` because “old” because new",
      {
        name: "forbid",
        forbid: "totalAmount",
        use: "amount",
        in: ["src/**", "lib/a.js"],
        because: "“old” because new",
      },
    ],
    [
      "/hotfix forbid “total” use because",
      { name: "forbid", forbid: "total", use: "because", in: [], because: null },
    ],
    ["/hotfix retire totalAmount", { name: "retire", rule: "totalAmount" }],
    ["/hotfix retire `forbid totalAmount`", { name: "retire", rule: "totalAmount" }],
    ['/hotfix retire "no-float-money"', { name: "retire", rule: "no-float-money" }],
  ])("reads %s", (line, command) => {
    expect(only(line)).toEqual({ ok: true, line, command });
  });

  it("finds a command between lines of prose, with Windows line ends", () => {
    expect(only("It came back.\r\n/hotfix again\r\nSorry.")).toEqual({
      ok: true,
      line: "/hotfix again",
      command: { name: "again" },
    });
  });

  it.each([
    ["a quote", "> /hotfix start"],
    ["a fence", "```\n/hotfix start\n```"],
    ["a fence that a shorter one does not end", "````\n```\n/hotfix start\n````"],
    ["a fence that never ends", "~~~\n/hotfix start"],
    ["indented code", "    /hotfix start"],
    ["an HTML comment", "<!-- \n/hotfix start\n-->"],
    ["the middle of a line", "please /hotfix start"],
    ["inline code", "`/hotfix start`"],
    ["another word", "/hotfixes start"],
  ])("S14: ignores a command in %s", (_where, body) => {
    expect(parseCommands(body)).toEqual([]);
  });

  it("reads a command that a telephone began with a capital", () => {
    expect(only("/Hotfix Why")).toEqual({ ok: true, line: "/Hotfix Why", command: { name: "why" } });
  });

  it.each([
    ["/hotfix close", "/hotfix resolved because <reason>"],
    ["/hotfix Rollback v1.4.2", "/hotfix resolved because <reason>"],
    ["/hotfix cancel", "/hotfix abort because <reason>"],
    ["/hotfix constructor", null],
  ])("suggests for %s what is meant and not what is spelled alike", (line, suggestion) => {
    expect(only(line)).toMatchObject({ ok: false, suggestion });
  });

  it("suggests the nearest command for a mistyped one", () => {
    expect(only("/hotfix agian")).toEqual({
      ok: false,
      line: "/hotfix agian",
      why: "there is no such command",
      suggestion: "/hotfix again",
    });
  });

  it("suggests nothing where nothing is near", () => {
    expect(only("/hotfix xyzzyplugh")).toMatchObject({ ok: false, suggestion: null });
  });

  it("asks for the reason where one is needed", () => {
    expect(only("/hotfix abort")).toMatchObject({
      ok: false,
      why: "say why, after the word because",
      suggestion: "/hotfix abort because <reason>",
    });
  });

  it("reads several commands in the order of their lines", () => {
    expect(parseCommands("/hotfix sync\n/hotfix why").map((each) => each.ok && each.command.name)).toEqual([
      "sync",
      "why",
    ]);
  });
});

it("the README lists exactly the commands that there are", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const rows = readme.split("\n").filter((line) => line.startsWith("| `/hotfix "));
  expect(rows).toEqual(commandSyntax.map(({ usage, meaning }) => `| \`${usage}\` | ${meaning} |`));
});
