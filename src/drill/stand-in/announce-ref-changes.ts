import { type Hub, isoTime, type RefChange, ZERO_OID } from "./hub.ts";
import type { Person } from "./git-formats.ts";
import type { Repository } from "./model.ts";
import type { ActivityType } from "./model/activity-entry.ts";
import { nodeId } from "./node-id.ts";
import { repositoryPage } from "./present-repository.ts";
import { isBranch, isTag, shortRefName } from "./ref-format.ts";
import type { JsonObject } from "./router.ts";
import { type ChangedPath, changedPaths } from "./changed-paths.ts";
import { unverified } from "./unverified.ts";

unverified("activity/tags", "Tags do not appear in the repository's activity list.");
unverified("push/api-created-refs", "A ref created through the API causes `push` besides `create`.");

/** More tags than this in one push cause neither `push` nor `create` nor `delete` (platform.md section 5). */
const TAGS_AT_ONCE = 3;
const COMMITS_IN_PAYLOAD = 2048;

/** Activity entries and webhooks of changes that belong to one act (one push, one API call). */
export async function announceRefChanges(hub: Hub, changes: readonly RefChange[]): Promise<void> {
  const tags = changes.filter((change) => isTag(change.ref)).length;
  for (const change of changes) {
    if (!isBranch(change.ref) && !isTag(change.ref)) continue;
    change.repository.pushedAt = hub.now();
    if (isBranch(change.ref)) recordActivity(hub, change);
    if (isTag(change.ref) && tags > TAGS_AT_ONCE) continue;
    await announce(hub, change);
  }
}

async function announce(hub: Hub, change: RefChange): Promise<void> {
  const { repository, actor } = change;
  const target = { repository, sender: actor };
  const refFields = {
    ref: shortRefName(change.ref),
    ref_type: isTag(change.ref) ? "tag" : "branch",
    pusher_type: "user",
  };
  if (change.before === ZERO_OID) {
    const extra = { master_branch: repository.defaultBranch, description: repository.description };
    hub.emit("create", null, { ...refFields, ...extra }, target);
  }
  if (change.after === ZERO_OID) hub.emit("delete", null, refFields, target);
  hub.emit("push", null, await pushPayload(hub, change), target);
}

function recordActivity(hub: Hub, change: RefChange): void {
  const id = hub.nextId();
  change.repository.activity.push({
    id,
    nodeId: nodeId("ACT", id),
    ref: change.ref,
    before: change.before,
    after: change.after,
    actor: change.actor,
    timestamp: hub.now(),
    activityType: activityType(change),
  });
}

function activityType(change: RefChange): ActivityType {
  if (change.before === ZERO_OID) return "branch_creation";
  if (change.after === ZERO_OID) return "branch_deletion";
  if (change.kind !== "push") return change.kind;
  return change.fastForward ? "push" : "force_push";
}

async function pushPayload(hub: Hub, change: RefChange): Promise<JsonObject> {
  const { repository, before, after, actor } = change;
  const [created, deleted] = [before === ZERO_OID, after === ZERO_OID];
  const head = deleted ? undefined : (await repository.git.read(`${after}^{commit}`))?.oid;
  const commits = head === undefined || isTag(change.ref) ? [] : await newCommits(hub, change);
  const page = repositoryPage(hub, repository);
  const short = shortRefName(change.ref);
  const compare = created || deleted ? short : `${before.slice(0, 12)}...${after.slice(0, 12)}`;
  return {
    ref: change.ref,
    before,
    after,
    pusher: { name: actor.login, email: actor.email },
    created,
    deleted,
    forced: !created && !deleted && !change.fastForward,
    base_ref: created ? baseRef(change) : null,
    compare: `${page}/compare/${compare}`,
    commits,
    head_commit: head === undefined ? null : (commits.at(-1) ?? (await commitEntry(hub, repository, head))),
  };
}

/** A branch that already had the pushed commit, as GitHub tells for new refs. */
function baseRef(change: RefChange): string | null {
  for (const [ref, oid] of change.repository.git.refs) {
    if (ref !== change.ref && isBranch(ref) && oid === change.after) return ref;
  }
  return null;
}

/** Commits that the push brought, oldest first, with the files each one touched. */
async function newCommits(hub: Hub, change: RefChange): Promise<readonly JsonObject[]> {
  const { repository, ref, before, after } = change;
  const known =
    before === ZERO_OID
      ? [...repository.git.refs].filter(([name]) => isBranch(name) && name !== ref).map(([, oid]) => oid)
      : [before];
  if (known.includes(after)) return [];
  const oids = await repository.git.newCommits(after, [...new Set(known)]);
  return Promise.all(oids.slice(-COMMITS_IN_PAYLOAD).map((oid) => commitEntry(hub, repository, oid)));
}

async function commitEntry(hub: Hub, repository: Repository, oid: string): Promise<JsonObject> {
  const { git } = repository;
  const commit = await git.commit(oid);
  if (commit === undefined) throw new Error(`commit ${oid} vanished from ${repository.name}`);
  const [parent] = commit.parents;
  const files = await changedPaths(
    git,
    parent === undefined ? undefined : (await git.commit(parent))?.tree,
    commit.tree,
  );
  const touched = (kind: ChangedPath["kind"]): readonly string[] =>
    files.filter((file) => file.kind === kind).map((file) => file.path);
  return {
    id: oid,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message.replace(/\n$/, ""),
    timestamp: isoTime(commit.committer.date),
    url: `${repositoryPage(hub, repository)}/commit/${oid}`,
    author: committerBlock(hub, commit.author),
    committer: committerBlock(hub, commit.committer),
    added: touched("added"),
    removed: touched("removed"),
    modified: touched("modified"),
  };
}

function committerBlock(hub: Hub, person: Person): JsonObject {
  const account = hub.findAccountByEmail(person.email);
  const known = account === undefined ? {} : { username: account.login };
  return { name: person.name, email: person.email, ...known };
}
