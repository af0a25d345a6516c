import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { ActionOf } from "../action-of.ts";
import { NEWEST_ISSUES_QUERY, type NewestIssuesAnswer } from "../documents/follow-up-queries.ts";
import { statusOf } from "../http-status.ts";
import { actorOf, isByApp } from "../read-actor.ts";
import { nodesOf } from "../read-commit.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { runGraphql } from "../run-graphql.ts";
import { isServerFault } from "../server-fault.ts";
import { ensureLabel } from "./ensure-label.ts";

type OpenFollowUp = ActionOf<"open-follow-up">;

interface Opened {
  readonly number: number;
  readonly id: number;
  readonly url: string;
  /** GitHub's time; null where it was opened before. */
  readonly at: string | null;
}

/**
 * The issue of an action item, and its link to the incident. GitHub knows no key for issues, so the newest ones are looked through first: a pass
 * that ended after its issue and before it could say so has left it there, and the reference from the incident may not be shown yet (F1).
 */
export async function openFollowUp(
  client: RepositoryClient,
  state: IncidentState,
  action: OpenFollowUp,
): Promise<OutcomeValue> {
  const { number, id, url, at } = await issueOf(client, state, action);
  await linkSubIssue(client, state.issue.number, id);
  return { kind: "issue", number, id, url, ...(at !== null && { at }) };
}

async function issueOf(
  client: RepositoryClient,
  state: IncidentState,
  action: OpenFollowUp,
): Promise<Opened> {
  if (action.known !== null) {
    const { number, id } = action.known;
    return { number, id, url: `${state.repository.url}/issues/${number}`, at: null };
  }
  const [found, hasLabel] = await Promise.all([
    findFollowUp(client, action.marker),
    ensureLabel(client, action.label, "Action items of incidents"),
  ]);
  if (found !== null) return found;
  try {
    return await create(client, action, hasLabel, action.assignees);
  } catch (error) {
    if (isServerFault(error)) {
      const written = await findFollowUp(client, action.marker);
      if (written !== null) return written;
    }
    // Somebody who cannot be assigned must not keep the issue from being there: its body names the owner.
    if (statusOf(error) === 422 && action.assignees.length > 0 && /assignee/iu.test(refusalText(error))) {
      return create(client, action, hasLabel, []);
    }
    throw error;
  }
}

async function create(
  client: RepositoryClient,
  { title, body, withoutLabel, label }: OpenFollowUp,
  hasLabel: boolean,
  assignees: readonly string[],
): Promise<Opened> {
  const { data } = await client.octokit.rest.issues.create({
    owner: client.owner,
    repo: client.repo,
    title,
    body: hasLabel ? body : withoutLabel,
    ...(hasLabel && { labels: [label] }),
    ...(assignees.length > 0 && { assignees: [...assignees] }),
  });
  return { number: data.number, id: data.id, url: data.html_url, at: data.created_at };
}

/** The oldest of the newest issues that is ours and carries the marker. */
async function findFollowUp(client: RepositoryClient, marker: string): Promise<Opened | null> {
  const { repository } = await runGraphql<NewestIssuesAnswer>(client, NEWEST_ISSUES_QUERY, {});
  const found = nodesOf(repository?.issues)
    .filter((issue) => isByApp(actorOf(issue.author), client.app) && issue.body.includes(marker))
    .toSorted((one, other) => one.number - other.number)[0];
  return found === undefined || found.databaseId === null
    ? null
    : { number: found.number, id: found.databaseId, url: found.url, at: null };
}

/** Not every host has sub-issues, and an issue has one parent at most: the incident lists its follow-ups in any case. */
async function linkSubIssue(client: RepositoryClient, incident: number, id: number): Promise<void> {
  try {
    await client.octokit.rest.issues.addSubIssue({
      owner: client.owner,
      repo: client.repo,
      issue_number: incident,
      sub_issue_id: id,
    });
  } catch (error) {
    const status = statusOf(error);
    if (status === null || ![403, 404, 410, 422].includes(status)) throw error;
  }
}
