import { describe, expect, it } from "vitest";
import type { FollowUpAnswer } from "../../src/github/documents/follow-up-queries.ts";
import { referringFollowUps, unseenFollowUps, withUnseen } from "../../src/github/read-follow-ups.ts";
import { followUpMarker } from "../../src/incident/follow-ups.ts";
import { aStatusComment, opened } from "../support/state-builder.ts";

const app = { login: "hotfix-responder[bot]" };

function answer(number: number, over: Partial<FollowUpAnswer> = {}): FollowUpAnswer {
  return {
    number,
    databaseId: number * 10,
    url: `https://github.com/acme/shop/issues/${number}`,
    state: "OPEN",
    stateReason: null,
    closedAt: null,
    body: `${followUpMarker(42, `901.${number}abc`)}\ntext`,
    author: { __typename: "Bot", login: "hotfix-responder" },
    closings: { nodes: [] },
    ...over,
  };
}

describe("the issues of action items", () => {
  it("S22: are those of this app that name this incident; a marker that somebody copied is none", () => {
    const found = referringFollowUps(
      42,
      [
        answer(14),
        answer(12),
        answer(12),
        null,
        answer(15, { author: { __typename: "User", login: "hotfix-responder" } }),
        answer(16, { author: { __typename: "Bot", login: "other" } }),
        answer(17, { author: null }),
        answer(18, { body: followUpMarker(43, "901.1abc") }),
        answer(19, { body: "<!-- hotfix:incident=42;kind=status;key=901.1abc -->" }),
      ],
      app,
    );
    expect(found.map(({ number, key }) => [number, key])).toEqual([
      [12, "901.12abc"],
      [14, "901.14abc"],
    ]);
  });

  it("those that the status comment records are asked for by number, and are gone where GitHub has none", () => {
    const status = aStatusComment();
    const body = status.body.replace(" -->", ";follow=901.1a%3A12%2C901.1b%3A13%2C901.1c%3A14 -->");
    const state = {
      ...opened(),
      comments: [{ ...status, body }],
      followUps: referringFollowUps(42, [answer(12)], app),
    };
    expect(unseenFollowUps(state)).toEqual([13, 14]);
    const closedAt = "2026-11-21T08:00:00Z";
    const edited = answer(13, {
      body: "somebody took the marker away",
      state: "CLOSED",
      stateReason: "NOT_PLANNED",
      closedAt,
      closings: { nodes: [{ createdAt: closedAt }] },
    });
    const answers = new Map([
      [13, edited],
      [14, null],
    ]);
    expect(withUnseen(state, answers)).toMatchObject([
      { number: 12, state: "open" },
      { number: 13, key: "901.1b", state: "closed", stateReason: "not_planned", lastClosedAt: closedAt },
      { number: 14, key: "901.1c", state: "gone" },
    ]);
  });
});
