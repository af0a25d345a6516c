import type { TimelineEntry } from "../facts.ts";
import type { Say } from "../say.ts";
import type { PullRequestFacts } from "../state/pull-request-facts.ts";
import { asCommit } from "./as-commit.ts";
import { checkEntries } from "./check-entries.ts";
import { timelineEntry } from "./timeline-entry.ts";

export function pullRequestEntries(
  say: Say,
  pull: PullRequestFacts | null,
  base: string,
  mergedKind: "merged" | "back-merged",
): readonly (TimelineEntry | null)[] {
  if (pull === null) return [];
  const name = `#${pull.number}`;
  const mergedBy = pull.mergedBy?.login ?? null;
  return [
    timelineEntry(
      pull.createdAt,
      "pull-request-opened",
      say("Pull request {name} to {base} opened", { name, base }),
      pull.author.login,
      pull.url,
    ),
    ...pullRequestEventEntries(say, pull, name),
    ...checkEntries(say, pull),
    ...pull.reviews.map((review) =>
      review.state === "approved"
        ? timelineEntry(
            review.at,
            "approved",
            say("{name} approved", { name }),
            review.author.login,
            review.url,
          )
        : review.state === "changes_requested"
          ? timelineEntry(
              review.at,
              "changes-requested",
              say("Changes to {name} requested", { name }),
              review.author.login,
              review.url,
            )
          : null,
    ),
    timelineEntry(
      pull.mergedAt,
      mergedKind,
      say("{name} merged into {base}{commit}", { name, base, commit: asCommit(say, pull.mergeCommit?.sha) }),
      mergedBy,
      pull.url,
    ),
  ];
}

function pullRequestEventEntries(
  say: Say,
  pull: PullRequestFacts,
  name: string,
): readonly (TimelineEntry | null)[] {
  return pull.events.map((event) => {
    const told = (kind: string, text: string): TimelineEntry | null =>
      timelineEntry(event.at, kind, text, event.actor.login, pull.url);
    switch (event.kind) {
      case "ready_for_review":
        return told("ready", say("{name} ready for review", { name }));
      case "convert_to_draft":
        return told("re-drafted", say("{name} turned back into a draft", { name }));
      case "closed":
        // The merge closes it, too.
        return pull.mergedAt !== null && Date.parse(event.at) >= Date.parse(pull.mergedAt)
          ? null
          : told("pull-request-closed", say("{name} closed without merging", { name }));
      case "reopened":
        return told("pull-request-reopened", say("{name} reopened", { name }));
      case "base_ref_changed":
        return told("retargeted", say("{name} pointed to another branch", { name }));
      case "auto_merge_enabled":
        return told("auto-merge-enabled", say("Auto-merge of {name} switched on", { name }));
      case "auto_merge_disabled":
        return told("auto-merge-disabled", say("Auto-merge of {name} switched off", { name }));
      case "review_requested":
        return told("review-requested", say("Review of {name} requested", { name }));
      case "assigned":
      case "merged":
      case "head_ref_deleted":
      case "head_ref_restored":
      case "head_ref_force_pushed":
        return null;
    }
  });
}
