import { notFound, validationFailed } from "../api-error.ts";
import type { Hub } from "../hub.ts";
import type { Issue, Repository } from "../model.ts";
import { paginate } from "../pagination.ts";
import { issueBody, issueInList, subIssuesOf } from "../present-issue.ts";
import type { RepositoryContext, Reply } from "../router.ts";
import { unverified } from "../unverified.ts";
import { ISSUE_READ, ISSUE_WRITE, issueOf } from "./issues.ts";

const DOCS = "https://docs.github.com/rest/issues/sub-issues";
const PATH = "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues";
/** docs: issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MOST_SUB_ISSUES = 100;
const ONE_PARENT = "Issue may not contain duplicate sub-issues and Sub issue may only have one parent";

unverified(
  "issues/sub-issue-refusals",
  "a sub-issue that has a parent, would be its own parent or is one too many is refused with 422; an unknown id with 404",
);

export function registerSubIssues(hub: Hub): void {
  hub.router.repository({
    method: "GET",
    path: PATH,
    permissions: ISSUE_READ,
    docs: `${DOCS}#list-sub-issues`,
    handler: (context) =>
      paginate(context, subIssuesOf(context.repository, issueOf(context)), (issue) =>
        issueInList(hub, context.repository, issue),
      ),
  });
  hub.router.repository({
    method: "POST",
    path: PATH,
    permissions: ISSUE_WRITE,
    role: "triage",
    docs: `${DOCS}#add-sub-issue`,
    handler: add,
  });
}

function add(context: RepositoryContext): Reply {
  const { hub, repository, body } = context;
  const parent = issueOf(context);
  const child = issueById(repository, body.sub_issue_id);
  const replaces = body.replace_parent === true;
  if ((child.parent !== null && !replaces) || isAbove(child, parent)) throw refusal(ONE_PARENT);
  if (subIssuesOf(repository, parent).length >= MOST_SUB_ISSUES)
    throw refusal("Parent cannot have more than 100 sub-issues");
  child.parent = parent;
  return { status: 201, body: issueBody(hub, repository, child) };
}

function issueById(repository: Repository, id: unknown): Issue {
  const found = [...repository.issues.values()].find(
    (issue) => issue.id === id && issue.pullRequest === null,
  );
  if (found === undefined) throw notFound();
  return found;
}

/** Whether `one` is the issue itself or stands above it. */
function isAbove(one: Issue, issue: Issue): boolean {
  for (let each: Issue | null = issue; each !== null; each = each.parent) if (each === one) return true;
  return false;
}

function refusal(message: string) {
  return validationFailed({ resource: "Issue", code: "custom", field: "sub_issue_id", message });
}
