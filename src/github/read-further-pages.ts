import { BRANCH_PAGE_QUERY } from "./documents/branch-page-query.ts";
import type { BranchAnswer, IssueAnswer, Page, RepositoryAnswer } from "./documents/answers.ts";
import { branchSearches } from "./layout.ts";
import type { BranchSearch, Layout } from "./layout.ts";
import { readAllComments, readAllEvents } from "./read-issue-pages.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { runGraphql } from "./run-graphql.ts";

/** Completes the connections that have more than a hundred entries. No call where none has. */
export async function readFurtherPages(
  client: RepositoryClient,
  number: number,
  layout: Layout,
  repository: RepositoryAnswer,
): Promise<RepositoryAnswer> {
  const searches = branchSearches(layout, number);
  const [issue, hotfixBranches, backMergeBranches, laterBackMergeBranches, releaseBranches] =
    await Promise.all([
      completeIssue(client, number, repository.issue),
      completeBranches(client, searches.hotfixBranches, repository.hotfixBranches),
      completeBranches(client, searches.backMergeBranches, repository.backMergeBranches),
      completeBranches(client, searches.laterBackMergeBranches, repository.laterBackMergeBranches),
      completeBranches(client, searches.releaseBranches, repository.releaseBranches),
    ]);
  return {
    ...repository,
    issue,
    hotfixBranches,
    backMergeBranches,
    laterBackMergeBranches,
    releaseBranches,
  };
}

async function completeIssue(
  client: RepositoryClient,
  number: number,
  first: IssueAnswer | null,
): Promise<IssueAnswer | null> {
  if (first === null) return null;
  const [comments, timelineItems] = await Promise.all([
    readAllComments(client, number, first),
    readAllEvents(client, number, first),
  ]);
  return { ...first, comments, timelineItems };
}

async function completeBranches(
  client: RepositoryClient,
  search: BranchSearch,
  first: Page<BranchAnswer> | null,
): Promise<Page<BranchAnswer> | null> {
  let page = first;
  while (page?.pageInfo.hasNextPage === true) {
    const { repository } = await runGraphql<{ repository: { refs: Page<BranchAnswer> | null } | null }>(
      client,
      BRANCH_PAGE_QUERY,
      { prefix: search.prefix, filter: search.query, after: page.pageInfo.endCursor },
    );
    page = joined(page, repository?.refs ?? undefined);
  }
  return page;
}

/** A page that was not asked for, or that has vanished meanwhile, ends the list. */
function joined<T>(sofar: Page<T>, next: Page<T> | undefined): Page<T> {
  const end = { hasNextPage: false, endCursor: null };
  if (next === undefined) return { ...sofar, pageInfo: end };
  return { pageInfo: next.pageInfo, nodes: [...(sofar.nodes ?? []), ...(next.nodes ?? [])] };
}
