import { missingPermission, type NeededPermission } from "../../incident/missing-permission.ts";
import { buildMarker } from "../../incident/names.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { createComment, findComment } from "./create-comment.ts";

/** Kind of the comment: it is written before anything of the incident could be looked at, and freezes nothing. */
const KIND = "permission-missing";

/** Where an incident cannot even be looked at, says so on it, once. Needs to read and write issues. */
export async function tellMissingPermission(
  client: RepositoryClient,
  number: number,
  label: string,
  lacking: readonly NeededPermission[],
): Promise<void> {
  const { owner, repo } = client;
  const { data: issue } = await client.octokit.rest.issues.get({ owner, repo, issue_number: number });
  const labels = issue.labels.map((each) => (typeof each === "string" ? each : each.name));
  if (issue.pull_request !== undefined || !labels.includes(label)) return;
  const marker = buildMarker({ incident: number, kind: KIND, fields: {} });
  if ((await findComment(client, number, marker)) !== null) return;
  const problems = lacking.map((permission) => missingPermission(permission, owner));
  const sentences = problems.map(({ sentence }) => `- ${sentence}.`).join("\n");
  const body = `${marker}\n**This incident waits for a permission.**\n\n${sentences}\n\n${problems[0]!.nextStep}.`;
  await createComment(client, number, body, marker);
}
