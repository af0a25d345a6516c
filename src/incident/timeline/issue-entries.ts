import type { Config } from "../../config/schema.ts";
import { labelEvents } from "../declaration.ts";
import type { TimelineEntry } from "../facts.ts";
import { sayIn } from "../say.ts";
import type { IncidentState } from "../state.ts";
import type { Instant } from "../state/instant.ts";
import { timelineEntry } from "./timeline-entry.ts";

/** What people did to the issue itself since it was declared. */
export function issueEntries(
  state: IncidentState,
  config: Config,
  declared: Instant,
): readonly (TimelineEntry | null)[] {
  const say = sayIn(config.locale);
  const label = config.labels.incident;
  const labels = labelEvents(state, config)
    .filter((event) => Date.parse(event.at) > Date.parse(declared))
    .map((event) =>
      event.kind === "labeled"
        ? timelineEntry(
            event.at,
            "label-restored",
            say("Label {label} put back", { label }),
            event.actor.login,
            state.issue.url,
          )
        : timelineEntry(
            event.at,
            "label-removed",
            say("Label {label} removed", { label }),
            event.actor.login,
            state.issue.url,
          ),
    );
  const graded = gradeEntries(state, config, declared);
  const others = state.events
    .filter((event) => event.actor.login !== state.app.login && Date.parse(event.at) >= Date.parse(declared))
    .map((event) => {
      switch (event.kind) {
        case "closed":
          return timelineEntry(
            event.at,
            "issue-closed",
            say("Issue closed by hand"),
            event.actor.login,
            state.issue.url,
          );
        case "reopened":
          return timelineEntry(
            event.at,
            "issue-reopened",
            say("Issue reopened"),
            event.actor.login,
            state.issue.url,
          );
        case "assigned":
          return timelineEntry(
            event.at,
            "assigned",
            say("Somebody assigned to the issue"),
            event.actor.login,
            state.issue.url,
          );
        case "labeled":
        case "unlabeled":
        case "comment-deleted":
          return null;
      }
    });
  return [...labels, ...graded, ...others];
}

/** Labels by which somebody said how bad it is and what is down. */
function gradeEntries(
  state: IncidentState,
  config: Config,
  declared: Instant,
): readonly (TimelineEntry | null)[] {
  const say = sayIn(config.locale);
  const words = new Set(
    Object.entries(config.severities).flatMap(([name, { aliases }]) =>
      [name, ...aliases].map((word) => word.toLowerCase()),
    ),
  );
  return state.events.map((event) => {
    if (event.kind !== "labeled" && event.kind !== "unlabeled") return null;
    const label = event.label.toLowerCase();
    if (Date.parse(event.at) <= Date.parse(declared) || event.actor.login === state.app.login) return null;
    if (!words.has(label.replace(/^severity[:/]\s*/u, "")) && !/^service[:/]/u.test(label)) return null;
    return event.kind === "labeled"
      ? timelineEntry(
          event.at,
          "label-added",
          say("Label {label} added", { label: event.label }),
          event.actor.login,
          state.issue.url,
        )
      : timelineEntry(
          event.at,
          "label-taken",
          say("Label {label} taken off", { label: event.label }),
          event.actor.login,
          state.issue.url,
        );
  });
}
