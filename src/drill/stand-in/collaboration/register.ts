import type { Hub } from "../hub.ts";
import { registerChecks } from "../rest/checks.ts";
import { registerStatuses } from "../rest/statuses.ts";
import { registerComments } from "../rest/comments.ts";
import { registerDeployments } from "../rest/deployments.ts";
import { registerIssues } from "../rest/issues.ts";
import { registerLabels } from "../rest/labels.ts";
import { registerPulls } from "../rest/pulls.ts";
import { registerPullContent } from "../rest/pulls-content.ts";
import { registerReleases } from "../rest/releases.ts";
import { registerReviews } from "../rest/reviews.ts";
import { registerSubIssues } from "../rest/sub-issues.ts";
import { registerTimeline } from "../rest/timeline.ts";
import { requestSuites } from "./checks.ts";
import { followBranches } from "./follow-branches.ts";

/** Everything that people and apps do on top of git: issues, pull requests, reviews, checks, releases. */
export function registerCollaboration(hub: Hub): void {
  registerIssues(hub);
  registerLabels(hub);
  registerComments(hub);
  registerSubIssues(hub);
  registerTimeline(hub);
  registerPulls(hub);
  registerPullContent(hub);
  registerReviews(hub);
  registerChecks(hub);
  registerStatuses(hub);
  registerDeployments(hub);
  registerReleases(hub);
  hub.onRefChanged((change) => followBranches(hub, change));
  hub.onRefChanged((change) => requestSuites(hub, change));
}
