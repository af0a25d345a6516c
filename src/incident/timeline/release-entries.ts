import type { TimelineEntry } from "../facts.ts";
import type { RoundFacts } from "../facts/round-facts.ts";
import type { Say } from "../say.ts";
import type { IncidentState } from "../state.ts";
import { timelineEntry } from "./timeline-entry.ts";

export function releaseEntries(
  say: Say,
  state: IncidentState,
  round: RoundFacts,
): readonly (TimelineEntry | null)[] {
  const tag = state.tags.find((each) => each.name === round.tag);
  const release = state.releases.find((each) => each.tag === round.tag);
  return [
    tag === undefined
      ? null
      : timelineEntry(
          tag.taggedAt,
          "tagged",
          say("{commit} tagged {tag}", { tag: tag.name, commit: tag.commit.slice(0, 7) }),
          null,
          `${state.repository.url}/tree/${encodeURIComponent(tag.name)}`,
        ),
    release === undefined
      ? null
      : timelineEntry(
          release.publishedAt,
          "released",
          say("{tag} released", { tag: release.tag }),
          release.author.login,
          release.url,
        ),
  ];
}
