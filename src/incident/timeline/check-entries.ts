import { isPropertyCheck } from "../../checks/wanted-checks.ts";
import type { TimelineEntry } from "../facts.ts";
import { FORECAST_CHECK } from "../forecast-check.ts";
import { hasFailed } from "../own-checks.ts";
import type { Say } from "../say.ts";
import type { CheckRunFacts, PullRequestFacts } from "../state/pull-request-facts.ts";
import { timelineEntry } from "./timeline-entry.ts";

/** What our checks found on the commits of a pull request. Of what went well one line is enough; what did not is all told. */
export function checkEntries(say: Say, pull: PullRequestFacts): readonly (TimelineEntry | null)[] {
  return [...(pull.earlierCheckRuns ?? []), ...pull.checkRuns]
    .filter((run) => run.isOurs && run.status === "completed" && (hasFailed(run) || !isDetail(run.name)))
    .map((run) =>
      timelineEntry(
        run.completedAt,
        hasFailed(run) ? "check-failed" : "check-passed",
        checkText(say, run, `#${pull.number}`),
        null,
        run.url,
      ),
    );
}

function checkText(say: Say, run: CheckRunFacts, pull: string): string {
  const check = run.name;
  const place =
    run.commit === undefined
      ? pull
      : say("{commit} of {name}", { commit: run.commit.slice(0, 7), name: pull });
  const title = run.title ?? run.conclusion ?? say("done");
  return hasFailed(run)
    ? say("{check} was red on {place}: {title}", { check, place, title })
    : say("{check} on {place}: {title}", { check, place, title });
}

function isDetail(check: string): boolean {
  return check === FORECAST_CHECK || (isPropertyCheck(check) && check !== "hotfix/properties");
}
