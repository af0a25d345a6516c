import { describe, expect, it } from "vitest";
import { frozenOf, wasPosted } from "../../../src/incident/comment-marker.ts";
import {
  newStatusBody,
  statusCommentOf,
  updatedStatusBody,
  wasStatusDeleted,
} from "../../../src/incident/status-comment.ts";
import {
  aComment,
  appActor,
  aStatusComment,
  at,
  incidentId,
  labelled,
  leo,
  opened,
  ourComment,
  slug,
} from "../../support/state-builder.ts";

const frozen = { id: incidentId, slug, acceptedBy: "ana", event: "LE_1" };

describe("statusCommentOf", () => {
  it("is the oldest of ours with the marker", () => {
    const state = labelled({ comments: [aComment(1), aStatusComment("a", 2), aStatusComment("b", 3)] });
    expect(statusCommentOf(state)?.id).toBe(2);
  });

  it("S22: is never a comment of somebody else, whatever it holds", () => {
    const state = labelled({ comments: [aComment(1, { body: aStatusComment().body })] });
    expect(statusCommentOf(state)).toBeNull();
  });

  it("is not one of another incident", () => {
    const body = newStatusBody(7, frozen, "x");
    const state = labelled({ comments: [aComment(1, { isOurs: true, author: appActor, body })] });
    expect(statusCommentOf(state)).toBeNull();
  });

  it("is found by its section when a person edited the marker away", () => {
    const body = aStatusComment("old").body.replace(/^.*\n/u, "");
    const state = labelled({ comments: [aComment(1, { isOurs: true, author: appActor, body })] });
    expect(statusCommentOf(state)?.id).toBe(1);
    expect(updatedStatusBody(42, frozen, body, "old")).toContain("kind=status");
  });
});

describe("the body", () => {
  it("keeps what people wrote around the section, and brings the section back", () => {
    const body = newStatusBody(42, frozen, "phase one");
    const edited = `Call +39 06 first!\n\n${body.replace("phase one", "nonsense")}\n\nThe runbook is in the wiki.`;
    const updated = updatedStatusBody(42, frozen, edited, "phase two");
    expect(updated).toContain("Call +39 06 first!");
    expect(updated).toContain("The runbook is in the wiki.");
    expect(updated).toContain("phase two");
    expect(updated).not.toContain("nonsense");
  });

  it("is not written again for the line ends of an editor", () => {
    const body = newStatusBody(42, frozen, "one\ntwo").replaceAll("\n", "\r\n");
    expect(updatedStatusBody(42, frozen, body, "one\ntwo")).toBeNull();
  });

  it("keeps what was frozen first when it is written again", () => {
    const body = newStatusBody(42, frozen, "a");
    const other = { id: "INCIDENT-LOW-042", slug: "other", acceptedBy: "leo", event: "LE_9" };
    const comment = aComment(1, { isOurs: true, body: updatedStatusBody(42, other, body, "b") ?? "" });
    expect(frozenOf(labelled({ comments: [comment] }))).toEqual(frozen);
  });
});

describe("wasStatusDeleted", () => {
  const deletion = {
    kind: "comment-deleted",
    id: "D1",
    actor: leo,
    at: at("14:32"),
    author: appActor,
  } as const;

  it.each([
    ["nothing was written yet", labelled(), false],
    [
      "branches and pull requests are there but a crash came before the comment",
      opened({ comments: [] }),
      false,
    ],
    ["a later comment of ours is there", opened({ comments: [ourComment(1, "ready", "Ready.")] }), true],
    ["a person deleted a comment of ours", opened({ comments: [], events: [deletion] }), true],
    ["the app deleted it", opened({ comments: [], events: [{ ...deletion, actor: appActor }] }), false],
    [
      "somebody's own comment was deleted",
      opened({ comments: [], events: [{ ...deletion, author: leo }] }),
      false,
    ],
    ["only a refusal was written", labelled({ comments: [ourComment(1, "not-accepted", "No.")] }), false],
    ["it is there", opened({ events: [deletion] }), false],
  ])("when %s: %#", (_, state, expected) => {
    expect(wasStatusDeleted(state)).toBe(expected);
  });
});

describe("wasPosted", () => {
  it("compares kind and key, not what else the marker holds", () => {
    const state = labelled({ comments: [ourComment(1, "conflict", "!", { round: "1", target: "develop" })] });
    expect(wasPosted(state, "conflict", { round: "1", target: "develop" })).toBe(true);
    expect(wasPosted(state, "conflict", { round: "2", target: "develop" })).toBe(false);
    expect(wasPosted(state, "ready", { round: "1" })).toBe(false);
  });
});
