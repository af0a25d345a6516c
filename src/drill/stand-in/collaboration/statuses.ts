import { isoTime } from "../hub.ts";
import type { Repository } from "../model.ts";
import type { CommitStatus } from "../model/commit-status.ts";
import { nodeId } from "../node-id.ts";
import { simpleUser } from "../present-account.ts";
import { commitBody } from "../present-git.ts";
import { fullName, repositoryUrl } from "../present-repository.ts";
import { isBranch, shortRefName } from "../ref-format.ts";
import type { Act } from "./act.ts";
import { considerAutoMergeAt } from "./auto-merge.ts";

/** Oldest first. */
export function statusesOf(repository: Repository, sha: string): readonly CommitStatus[] {
  return repository.statuses.filter((status) => status.sha === sha);
}

/** The newest of each context. */
export function latestStatuses(repository: Repository, sha: string): readonly CommitStatus[] {
  const latest = new Map<string, CommitStatus>();
  for (const status of statusesOf(repository, sha)) latest.set(status.context, status);
  return [...latest.values()];
}

/** Endpoint text of "Get the combined status": failure before pending before success, and pending for none. */
export function combinedState(statuses: readonly CommitStatus[]): "failure" | "pending" | "success" {
  if (statuses.some(({ state }) => state === "error" || state === "failure")) return "failure";
  return statuses.length > 0 && statuses.every(({ state }) => state === "success") ? "success" : "pending";
}

export async function addStatus(
  act: Act,
  wanted: Pick<CommitStatus, "sha" | "state" | "description" | "context" | "targetUrl">,
): Promise<CommitStatus> {
  const { hub, repository, actor } = act;
  const id = hub.nextId();
  const status: CommitStatus = {
    id,
    nodeId: nodeId("SC", id),
    creator: actor,
    createdAt: hub.now(),
    ...wanted,
  };
  repository.statuses.push(status);
  await emit(act, status);
  considerAutoMergeAt(act, status.sha);
  return status;
}

async function emit(act: Act, status: CommitStatus): Promise<void> {
  const { hub, repository, actor } = act;
  const commit = await repository.git.commit(status.sha);
  if (commit === undefined) throw new Error(`no commit ${status.sha}`);
  const at = isoTime(status.createdAt);
  const heads = [...repository.git.refs].filter(([ref, oid]) => isBranch(ref) && oid === status.sha);
  const commitUrl = `${repositoryUrl(hub, repository)}/commits/${status.sha}`;
  const payload = {
    id: status.id,
    sha: status.sha,
    name: fullName(repository),
    avatar_url: simpleUser(hub, actor).avatar_url,
    target_url: status.targetUrl,
    context: status.context,
    description: status.description,
    state: status.state,
    commit: commitBody(hub, repository, commit),
    branches: heads.map(([ref]) => ({
      name: shortRefName(ref),
      commit: { sha: status.sha, url: commitUrl },
      protected: repository.protections.has(shortRefName(ref)),
    })),
    created_at: at,
    updated_at: at,
  };
  hub.emit("status", null, payload, { sender: actor, repository });
}
