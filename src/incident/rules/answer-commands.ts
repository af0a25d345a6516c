import { acceptanceOf } from "../acceptance.ts";
import type { Action } from "../action.ts";
import { type Answers, answersTo, type Judged, judgedAfter } from "../answers.ts";
import { replyMarker, unansweredComments } from "../replies.ts";
import { committedReport } from "./commit-documents.ts";
import type { Situation } from "./rule.ts";

export interface CommandReplies {
  /** They decide something: everything else waits for them, because it may be planned otherwise then. */
  readonly decisions: readonly Action[];
  /** They only ask: answered when there is nothing else to do, so that the answer tells of all of it. */
  readonly questions: readonly Action[];
}

/**
 * One reply for each comment with commands, once. What it accepts is recorded in it, and has its effect through that record only. All of them are planned at
 * once, so each comment is judged as if the ones before it had their reply.
 */
export function answerCommands(situation: Situation): CommandReplies {
  const { state, config, facts, frozen, render } = situation;
  const acceptance = acceptanceOf(state, config);
  const decisions: Action[] = [];
  const questions: Action[] = [];
  const comments = unansweredComments(state, config);
  let judged: Judged = { state, acceptance, facts };
  for (const comment of comments) {
    const answered = answersTo(comment, judged, config);
    if (answered === null) continue;
    if (comment !== comments.at(-1)) judged = judgedAfter(judged, config, comment, answered.accepted);
    const marker = replyMarker(
      state.issue.number,
      comment,
      answered.accepted,
      acceptance.kind === "accepted" ? frozen : null,
      facts.mayNamePeople,
    );
    const text = render.reply(facts, {
      actor: comment.author.login,
      url: comment.url,
      answers: answered.answers,
      report: committedReport(situation),
    });
    const reply: Action = {
      kind: "post-comment",
      on: state.issue.number,
      marker,
      body: `${marker}\n${text}`,
      ...(sendsUpdate(answered) && { notifies: { kind: "stakeholder-update", comment: comment.id } }),
    };
    (answered.isQuestion ? questions : decisions).push(reply);
  }
  return { decisions, questions };
}

function sendsUpdate({ accepted }: Answers): boolean {
  return accepted.some(({ command }) => command.name === "update");
}
