import type { Config } from "../../config/schema.ts";
import { commitGraphOf } from "../commit-graph.ts";
import type { TimelineEntry } from "../facts.ts";
import { hotfixBranchesOf } from "../own-branches.ts";
import { type Say, sayIn } from "../say.ts";
import type { IncidentState } from "../state.ts";
import type { PushFacts } from "../state/branch-facts.ts";
import type { CommitFacts } from "../state/commit-facts.ts";
import { timelineEntry } from "./timeline-entry.ts";

export function pushEntries(state: IncidentState, config: Config): readonly (TimelineEntry | null)[] {
  const say = sayIn(config.locale);
  const own = new Set(hotfixBranchesOf(state, config));
  const graph = commitGraphOf(state);
  return state.pushes
    .filter((push) => own.has(push.branch))
    .map((push) => pushEntry(say, state, push, graph.get(push.after)));
}

function pushEntry(
  say: Say,
  state: IncidentState,
  push: PushFacts,
  commit: CommitFacts | undefined,
): TimelineEntry | null {
  const subject = commit?.message.split("\n")[0];
  const what = `${push.after.slice(0, 7)}${subject === undefined ? "" : ` (${subject})`}`;
  const url = commit?.url ?? `${state.repository.url}/commit/${push.after}`;
  switch (push.kind) {
    case "branch_creation":
      return timelineEntry(
        push.at,
        "branch-created",
        say("Branch {branch} created", { branch: push.branch }),
        push.actor.login,
        url,
      );
    case "branch_deletion":
      // Our own clean-up is not part of the story.
      return push.actor.login === state.app.login
        ? null
        : timelineEntry(
            push.at,
            "branch-deleted",
            say("Branch {branch} deleted", { branch: push.branch }),
            push.actor.login,
            null,
          );
    case "force_push":
      return timelineEntry(
        push.at,
        "force-pushed",
        say("History of {branch} replaced with {what}", { branch: push.branch, what }),
        push.actor.login,
        url,
      );
    case "push":
    case "merge":
      return timelineEntry(push.at, "pushed", say("Pushed {what}", { what }), push.actor.login, url);
  }
}
