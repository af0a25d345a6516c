import { capitalised } from "../../incident/capitalised.ts";
import { commandSyntax } from "../../incident/commands.ts";
import type { IncidentFacts } from "../../incident/facts.ts";
import { obstaclesOf } from "../../incident/obstacles.ts";
import { sayIn, translated } from "../../incident/say.ts";
import { link, linkOrNull, type SafeMarkdown, shorten, visibleText } from "../markdown.ts";
import type { ReplyPoint } from "../renderer.ts";
import { capped, type IncidentView, incidentView, phrase, sentence } from "./incident-view.ts";
import { type PasteView, pasteViews } from "./paste-view.ts";
import { person } from "./people.ts";

export interface ReplyView extends IncidentView {
  /** Whose comment is answered, as a link to it. */
  readonly to: SafeMarkdown;
  readonly answers: readonly AnswerView[];
  /** The committed report; null: there is none yet. */
  readonly report: SafeMarkdown | null;
  /** Shown once, below, where somebody asked for it or mistyped. */
  readonly commands: readonly { readonly usage: string; readonly meaning: string }[];
}

export interface AnswerView {
  readonly kind: string;
  /** Raw: what the person wrote, cut to what fits a line. */
  readonly line: string;
  readonly what: SafeMarkdown;
  readonly why: SafeMarkdown;
  readonly nextStep: SafeMarkdown;
  readonly suggestion: string | null;
  /** Raw: what stakeholders are told. */
  readonly text: string;
  /** When the next update is due. */
  readonly next: string | null;
  /** What a person can put into a file instead; none or one. */
  readonly pastes: readonly PasteView[];
  readonly obstacles: readonly {
    readonly what: SafeMarkdown;
    readonly rule: SafeMarkdown;
    readonly evidence: SafeMarkdown;
  }[];
  readonly moreObstacles: number;
  /** What people did that the app lets stand: often why something does not happen. */
  readonly noticed: readonly SafeMarkdown[];
}

const LINE_LENGTH = 100;
const MOST_OBSTACLES = 10;

export function replyView(facts: IncidentFacts, { actor, url, answers, report }: ReplyPoint): ReplyView {
  const needsList = answers.some(({ kind }) => kind === "help" || kind === "unknown");
  const noticed = facts.noticed.slice(0, MOST_OBSTACLES).map((each) => sentence(facts, each));
  return {
    ...incidentView(facts),
    to: link(
      person(actor, facts.mayNamePeople) ?? sayIn(facts.locale)("this comment"),
      url,
      facts.repository.url,
    ),
    report: linkOrNull(sayIn(facts.locale)("report"), report, facts.repository.url),
    answers: answers.map((answer) => {
      const obstacles = capped(answer.kind === "why" ? obstaclesOf(facts) : [], MOST_OBSTACLES);
      return {
        kind: answer.kind,
        line: shorten(visibleText(answer.line), LINE_LENGTH),
        what: sentence(facts, capitalised(answer.kind === "done" ? answer.what : "")),
        why: sentence(facts, capitalised("why" in answer ? answer.why : "")),
        nextStep: sentence(facts, answer.kind === "refused" ? answer.nextStep : ""),
        text: answer.kind === "update" ? answer.text : "",
        next: answer.kind === "update" ? answer.next : null,
        pastes: pasteViews(answer.kind === "refused" && answer.paste !== undefined ? [answer.paste] : []),
        suggestion: answer.kind === "unknown" ? answer.suggestion : null,
        obstacles: obstacles.shown.map(({ what, rule, evidence }) => ({
          what: phrase(facts, what.replace(/\.$/u, "")),
          rule: phrase(facts, rule),
          evidence: sentence(facts, evidence),
        })),
        moreObstacles: obstacles.more,
        noticed: answer.kind === "why" ? noticed : [],
      };
    }),
    commands: needsList
      ? commandSyntax.map(({ usage, meaning }) => ({ usage, meaning: translated(meaning, facts.locale) }))
      : [],
  };
}
