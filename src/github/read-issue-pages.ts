import type {
  CommentAnswer,
  CommentEnds,
  IssueAnswer,
  IssueEventAnswer,
  Page,
  StartCursor,
} from "./documents/answers.ts";
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
  const later = [lastHundredComments, lastNinetyNineComments] as const;
  return readAll(client, COMMENT_PAGES_QUERY, number, comments, later);
}

/** Its history of the kinds that are read. */
export function readAllEvents(
  client: RepositoryClient,
  number: number,
  { timelineItems, lastHundredItems, lastNinetyNineItems }: IssueAnswer,
): Promise<Page<IssueEventAnswer>> {
  const later = [lastHundredItems, lastNinetyNineItems] as const;
  return readAll(client, EVENT_PAGES_QUERY, number, timelineItems, later);
}

function readAll<T extends { readonly id: string }>(
  client: RepositoryClient,
  document: string,
  number: number,
  first: Page<T>,
  [lastHundred, lastNinetyNine]: readonly [StartCursor, StartCursor],
): Promise<Page<T>> {
  const ends = {
    first,
    lastHundred: lastHundred.pageInfo.startCursor,
    lastNinetyNine: lastNinetyNine.pageInfo.startCursor,
  };
  return readFromBothEnds(
    ends,
    ({ id }) => id,
    (wanted) => ask<T>(client, document, number, wanted),
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
