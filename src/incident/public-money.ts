import type { Config } from "../config/schema.ts";
import type { ParsedCommand } from "./parse-commands.ts";
import { sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";

/** Whether figures of money may stand in what the app writes (design decision 13). */
export function mayShowMoney(state: IncidentState, config: Config): boolean {
  return state.repository.isPrivate || config.public.money;
}

/** Why none is kept, and what to do instead. */
export function noMoneyHere({ locale }: Config): { readonly why: string; readonly nextStep: string } {
  const say = sayIn(locale);
  return {
    why: say("this repository is public, so no figure of money is kept or shown here"),
    nextStep: say("Write it without the revenue, or set `public.money` in `.github/hotfix.yml` first"),
  };
}

const REVENUE = /\brevenue\s*[=:]\s*(?:"[^"]*"?|“[^”]*”?|(?:\p{L}{1,3}\s+|\p{Sc}\s*)?\S+)/giu;
const IMPACT = /^\/hotfix\s+impact\b/iu;
const OTHER_PAIR = /(?<!\S)(?:share|tickets|users|from)\s*=\s*(?:"[^"]*"|“[^”]*”|[^\s"“”]+)(?!\S)/giu;

/** A line of a comment as it is quoted where no figure of money may be repeated. */
export function withoutMoney({ ok, line }: ParsedCommand): string {
  return !ok && mayHoldMoney(line) ? "/hotfix impact …" : line.replace(REVENUE, "revenue=…");
}

/** Whether a line about the impact that cannot be read may hold a figure of money: nothing of it can be quoted then, not even to say what is wrong. */
export function mayHoldMoney(line: string): boolean {
  return IMPACT.test(line) && line.replace(IMPACT, "").replace(OTHER_PAIR, "").trim() !== "";
}
