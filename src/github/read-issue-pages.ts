import type { CommentAnswer, CommentEnds, IssueAnswer, IssueEventAnswer, Page } from "./documents/answers.ts";
import { COMMENT_PAGES_QUERY, EVENT_PAGES_QUERY } from "./documents/issue-pages-queries.ts";
import { type PagesRead, type PagesWanted, readFromBothEnds } from "./read-both-ends.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isNotFound, runGraphql } from "./run-graphql.ts";

/** All comments of an issue. No call where the first hundred are all. */
export function readAllComments(
  client: RepositoryClient,
  number: number,
  { comments, lastHundredComments, lastNinetyNineComments }: CommentEnds,
): Promise<Page<CommentAnswer>> {
  const ends = {
    first: comments,
    lastHundred: lastHundredComments.pageInfo.startCursor,
    lastNinetyNine: lastNinetyNineComments.pageInfo.startCursor,
  };
  return readFromBothEnds(
    ends,
    ({ id }) => id,
    (wanted) => ask<CommentAnswer>(client, COMMENT_PAGES_QUERY, number, wanted),
  );
}

/** Its history of the kinds that are read. */
export function readAllEvents(
  client: RepositoryClient,
  number: number,
  { timelineItems, lastHundredItems, lastNinetyNineItems }: IssueAnswer,
): Promise<Page<IssueEventAnswer>> {
  const ends = {
    first: timelineItems,
    lastHundred: lastHundredItems.pageInfo.startCursor,
    lastNinetyNine: lastNinetyNineItems.pageInfo.startCursor,
  };
  return readFromBothEnds(
    ends,
    ({ id }) => id,
    (wanted) => ask<IssueEventAnswer>(client, EVENT_PAGES_QUERY, number, wanted),
  );
}

async function ask<T>(
  client: RepositoryClient,
  document: string,
  number: number,
  wanted: PagesWanted,
): Promise<PagesRead<T>> {
  const { repository } = await runGraphql<{
    readonly repository: { readonly issue: PagesRead<T> | null } | null;
  }>(
    client,
    document,
    { number, ...wanted, withBackward: wanted.backward !== null, withTail: wanted.tail !== null },
    isNotFound,
  );
  return repository?.issue ?? {};
}
