import type { Config } from "../config/schema.ts";
import { type CommandVerdict, refused } from "./command-verdict.ts";
import type { CommandOf } from "./command.ts";
import { dayAfter, dueDayOf } from "./due-day.ts";
import { listed } from "./ending.ts";
import type { IncidentFacts } from "./facts.ts";
import { CLOSED_ALREADY, MOST_FOLLOW_UPS, normalised } from "./follow-ups.ts";
import { type Say, said, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { CommentFacts } from "./state/issue-facts.ts";

type Judged = CommandOf<"action" | "not-doing" | "update">;

const HORIZON = { sprint: "this sprint", next: "next sprint", quarter: "next quarter" } as const;

/** Whether a command about what follows makes sense now. */
export function judgeFollowUpCommand(
  command: Judged,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
  comment: CommentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  if (facts.ended?.kind === "abort") {
    return refused(say("the app has stopped here"), say("Write `/hotfix start` first"));
  }
  switch (command.name) {
    case "action":
      return action(command, state, config, facts, comment);
    case "not-doing":
      return notDoing(say, command, facts);
    case "update":
      return { ok: true, what: say("Stakeholder update sent") };
  }
}

function action(
  command: CommandOf<"action">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
  comment: CommentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  const { text, type, horizon, owner } = command;
  const same = facts.actions.find((each) => normalised(each.text) === normalised(text));
  if (same !== undefined) {
    return refused(
      same.issue === null
        ? say("it is an action item already")
        : say("it is an action item already, #{number}", { number: same.issue.number }),
      say("Nothing: say it otherwise if you mean something else"),
    );
  }
  if (facts.actions.length >= MOST_FOLLOW_UPS) {
    return refused(
      say("there are {count} action items already", { count: MOST_FOLLOW_UPS }),
      say("Open an issue for it by hand"),
    );
  }
  const due =
    command.due === null
      ? { ok: true as const, day: dayAfter(comment.createdAt, config.followUps.days[horizon]) }
      : dueDayOf(command.due, comment.createdAt);
  if (!due.ok) {
    return refused(
      said(due.why, config.locale),
      say("Write the command again with the day on which it is due"),
    );
  }
  if (owner !== null && !isKnown(owner, state, facts, comment)) {
    return refused(
      say("`{owner}` is nobody who can take it here", { owner }),
      say(
        "Name somebody who may work on issues in this repository, an owner of the service, or leave `owner=` out",
      ),
    );
  }
  const words = { type: say(type), horizon: say(HORIZON[horizon]), day: due.day };
  return {
    ok: true,
    basis: due.day,
    what: whatFollows(say, owner, facts.mayNamePeople, words),
  };
}

/** GitHub may be unable to assign somebody, and cannot assign a team: what is said of the owner holds then, too. */
function whatFollows(
  say: Say,
  owner: string | null,
  mayNamePeople: boolean,
  words: { readonly type: string; readonly horizon: string; readonly day: string },
): string {
  if (owner === null) {
    return say("an issue follows for it: {type}, {horizon}, due {day}; nobody owns it yet", words);
  }
  return mayNamePeople || owner.includes("/")
    ? say("an issue follows for it: {type}, {horizon}, due {day}; it mentions its owner", words)
    : say(
        "an issue follows for it: {type}, {horizon}, due {day}; it names nobody, and is assigned to its owner where GitHub can do so",
        words,
      );
}

/** Whoever may triage, takes part in the incident or owns its service; in a private repository whoever may read. */
function isKnown(owner: string, state: IncidentState, facts: IncidentFacts, comment: CommentFacts): boolean {
  const name = owner.toLowerCase();
  if (facts.owners.some((each) => each.toLowerCase() === name)) return true;
  if (name.includes("/")) return false;
  if (name === "me") return comment.author.kind === "user";
  const authors = state.comments.filter(({ author }) => author.kind === "user");
  if (authors.some(({ author }) => author.login.toLowerCase() === name)) return true;
  const found = Object.entries(state.permissions).find(([login]) => login.toLowerCase() === name)?.[1];
  return found !== undefined && (found.triage || (state.repository.isPrivate && found.pull));
}

function notDoing(say: Say, { issue: number }: CommandOf<"not-doing">, facts: IncidentFacts): CommandVerdict {
  const numbers = facts.actions.flatMap((each) => (each.issue === null ? [] : [`#${each.issue.number}`]));
  const found = facts.actions.find((each) => each.issue?.number === number);
  if (found === undefined) {
    const known = listed(numbers, say);
    return refused(
      say("#{number} is no action item of this incident", { number }),
      known === null ? say("There is none with an issue yet") : say("Name one of {names}", { names: known }),
    );
  }
  switch (found.state) {
    case "done":
      return refused(say("#{number} is done already", { number }), say("Reopen it first if it is not"));
    case "gone":
      return refused(
        say("#{number} is not there any more", { number }),
        say("Nothing: the retrospective says so"),
      );
    case "not-doing":
      return {
        ok: true,
        basis: CLOSED_ALREADY,
        what: say("#{number} is closed as not planned already; the reason is kept", { number }),
      };
    case "open":
      return { ok: true, what: say("#{number} is closed as not planned; the reason is kept", { number }) };
  }
}
