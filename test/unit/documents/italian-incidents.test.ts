import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import { renderAll } from "../../../src/documents/try-templates.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { italian } from "../../../src/incident/italian.ts";
import { answersTo } from "../../../src/incident/answers.ts";
import { acceptanceOf } from "../../../src/incident/acceptance.ts";
import { commandSyntax } from "../../../src/incident/commands.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import {
  aComment,
  aPush,
  aReview,
  approved,
  at,
  carriedBack,
  closed,
  fixPushed,
  labelled,
  landed,
  merged,
  opened,
  permission,
  released,
  shaOf,
  shopConfig,
} from "../../support/state-builder.ts";

const renderer = createRenderer(await loadTemplates(), "it");
const config = { ...shopConfig, locale: "it" as const };

/** Pieces of English sentences between their values, long enough not to be a word of both languages or a name. */
const ENGLISH = Object.keys(italian)
  .flatMap((phrase) => phrase.split(/\{\w+\}|`[^`]*`/u))
  .map((piece) => piece.trim().replace(/^[;:,.()\s]+|[;:,.()\s]+$/gu, ""))
  // What is called the same in both languages.
  .filter((piece) => piece.length >= 8 && piece.includes(" ") && piece !== "Pull request");

/** Files to copy are code. */
const FENCED = /^(`{3,})[\s\S]*?^\1$/gmu;

function englishIn(whole: string): readonly string[] {
  const text = whole.replace(FENCED, "");
  return ENGLISH.filter((piece) => text.includes(piece)).map(
    (piece) => text.split("\n").find((line) => line.includes(piece)) ?? piece,
  );
}

const MOMENTS: Readonly<Record<string, () => IncidentState>> = {
  labelled,
  opened,
  "fix pushed": fixPushed,
  approved,
  merged,
  released,
  "carried back": carriedBack,
  landed,
  closed,
  "of people who did much": () =>
    fixPushed({
      pushes: [...fixPushed().pushes, aPush({ kind: "force_push", after: shaOf("f"), at: at("14:50") })],
      events: [
        ...fixPushed().events,
        { kind: "closed", id: "E9", actor: { login: "ana", kind: "user" }, at: at("14:51") },
        { kind: "assigned", id: "E10", actor: { login: "ana", kind: "user" }, at: at("14:52") },
      ],
      pullRequests: fixPushed().pullRequests.map((pull) => ({
        ...pull,
        reviews: [aReview({ state: "changes_requested", at: at("14:53") })],
      })),
    }),
  "of a repository that lacks much": () =>
    opened({
      app: { ...opened().app, lacks: ["contents", "checks"] },
      integration: null,
      configuration: { ...opened().configuration, problems: ["x"], usable: false },
      brokenTemplates: { status: "x" },
    }),
  "of an archived repository": () => opened({ repository: { ...opened().repository, isArchived: true } }),
};

describe("an incident in Italian", () => {
  it("looks for sentences that are there", () => {
    expect(ENGLISH.length).toBeGreaterThan(150);
    expect(englishIn("Nothing: the app goes on by itself.")).not.toEqual([]);
  });

  it.each(Object.keys(MOMENTS))("has no sentence of the English table in any text (%s)", (moment) => {
    const facts = factsOf(MOMENTS[moment]!(), config);
    expect(renderAll(renderer, facts).flatMap((text) => englishIn(text))).toEqual([]);
  });

  it.each(["opened", "fix pushed", "landed", "closed"])("answers every command in Italian (%s)", (moment) => {
    const lines = commandSyntax.flatMap(({ name, usage }) => [
      `/hotfix ${name}`,
      usage.replace(/<branch[^>]*>/gu, "develop").replace(/[<>]/gu, ""),
      `/hotfix ${name} because x`,
    ]);
    const texts = [...lines, "/hotfix statsu"].map((line) => {
      const comment = aComment(700, { body: line, createdAt: at("14:55") });
      const state = {
        ...MOMENTS[moment]!(),
        permissions: { [comment.author.login]: permission("maintain") },
      };
      const facts = factsOf(state, config);
      const said = answersTo(comment, { state, acceptance: acceptanceOf(state, config), facts }, config);
      return renderer.reply(facts, {
        actor: "ana",
        url: comment.url,
        report: null,
        answers: said?.answers ?? [],
      });
    });
    expect(texts.filter((text) => text.length > 20).length).toBe(lines.length + 1);
    expect(texts.flatMap((text) => englishIn(text))).toEqual([]);
  });
});
