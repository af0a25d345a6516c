import type { Config } from "../config/schema.ts";
import { type Acceptance, acceptanceOf } from "./acceptance.ts";
import { asAnswered } from "./as-answered.ts";
import type { Command } from "./command.ts";
import { commandSyntax } from "./commands.ts";
import { parseCommands, type ParsedCommand } from "./parse-commands.ts";
import { isLabelled } from "./declaration.ts";
import type { IncidentFacts } from "./facts.ts";
import { factsOf } from "./facts-of.ts";
import { judgeCommand } from "./judge-command.ts";
import { permitted } from "./permitted.ts";
import { mayHoldMoney, mayShowMoney, noMoneyHere, withoutMoney } from "./public-money.ts";
import type { Recorded } from "./replies.ts";
import { said, sayIn, translated } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";
import type { CommentFacts } from "./state/issue-facts.ts";
import type { Paste } from "./state/problem.ts";
import { nextUpdate } from "./update-times.ts";

/** What a reply says to one line of a comment. Sentences are plain text of the app, with what people wrote raw in them. */
export type Answer =
  | { readonly kind: "done"; readonly line: string; readonly what: string }
  | {
      readonly kind: "refused";
      readonly line: string;
      readonly why: string;
      readonly nextStep: string;
      readonly paste?: Paste;
    }
  | {
      readonly kind: "unknown";
      readonly line: string;
      readonly why: string;
      readonly suggestion: string | null;
    }
  /** What stakeholders are told, in the words of a person; `next`: when the next one is due. */
  | { readonly kind: "update"; readonly line: string; readonly text: string; readonly next: Instant | null }
  | { readonly kind: "help" | "why" | "sync" | "report"; readonly line: string };

export interface Answers {
  readonly answers: readonly Answer[];
  /** What is recorded: only this has an effect. */
  readonly accepted: readonly Recorded[];
  /** Nothing in it changes anything: the reply can wait until there is nothing else to do, and tell of all of it. */
  readonly isQuestion: boolean;
}

/** More in one comment is no command of a person in a hurry; who says what happened needs a line for each time. */
const MOST_COMMANDS = 10;
/** A line is recorded whole, encoded, in a comment of at most 65,536 characters. */
const MOST_CHARACTERS = 500;

/** What a command is judged by. */
export interface Judged {
  readonly state: IncidentState;
  readonly acceptance: Acceptance;
  readonly facts: IncidentFacts;
}

/** The same once a comment is answered with what was accepted of it; questions change nothing. */
export function judgedAfter(
  before: Judged,
  config: Config,
  comment: CommentFacts,
  accepted: readonly Recorded[],
): Judged {
  if (accepted.every(({ command }) => QUESTIONS.has(command.name))) return before;
  const state = asAnswered(before.state, comment, accepted);
  return { state, acceptance: acceptanceOf(state, config), facts: factsOf(state, config) };
}

/**
 * What is said to one comment; null while the permission of its author is not known. A line is judged as if what was accepted of the lines above it were
 * recorded already, as it would be in a comment of its own.
 */
export function answersTo(comment: CommentFacts, before: Judged, config: Config): Answers | null {
  const { state } = before;
  if (permitted(state, config, comment.author, config.trigger.label) === "unknown") return null;
  const say = sayIn(config.locale);
  const answers: Answer[] = [];
  const accepted: Recorded[] = [];
  const lines = parseCommands(comment.body);
  const maySayMoney = mayShowMoney(state, config);
  let judged = before;
  let judgedWith = 0;
  for (const parsed of lines.slice(0, MOST_COMMANDS)) {
    // Only where something came above: facts are not had for nothing.
    if (accepted.length > judgedWith) judged = judgedAfter(before, config, comment, accepted);
    judgedWith = accepted.length;
    const { answer, recorded } = answerTo(parsed, comment, config, judged);
    answers.push(maySayMoney ? answer : { ...answer, line: withoutMoney(parsed) });
    if (recorded !== null) accepted.push(recorded);
  }
  for (const parsed of lines.slice(MOST_COMMANDS)) {
    answers.push({
      kind: "refused",
      line: maySayMoney ? parsed.line : withoutMoney(parsed),
      why: say("only the first {count} commands of a comment are read", { count: MOST_COMMANDS }),
      nextStep: say("Write the others in a comment of their own"),
    });
  }
  return { answers, accepted, isQuestion: accepted.every(({ command }) => QUESTIONS.has(command.name)) };
}

