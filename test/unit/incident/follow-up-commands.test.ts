import { describe, expect, it } from "vitest";
import { parseCommands } from "../../../src/incident/parse-commands.ts";

function parsed(rest: string) {
  const [command] = parseCommands(`/hotfix ${rest}`);
  return command?.ok === true ? command.command : (command?.why ?? null);
}

const plain = { name: "action", type: "prevent", horizon: "sprint", owner: null, due: null };

describe("/hotfix action", () => {
  it.each([
    ['action "Alarm on errors"', { ...plain, text: "Alarm on errors" }],
    ["action Alarm on errors", { ...plain, text: "Alarm on errors" }],
    [
      "action Alarm on errors due=in 5 days owner=ana",
      { ...plain, text: "Alarm on errors", due: "in 5 days", owner: "ana" },
    ],
    [
      'action "Set owner=me in CI" owner=@acme/payments due="2026-12-01" type=Detect horizon=NEXT',
      {
        name: "action",
        text: "Set owner=me in CI",
        owner: "acme/payments",
        due: "2026-12-01",
        type: "detect",
        horizon: "next",
      },
    ],
    ['action "Say "no" twice"', { ...plain, text: 'Say "no" twice' }],
    ["action “Alarm” type=process", { ...plain, text: "Alarm", type: "process" }],
    ["not-doing #12 because it is gone", { name: "not-doing", issue: 12, because: "it is gone" }],
    ['update "We are back"', { name: "update", text: "We are back" }],
    ["update We are back, says @ana", { name: "update", text: "We are back, says @ana" }],
    ["report", { name: "report" }],
  ])("S14: %s is read", (line, command) => {
    expect(parsed(line)).toEqual(command);
  });

  it.each([
    ["action", "say what is to be done"],
    ['action ""', "say what is to be done"],
    ['action "Alarm" prio=1', "after the text come only owner"],
    ['action "Alarm" due=today due=tomorrow', "each once"],
    ['action "Alarm" owner=', "something must follow the ="],
    ['action "Alarm" owner=@', "owner is one user or team"],
    ['action "Alarm" owner="ana and ben"', "owner is one user or team"],
    ['action "Alarm" type=fix', "type is one of"],
    ['action "Alarm" horizon=never', "horizon is one of"],
    [`action "${"x".repeat(301)}"`, "at most 300 characters"],
    ["not-doing #12", "say why"],
    ["not-doing 12 because no", "by its number"],
    ["update", "say what stakeholders are to know"],
    ["update …", "say what stakeholders are to know"],
  ])("S14: %s is asked about", (line, why) => {
    expect(parsed(line)).toContain(why);
  });
});
