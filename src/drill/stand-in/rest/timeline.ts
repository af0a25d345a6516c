import type { Hub } from "../hub.ts";
import { isoTime } from "../hub.ts";
import type { Issue, IssueEvent, Repository } from "../model.ts";
import { nodeId } from "../node-id.ts";
import { paginate } from "../pagination.ts";
import { simpleUser, simpleUserOrNull } from "../present-account.ts";
import { commentBody, commentsOf, eventBody, issueInList } from "../present-issue.ts";
import { reviewBody } from "../present-pull.ts";
import { pullCommits } from "../collaboration/pull-stats.ts";
import { repositoryPage, repositoryUrl } from "../present-repository.ts";
import type { JsonObject, RepositoryContext } from "../router.ts";
import { ISSUE_READ, issueOf } from "./issues.ts";

/** Kinds that the issue events endpoint has and the timeline has not (platform §11). */
const NOT_IN_TIMELINE = new Set([
  "automatic_base_change_succeeded",
  "automatic_base_change_failed",
  "base_ref_changed",
  "deployment_environment_changed",
]);
/** Kinds that only the timeline has. */
const ONLY_IN_TIMELINE = new Set(["cross-referenced"]);

export function registerTimeline(hub: Hub): void {
  const base = "/repos/{owner}/{repo}/issues";
  hub.router.repository({
    method: "GET",
    path: `${base}/{issue_number}/timeline`,
    permissions: ISSUE_READ,
    docs: "https://docs.github.com/rest/issues/timeline",
    handler: async (context) => paginate(context, await timeline(context, issueOf(context)), (item) => item),
  });
  const docs = "https://docs.github.com/rest/issues/events";
  hub.router.repository({
    method: "GET",
    path: `${base}/{issue_number}/events`,
    permissions: ISSUE_READ,
    docs,
    handler: (context) =>
      paginate(context, listedEvents(issueOf(context)), (event) => eventBody(hub, context.repository, event)),
  });
  hub.router.repository({
    method: "GET",
    path: `${base}/events`,
    permissions: ISSUE_READ,
    docs,
    handler: (context) => {
      const { repository } = context;
      const all = [...repository.issues.values()].flatMap((issue) =>
        listedEvents(issue).map((event) => ({ issue, event })),
      );
      const newestFirst = all.toSorted((a, b) => b.event.id - a.event.id);
      return paginate(context, newestFirst, ({ issue, event }) => ({
        ...eventBody(hub, repository, event),
        issue: issueInList(hub, repository, issue),
      }));
    },
  });
}

function listedEvents(issue: Issue): readonly IssueEvent[] {
  return issue.events.filter((event) => !ONLY_IN_TIMELINE.has(event.event));
}

/** Commits, events, comments and reviews, oldest first. Commits have no time of their own here and lead. */
async function timeline(context: RepositoryContext, issue: Issue): Promise<readonly JsonObject[]> {
  const { hub, repository } = context;
  const events = issue.events
    .filter((event) => !NOT_IN_TIMELINE.has(event.event))
    .map((event) => ({ at: event.createdAt, order: event.id, body: timelineEvent(hub, repository, event) }));
  const comments = commentsOf(repository, issue).map((comment) => ({
    at: comment.createdAt,
    order: comment.id,
    body: {
      ...commentBody(hub, repository, comment),
      event: "commented",
      actor: simpleUser(hub, comment.author),
    },
  }));
  const reviews = (issue.pullRequest?.reviews ?? []).map((review) => ({
    at: review.submittedAt ?? issue.createdAt,
    order: review.id,
    body: {
      ...reviewBody(hub, repository, issue, review),
      state: review.state.toLowerCase(),
      event: "reviewed",
    },
  }));
  const entries = [...events, ...comments, ...reviews].toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || a.order - b.order,
  );
  return [...(await committed(hub, repository, issue)), ...entries.map((entry) => entry.body)];
}

function timelineEvent(hub: Hub, repository: Repository, event: IssueEvent): JsonObject {
  if (event.event === "cross-referenced") {
    const at = isoTime(event.createdAt);
    const source = event.data.source as Issue;
    return {
      event: event.event,
      actor: simpleUserOrNull(hub, event.actor),
      created_at: at,
      updated_at: at,
      source: { type: "issue", issue: issueInList(hub, repository, source) },
    };
  }
  const { assigner: _, ...body } = eventBody(hub, repository, event);
  return body;
}

async function committed(hub: Hub, repository: Repository, issue: Issue): Promise<readonly JsonObject[]> {
  if (issue.pullRequest === null) return [];
  const root = `${repositoryUrl(hub, repository)}/git`;
  const oids = await pullCommits(repository, issue.pullRequest);
  const commits = await Promise.all(oids.map((oid) => repository.git.commit(oid)));
  return commits.flatMap((commit) => {
    if (commit === undefined) return [];
    const { author, committer } = commit;
    const page = (oid: string): string => `${repositoryPage(hub, repository)}/commit/${oid}`;
    return {
      event: "committed",
      sha: commit.oid,
      node_id: nodeId("C", `${repository.id}:${commit.oid}`),
      url: `${root}/commits/${commit.oid}`,
      html_url: page(commit.oid),
      author: { name: author.name, email: author.email, date: isoTime(author.date) },
      committer: { name: committer.name, email: committer.email, date: isoTime(committer.date) },
      tree: { sha: commit.tree, url: `${root}/trees/${commit.tree}` },
      message: commit.message,
      parents: commit.parents.map((sha) => ({ sha, url: `${root}/commits/${sha}`, html_url: page(sha) })),
      verification: {
        verified: commit.signature !== null,
        reason: commit.signature === null ? "unsigned" : "valid",
        signature: commit.signature,
        payload: null,
        verified_at: null,
      },
    };
  });
}
