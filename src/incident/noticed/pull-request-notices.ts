import type { Say } from "../say.ts";
import type { IncidentState } from "../state.ts";
import type { Actor } from "../state/actor.ts";
import type { PullRequestEventFacts, PullRequestFacts } from "../state/pull-request-facts.ts";
import { wasRedrafted } from "../was-redrafted.ts";

/** What people did to a pull request of the app, whatever its base. */
export function pullRequestNotices(
  say: Say,
  state: IncidentState,
  pull: PullRequestFacts,
  base: string,
  by: By,
): readonly string[] {
  const { number } = pull;
  return [
    ...(pull.state === "closed"
      ? [
          say("#{number} to {base} was closed{by} without being merged", {
            number,
            base,
            by: by(lastActor(pull, "closed")),
          }),
        ]
      : []),
    ...(pull.base === base
      ? []
      : [
          say("#{number} was pointed to {other} instead of {base}{by}", {
            number,
            other: pull.base,
            base,
            by: by(lastActor(pull, "base_ref_changed")),
          }),
        ]),
    ...(pull.state === "open" && wasRedrafted(state, pull)
      ? [
          say("#{number} was turned back into a draft{by}", {
            number,
            by: by(lastActor(pull, "convert_to_draft")),
          }),
        ]
      : []),
  ];
}

export function lastActor(
  pull: PullRequestFacts | null,
  kind: PullRequestEventFacts["kind"],
): Actor | undefined {
  return pull?.events.findLast((event) => event.kind === kind)?.actor;
}

/** ` by ana`, or ` by somebody` where people are not named or nobody is known. */
export type By = (actor: Actor | undefined) => string;
