import type { Config } from "../config/schema.ts";
import { type Conversation, ourComments, ourMarker, type Frozen, UNNAMED } from "./comment-marker.ts";
import type { Command } from "./command.ts";
import { parseCommands } from "./parse-commands.ts";
import { declarationOf } from "./declaration.ts";
import { isTrustedApp } from "./permitted.ts";
import type { IncidentState } from "./state.ts";
import { GHOST } from "./state/actor.ts";
import type { Instant } from "./state/instant.ts";
import type { CommentFacts } from "./state/issue-facts.ts";

/** Kind of the comments that answer commands. They are written before an incident is accepted, too. */
export const REPLY = "reply";

/**
 * A command that counts. It is recorded in our own reply, so that deleting or editing the comment, or losing the role, undoes nothing
 * (design decision 5).
 */
export interface AcceptedCommand {
  readonly command: Command;
  /** Login; `ghost` where the record names nobody and the comment is gone. */
  readonly actor: string;
  /** False: the reply was written where people may not be named. */
  readonly isNamed: boolean;
  /** When its comment was written. */
  readonly at: Instant;
  /** Id of its comment. */
  readonly comment: number;
  /** Of its comment. */
  readonly url: string;
  /** The round that it is about; of `again`, the one that it opens. */
  readonly round: number;
  /** The branch that `adopt` means, also where it named a pull request. */
  readonly branch: string | null;
  /**
   * Fingerprint of what was shown when it was accepted, of commands that are about that only; of an action item the day on which it is due, of what people say
   * the instant or SHA that was understood.
   */
  readonly basis: string | null;
}

/** What is recorded of each command of a comment. */
export type Recorded = Pick<AcceptedCommand, "command" | "round" | "branch" | "basis"> & {
  readonly line: string;
};

interface Written {
  readonly line: string;
  readonly round: number;
  readonly branch: string | null;
  readonly basis?: string;
}

/** All commands that count, in the order in which they were written: of those that contradict each other the last one holds. */
export function acceptedCommands(state: Conversation): readonly AcceptedCommand[] {
  const byComment = new Map<number, readonly AcceptedCommand[]>();
  for (const { marker } of ourComments(state)) {
    const { comment = "", actor = "", at = "", accepted = "" } = marker.fields;
    const id = Number(comment);
    // Two replies to one comment, after a crash, say the same thing twice.
    if (marker.kind !== REPLY || byComment.has(id) || !Number.isSafeInteger(id)) continue;
    const url = `${state.issue.url}#issuecomment-${id}`;
    const isNamed = actor !== UNNAMED;
    const by = { actor: isNamed ? actor : authorOf(state, id), isNamed };
    byComment.set(
      id,
      recordsIn(accepted).flatMap(({ line, round, branch, basis = null }): readonly AcceptedCommand[] => {
        const [parsed] = parseCommands(line);
        return parsed?.ok === true
          ? [{ command: parsed.command, ...by, at, comment: id, url, round, branch, basis }]
          : [];
      }),
    );
  }
  return [...byComment].toSorted(([one], [other]) => one - other).flatMap(([, commands]) => commands);
}

/** Address of our newest reply to such a command; null: nobody wrote one. */
export function newestReplyTo(state: Conversation, name: Command["name"]): string | null {
  const found = ourComments(state).findLast(
    ({ marker }) =>
      marker.kind === REPLY &&
      recordsIn(marker.fields.accepted ?? "").some(({ line }) => {
        const [parsed] = parseCommands(line);
        return parsed?.ok === true && parsed.command.name === name;
      }),
  );
  return found?.comment.url ?? null;
}

/**
 * Comments with commands that have no answer yet, oldest first. A command counts only as it was first written (faults.md S14), from a person or
 * a named app, after the issue was declared an incident.
 */
export function unansweredComments(state: IncidentState, config: Config): readonly CommentFacts[] {
  const declared = declarationOf(state, config)?.at;
  if (declared === undefined) return [];
  const answered = new Set(
    ourComments(state)
      .filter(({ marker }) => marker.kind === REPLY)
      .map(({ marker }) => Number(marker.fields.comment)),
  );
  return state.comments.filter(
    (comment) =>
      !comment.isOurs &&
      (comment.author.kind === "user" || isTrustedApp(config, comment.author)) &&
      comment.editedAt === null &&
      Date.parse(comment.createdAt) >= Date.parse(declared) &&
      !answered.has(comment.id) &&
      parseCommands(comment.body).length > 0,
  );
}

/** Marker of the one reply to a comment; `frozen` null: the incident is not accepted. */
export function replyMarker(
  number: number,
  comment: CommentFacts,
  accepted: readonly Recorded[],
  frozen: Frozen | null,
  mayNamePeople: boolean,
): string {
  const written = accepted.map(
    ({ line, round, branch, basis }): Written => ({ line, round, branch, ...(basis !== null && { basis }) }),
  );
  const fields = {
    comment: String(comment.id),
    actor: mayNamePeople ? comment.author.login : UNNAMED,
    at: comment.createdAt,
    ...(written.length > 0 && { accepted: JSON.stringify(written) }),
  };
  return ourMarker(number, REPLY, fields, frozen);
}

function authorOf({ comments }: Conversation, id: number): string {
  return comments.find((comment) => comment.id === id)?.author.login ?? GHOST;
}

function recordsIn(text: string): readonly Written[] {
  if (text === "") return [];
  let records: unknown;
  try {
    records = JSON.parse(text);
  } catch (error) {
    // Somebody with write access cut our comment: what cannot be read says nothing.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  return Array.isArray(records) ? records.filter(isWritten) : [];
}

function isWritten(value: unknown): value is Written {
  const { line, round, branch, basis } = (value ?? {}) as Partial<Record<keyof Written, unknown>>;
  return (
    typeof line === "string" &&
    typeof round === "number" &&
    Number.isSafeInteger(round) &&
    round >= 1 &&
    round < 100 &&
    (branch === null || typeof branch === "string") &&
    (basis === undefined || typeof basis === "string")
  );
}
