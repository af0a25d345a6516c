import type { Sha } from "../../incident/state/commit-facts.ts";
import type { CommitReview } from "../commit-state.ts";
import type { PropertyFinding } from "../property-finding.ts";

export interface ReviewInput {
  readonly sha: Sha;
  /** null: there is no pull request yet. */
  readonly reviews: readonly CommitReview[] | null;
  /** Logins of those who wrote, committed or pushed any commit of the hotfix. */
  readonly makers: ReadonlySet<string>;
  /** False: `makers` lacks those who only pushed. */
  readonly arePushersKnown: boolean;
  readonly mayNamePeople: boolean;
}

/** Whether somebody who had no part in the commits has approved this very head. GitHub lets an author approve what the app has opened. */
export function reviewFindings(input: ReviewInput): readonly PropertyFinding[] {
  const { reviews, makers, arePushersKnown } = input;
  if (reviews === null) return [finding("There is no pull request to review yet.")];
  const valid = approversOf(input);
  if (valid.some((login) => !makers.has(login))) return arePushersKnown ? [] : [PUSHERS_UNKNOWN];
  const [own] = valid;
  return [
    finding(
      own === undefined
        ? "Nobody has approved this commit yet."
        : `Only ${input.mayNamePeople ? own : "somebody"} approved it, who had a part in the commits.`,
    ),
  ];
}

const PUSHERS_UNKNOWN: PropertyFinding = {
  code: "pushers-unknown",
  level: "warning",
  path: null,
  line: null,
  sentence:
    "Somebody who wrote none of it approved it. Who pushed it is not known: this GitHub has no list of pushes.",
  nextStep: "Make sure that whoever approved it has not pushed it.",
};

/** Whose last word on this commit is an approval that GitHub counts. */
export function approversOf({ reviews, sha }: Pick<ReviewInput, "reviews" | "sha">): readonly string[] {
  const last = new Map<string, CommitReview>();
  for (const review of reviews ?? []) {
    if (review.state !== "commented" && review.state !== "pending") last.set(review.author, review);
  }
  return [...last.values()]
    .filter((review) => review.state === "approved" && review.commit === sha)
    .filter((review) => review.isPerson && review.mayPush)
    .map(({ author }) => author);
}

function finding(sentence: string): PropertyFinding {
  return {
    code: "no-second-pair-of-eyes",
    level: "failure",
    path: null,
    line: null,
    sentence,
    nextStep: "Somebody who wrote and pushed none of it approves the pull request.",
  };
}
