import type { Config } from "../config/schema.ts";
import { inWords, type SpokenTime, understood } from "./clock-time.ts";
import type { CommandVerdict } from "./command-verdict.ts";
import { said, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";
import type { CommentFacts } from "./state/issue-facts.ts";

const YEAR = 366 * 86_400_000;

export type Placed =
  | { readonly ok: true; readonly at: Instant }
  | Extract<CommandVerdict, { readonly ok: false }>;

/** The instant that a comment means, or why it cannot be one of this incident. */
export function placedTime(
  time: SpokenTime,
  state: IncidentState,
  config: Config,
  comment: CommentFacts,
): Placed {
  const when = understood(time, comment.createdAt, config.timezone ?? "UTC");
  const { locale } = config;
  const refused = (why: string, nextStep: string): Placed => ({ ok: false, why, nextStep });
  if (!when.ok) return refused(said(when.why, locale), said(when.nextStep, locale));
  if (Date.parse(when.at) >= Date.parse(state.issue.createdAt) - YEAR) return when;
  const say = sayIn(locale);
  return refused(
    say("{time} is more than a year before the issue was opened, {opened}", {
      time: inWords(when.at),
      opened: inWords(state.issue.createdAt),
    }),
    say("Write the time with its right date, or say it in a note without one"),
  );
}
