import type { Actor } from "../../incident/state/actor.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { inline, join, mention } from "../markdown.ts";

const MOST_MENTIONS = 5;

/**
 * Those who must act, mentioned. Where people may not be named, teams only: a team names nobody, and assignees hear of a comment anyway.
 * null: nobody is left to mention.
 */
export function mentions(who: readonly string[], mayNamePeople: boolean): SafeMarkdown | null {
  const named = [...new Set(who)]
    .filter((each) => mayNamePeople || each.includes("/"))
    .slice(0, MOST_MENTIONS);
  return named.length === 0 ? null : join(named.map(mention), ", ");
}

/** A person's name where it may be published; it notifies nobody. */
export function person(login: string | null, mayNamePeople: boolean): SafeMarkdown | null {
  return login === null || !mayNamePeople ? null : inline(login);
}

/** Logins of users; bots and deleted accounts cannot act. */
export function usersOnly(actors: readonly (Actor | null)[]): readonly string[] {
  return actors.flatMap((actor) => (actor?.kind === "user" ? [actor.login] : []));
}