const QUESTIONS: ReadonlySet<Command["name"]> = new Set(["help", "why", "sync", "report"]);

interface Answered {
  readonly answer: Answer;
  readonly recorded: Recorded | null;
}

function answerTo(
  parsed: ParsedCommand,
  comment: CommentFacts,
  config: Config,
  { state, acceptance, facts }: Judged,
): Answered {
  const { line } = parsed;
  if (!parsed.ok && !mayShowMoney(state, config) && mayHoldMoney(line)) {
    return { answer: { kind: "refused", line, ...noMoneyHere(config) }, recorded: null };
  }
  if (!parsed.ok) {
    const why =
      typeof parsed.why === "string"
        ? translated(parsed.why, config.locale)
        : said(parsed.why, config.locale);
    const { suggestion } = parsed;
    return { answer: { kind: "unknown", line, why, suggestion }, recorded: null };
  }
  const refused = (why: string, nextStep: string, paste?: Paste): Answered => ({
    answer: { kind: "refused", line, why, nextStep, ...(paste !== undefined && { paste }) },
    recorded: null,
  });
  const { command } = parsed;
  const objection = objectionTo(command, line, comment, config, { state, acceptance });
  if (objection !== null) return refused(objection.why, objection.nextStep);
  const recorded = (round: number, branch: string | null, basis: string | null = null): Recorded => ({
    command,
    line,
    round,
    branch,
    basis,
  });
  const current = facts.rounds.at(-1)!.number;
  if (
    command.name === "help" ||
    command.name === "why" ||
    command.name === "sync" ||
    command.name === "report"
  ) {
    return { answer: { kind: command.name, line }, recorded: recorded(current, null) };
  }
  const verdict = judgeCommand(command, state, config, facts, comment);
  return verdict.ok
    ? {
        answer:
          command.name === "update"
            ? { kind: "update", line, text: command.text, next: nextUpdate(facts, comment.createdAt) }
            : { kind: "done", line, what: verdict.what },
        recorded: recorded(verdict.round ?? current, verdict.branch ?? null, verdict.basis ?? null),
      }
    : refused(verdict.why, verdict.nextStep, verdict.paste);
}

/** Why the command is not taken, whatever it says; null: it is judged by what it says. */
function objectionTo(
  command: Command,
  line: string,
  comment: CommentFacts,
  config: Config,
  { state, acceptance }: Pick<Judged, "state" | "acceptance">,
): { readonly why: string; readonly nextStep: string } | null {
  const say = sayIn(config.locale);
  if (line.length > MOST_CHARACTERS) {
    return {
      why: say("it is too long"),
      nextStep: say("Write it with at most {count} characters", { count: MOST_CHARACTERS }),
    };
  }
  const needed = neededFor(command, config);
  if (permitted(state, config, comment.author, needed) !== "yes") {
    return {
      why: say("it needs the permission `{needed}` in this repository", { needed }),
      nextStep: say("Somebody who has it can write the same comment"),
    };
  }
  if (acceptance.kind !== "accepted" && !ALWAYS.has(command.name)) {
    return {
      why: say("the incident is not accepted yet"),
      nextStep: say("Write `/hotfix start` first"),
    };
  }
  if (!isLabelled(state, config) && !ALWAYS_WITHOUT_LABEL.has(command.name)) {
    return {
      why: say("the label `{label}` was taken off, so the app has stopped", {
        label: config.labels.incident,
      }),
      nextStep: say("Put the label back, then write the command again"),
    };
  }
  return null;
}

/** Commands that are for incidents that have not begun, too. */
const ALWAYS: ReadonlySet<Command["name"]> = new Set(["help", "why", "sync", "start"]);
const ALWAYS_WITHOUT_LABEL: ReadonlySet<Command["name"]> = new Set(["help", "why", "sync"]);

function neededFor(command: Command, config: Config) {
  const changesCode = commandSyntax.find(({ name }) => name === command.name)?.changesCode ?? true;
  return changesCode ? config.trigger.commands : config.trigger.label;
}
