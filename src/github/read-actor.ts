import type { Actor } from "../incident/state/actor.ts";
import type { ActorAnswer } from "./documents/answers.ts";

/** GraphQL names bots without the `[bot]` that REST and the web page show: one form everywhere. A deleted account is `ghost`. */
export function actorOf(answer: ActorAnswer): Actor {
  if (answer === null) return { login: "ghost", kind: "ghost" };
  if (answer.__typename !== "Bot") {
    return { login: answer.login, kind: answer.login === "ghost" ? "ghost" : "user" };
  }
  return { login: answer.login.endsWith("[bot]") ? answer.login : `${answer.login}[bot]`, kind: "bot" };
}

/** An account as REST describes it. */
export function restActorOf(
  account: { readonly login: string; readonly type?: string } | null | undefined,
): Actor {
  if (account === null || account === undefined) return actorOf(null);
  return actorOf({ __typename: account.type ?? "User", login: account.login });
}

/** Written by this app. Both are needed: a person can take a login, but not be a bot. */
export function isByApp(actor: Actor, app: { readonly login: string }): boolean {
  return actor.kind === "bot" && actor.login.toLowerCase() === app.login.toLowerCase();
}
