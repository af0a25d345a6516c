import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFollowUp } from "../../src/github/writers/open-follow-up.ts";
import type { Action } from "../../src/incident/action.ts";
import { followUpMarker } from "../../src/incident/follow-ups.ts";
import { opened } from "../support/state-builder.ts";
import { type ScriptedGitHub, scriptedGitHub } from "../support/scripted-github.ts";

const marker = followUpMarker(42, "901.1a2b3c4d");
const action: Extract<Action, { kind: "open-follow-up" }> = {
  kind: "open-follow-up",
  key: "901.1a2b3c4d",
  marker,
  title: "Alarm",
  body: `${marker}\ntext`,
  withoutLabel: `${marker}\ntext, no label`,
  label: "incident-follow-up",
  assignees: ["ana"],
  known: null,
};
const url = "https://github.com/acme/shop/issues/12";
const created = {
  status: 201,
  body: { number: 12, id: 120, html_url: url, created_at: "2026-11-20T14:50:00Z" },
};
const there = {
  number: 12,
  databaseId: 120,
  url,
  body: action.body,
  author: { __typename: "Bot", login: "hotfix-responder" },
};

describe("the issue of an action item", () => {
  let github: ScriptedGitHub;

  beforeEach(() => {
    github = scriptedGitHub();
  });

  afterEach(() => github.finish());

  const newest = (...nodes: readonly object[]) =>
    github.onGraphql("QUERY NewestIssues", { repository: { issues: { nodes } } });
  const hasLabel = () => github.on("GET ./labels/incident-follow-up", { status: 200, body: {} });
  const links = (status: number) =>
    github.on("POST ./issues/42/sub_issues", { status, body: { message: "x" } });
  const open = () => openFollowUp(github.client, opened(), action);
  const made = () => github.sent.filter(({ what }) => what === "POST /repos/acme/shop/issues");

  it("F1: that a crashed pass left is found among the newest, and only linked", async () => {
    newest({ ...there, author: { __typename: "User", login: "hotfix-responder" } }, there);
    hasLabel();
    links(201);
    expect(await open()).toMatchObject({ kind: "issue", number: 12, id: 120 });
    expect(made()).toEqual([]);
  });

  it("F3: whose answer was lost is found, and not made twice", async () => {
    newest();
    hasLabel();
    github.on("POST ./issues", "no answer");
    newest(there);
    links(404);
    expect(await open()).toMatchObject({ number: 12 });
    expect(made()).toHaveLength(1);
  });

  it("F3: whose answer was lost and that is not shown is left to the next look", async () => {
    newest();
    hasLabel();
    github.on("POST ./issues", { status: 502, body: { message: "bad gateway" } });
    newest();
    await expect(open()).rejects.toMatchObject({ status: 502 });
    expect(made()).toHaveLength(1);
  });

  it("stays without an owner who cannot be assigned, and without a label that may not be made", async () => {
    newest();
    github.on("GET ./labels/incident-follow-up", { status: 404, body: { message: "Not Found" } });
    github.on("POST ./labels", { status: 403, body: { message: "no" } });
    const errors = [{ resource: "Issue", field: "assignees", code: "invalid" }];
    github.on("POST ./issues", { status: 422, body: { message: "Validation Failed", errors } });
    github.on("POST ./issues", created);
    links(422);
    expect(await open()).toMatchObject({ number: 12, at: "2026-11-20T14:50:00Z" });
    expect(made().map(({ body }) => body)).toEqual([
      { title: "Alarm", body: action.withoutLabel, assignees: ["ana"] },
      { title: "Alarm", body: action.withoutLabel },
    ]);
  });

  it("is made with the label that was missing", async () => {
    newest();
    github.on("GET ./labels/incident-follow-up", { status: 404, body: { message: "Not Found" } });
    github.on("POST ./labels", { status: 422, body: { message: "already_exists" } });
    github.on("POST ./issues", created);
    links(201);
    await open();
    expect(made()[0]!.body).toMatchObject({ labels: ["incident-follow-up"], body: action.body });
  });
});
