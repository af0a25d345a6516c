import type { IncidentFacts } from "../../incident/facts.ts";
import type { RoundFacts } from "../../incident/facts/round-facts.ts";
import type { Address, SafeMarkdown } from "../markdown.ts";
import { address } from "../markdown.ts";
import type { CauseView } from "./cause-view.ts";
import { causeView } from "./cause-view.ts";
import type { CommitView, IncidentView } from "./incident-view.ts";
import {
  capped,
  commitView,
  compareLink,
  incidentView,
  pullRequestLink,
  tagBefore,
} from "./incident-view.ts";

export interface RoundView extends IncidentView {
  /** 0 in the first round, where nobody needs the number. */
  readonly round: number;
  readonly branch: string;
  readonly tag: string | null;
  /** What the change is compared with: the version before this round. */
  readonly previousTag: string | null;
  readonly compare: SafeMarkdown;
  readonly cause: CauseView | null;
  readonly commits: readonly CommitView[];
  readonly moreCommits: number;
  readonly productionPullRequest: SafeMarkdown | null;
  readonly targets: readonly string[];
  readonly issueAddress: Address | null;
  readonly pullRequestAddress: Address | null;
}

const MOST_COMMITS = 50;

export function roundView(facts: IncidentFacts, round: RoundFacts): RoundView {
  const commits = capped(round.commits, MOST_COMMITS);
  const previousTag = tagBefore(facts, round);
  return {
    ...incidentView(facts),
    round: round.number > 1 ? round.number : 0,
    branch: round.hotfixBranch,
    tag: round.tag,
    previousTag,
    compare: compareLink(facts, previousTag ?? facts.branches.production, round.tag ?? round.hotfixBranch),
    cause: causeView(facts),
    commits: commits.shown.map((commit) => commitView(facts, commit)),
    moreCommits: commits.more,
    productionPullRequest: pullRequestLink(facts, round.pullRequest),
    issueAddress: address(facts.url, facts.repository.url),
    pullRequestAddress:
      round.pullRequest === null ? null : address(round.pullRequest.url, facts.repository.url),
    targets: round.backMerges.map((backMerge) => backMerge.target),
  };
}

export interface BackMergeView extends RoundView {
  readonly target: string;
  readonly backMergeBranch: string;
  readonly originTarget: string;
}

export function backMergeView(facts: IncidentFacts, round: RoundFacts, target: string): BackMergeView {
  const backMerge = round.backMerges.find((each) => each.target === target);
  if (backMerge === undefined)
    throw new RangeError(`round ${round.number} has no target ${JSON.stringify(target)}`);
  return {
    ...roundView(facts, round),
    target,
    backMergeBranch: backMerge.branch,
    originTarget: `origin/${target}`,
  };
}
