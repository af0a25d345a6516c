import type { Config } from "../../config/schema.ts";
import { code } from "../../documents/markdown.ts";
import { buildMarker, issueNumberInBranch } from "../../incident/names.ts";
import { type Say, sayIn } from "../../incident/say.ts";
import {
  LEFT_PULL_REQUESTS_QUERY,
  type LeftPullRequestAnswer,
  type LeftPullRequestsAnswer,
} from "../documents/left-pull-requests-query.ts";
import { problemOf } from "../problem-of.ts";
import { actorOf, isByApp } from "../read-actor.ts";
import { nodesOf } from "../read-commit.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { isNotFound, runGraphql } from "../run-graphql.ts";
import { createComment, findComment } from "./create-comment.ts";

const KIND = "gone";

/**
 * Where an issue is deleted or moved to another repository, nobody can be told on it what becomes of its pull requests: each of ours that is open says so
 * itself, once, and nothing else is done, because people may be at work there. Returns the pull requests that were told now. One call where there are none.
 *
 * @param locale asked for only where something is said
 */
export async function tellIncidentGone(
  client: RepositoryClient,
  issue: number,
  locale: () => Promise<Config["locale"]>,
): Promise<readonly number[]> {
  const { repository } = await runGraphql<LeftPullRequestsAnswer>(
    client,
    LEFT_PULL_REQUESTS_QUERY,
    { number: issue },
    isNotFound,
  );
  // Asked once more, because a server of GitHub may lag behind (faults.md F1).
  if (repository === null || repository.issueOrPullRequest !== null || repository.isArchived) return [];
  const left = nodesOf(repository.pullRequests).filter(
    (pull) =>
      !pull.isCrossRepository &&
      isByApp(actorOf(pull.author), client.app) &&
      issueNumberInBranch(pull.headRefName) === issue &&
      !wasUnwanted(client, pull),
  );
  if (left.length === 0) return [];
  const say = sayIn(await locale());
  const told = await Promise.all(left.map((pull) => tell(client, say, issue, pull)));
  return left.flatMap(({ number }, index) => (told[index] === true ? [number] : []));
}

/** Somebody deleted a comment of ours there. Which one is not told; no other is written on pull requests. */
function wasUnwanted(client: RepositoryClient, pull: LeftPullRequestAnswer): boolean {
  return nodesOf(pull.timelineItems).some(
    ({ deletedCommentAuthor: author }) => author !== undefined && isByApp(actorOf(author), client.app),
  );
}

async function tell(
  client: RepositoryClient,
  say: Say,
  issue: number,
  { number, headRefName }: LeftPullRequestAnswer,
): Promise<boolean> {
  const marker = buildMarker({ incident: issue, kind: KIND, fields: {} });
  const branch = code(headRefName).markdown;
  const body = [
    `${marker}\n${say("**The incident of this pull request is gone:** its issue, number {issue}, was deleted or moved to another repository.", { issue })}`,
    say(
      "The app leaves this pull request and {branch} as they are, and does nothing more with them: what is merged from here is not tagged, not released and not brought to other branches.",
      { branch },
    ),
    say(
      "**Next:** close it if it is not needed, or declare a new incident and push these commits to the branch of that one.",
    ),
  ].join("\n\n");
  try {
    if ((await findComment(client, number, marker)) !== null) return false;
    await createComment(client, number, body, marker);
    return true;
  } catch (error) {
    // Refused for good (a locked conversation, no permission): nobody can be told, and nothing else depends on it.
    const problem = problemOf(error, { kind: "post-comment", on: number, marker, body });
    if (problem === null || problem.transient) throw error;
    return false;
  }
}
