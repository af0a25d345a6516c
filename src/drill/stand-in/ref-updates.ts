import { covers, viewerRole } from "./access.ts";
import { type Hub, type RefChange, type RefChangeKind, ZERO_OID } from "./hub.ts";
import type { Repository, Role } from "./model.ts";
import type { Account } from "./model/account.ts";
import type { AppRecord } from "./model/app-record.ts";
import type { Viewer } from "./model/viewer.ts";
import { directUpdateViolation, type RuleViolation } from "./protection-rules.ts";
import { announceRefChanges } from "./announce-ref-changes.ts";
import { isBranch, isRefName, isReservedName, isTag } from "./ref-format.ts";
import { needsWorkflowsPermission } from "./needs-workflows-permission.ts";

export interface RefUpdate {
  /** Full name. */
  readonly ref: string;
  /** New object id, zeros to delete. */
  readonly after: string;
  /** Compare-and-set: what the ref must be now, zeros for "must not exist". Left out: whatever it is. */
  readonly before?: string;
  /** Default true: a branch may move to a commit that does not contain the old one. */
  readonly force?: boolean;
}

/** On whose behalf refs change, and what they may do. */
export interface RefAuthor {
  readonly account: Account;
  readonly app: AppRecord | null;
  readonly role: Role | null;
  readonly mayChangeWorkflows: boolean;
}

export type RefRefusal =
  | { readonly reason: "invalid-name" | "exists" | "missing" | "stale" | "no-such-object" | "not-a-commit" }
  | { readonly reason: "name-conflict" | "not-fast-forward" | "workflows" | "default-branch" }
  | { readonly reason: "rules"; readonly violation: RuleViolation };

export class RefRefused extends Error {
  override readonly name = "RefRefused";
  readonly ref: string;
  readonly refusal: RefRefusal;

  constructor(ref: string, refusal: RefRefusal) {
    super(`${ref}: ${refusal.reason}`);
    this.ref = ref;
    this.refusal = refusal;
  }
}

export interface UpdateOptions {
  /** Default `push`. */
  readonly kind?: RefChangeKind;
  /** Skips protection, rulesets and the workflows permission: the caller checked (pull-request merge, delete-branch-on-merge). */
  readonly trusted?: boolean;
}

/** Who a viewer is to the rules of refs. */
export function refAuthor(viewer: Viewer, repository: Repository): RefAuthor {
  if (viewer.kind === "anonymous" || viewer.kind === "app")
    throw new Error("nobody writes refs without an account");
  return {
    account: viewer.account,
    app: viewer.kind === "installation" ? viewer.app : null,
    role: viewerRole(viewer, repository),
    mayChangeWorkflows: viewer.kind === "user" || covers(viewer.permissions, { workflows: "write" }),
  };
}

/**
 * Changes refs, all or nothing, and causes what GitHub causes: `push`, `create` and `delete` webhooks, activity entries,
 * then the hub's ref subscribers. Every ref change goes through here, from git pushes to pull-request merges.
 *
 * @throws RefRefused with the first refusal
 */
export async function updateRefs(
  hub: Hub,
  repository: Repository,
  author: RefAuthor,
  updates: readonly RefUpdate[],
  options: UpdateOptions = {},
): Promise<readonly RefChange[]> {
  return apply(hub, repository, author, updates, options, (refused) => {
    throw refused;
  });
}

/** The same for a git push that is not atomic: refused refs stay, the others change. */
export async function pushRefs(
  hub: Hub,
  repository: Repository,
  author: RefAuthor,
  updates: readonly RefUpdate[],
): Promise<readonly RefRefused[]> {
  const refusals: RefRefused[] = [];
  await apply(hub, repository, author, updates, {}, (refused) => refusals.push(refused));
  return refusals;
}

async function apply(
  hub: Hub,
  repository: Repository,
  author: RefAuthor,
  updates: readonly RefUpdate[],
  options: UpdateOptions,
  onRefused: (refused: RefRefused) => void,
): Promise<readonly RefChange[]> {
  const changes = await repository.git.exclusively(async () => {
    const accepted: RefChange[] = [];
    for (const update of updates) {
      try {
        const change = await check(repository, author, update, options);
        if (accepted.some((other) => collide(other.ref, update.ref))) {
          throw new RefRefused(update.ref, { reason: "name-conflict" });
        }
        if (change.before !== change.after) accepted.push(change);
      } catch (error) {
        if (!(error instanceof RefRefused)) throw error;
        onRefused(error);
      }
    }
    if (accepted.length === 0) return accepted;
    await repository.git.setRefs(accepted);
    await followDefaultBranch(repository, accepted);
    await announceRefChanges(hub, accepted);
    return accepted;
  });
  for (const change of changes) {
    for (const subscriber of hub.refSubscribers) await subscriber(change);
  }
  return changes;
}

async function check(
  repository: Repository,
  author: RefAuthor,
  update: RefUpdate,
  options: UpdateOptions,
): Promise<RefChange> {
  const { ref, after } = update;
  const { git } = repository;
  const refuse = (refusal: RefRefusal): never => {
    throw new RefRefused(ref, refusal);
  };
  const current = git.ref(ref) ?? ZERO_OID;
  if (after !== ZERO_OID && (!isRefName(ref) || isReservedName(ref))) refuse({ reason: "invalid-name" });
  if (update.before !== undefined && update.before !== current) {
    if (update.before === ZERO_OID) refuse({ reason: "exists" });
    refuse({ reason: current === ZERO_OID ? "missing" : "stale" });
  }
  if (after === ZERO_OID && current === ZERO_OID) refuse({ reason: "missing" });
  if (after === ZERO_OID && ref === `refs/heads/${repository.defaultBranch}`)
    refuse({ reason: "default-branch" });
  if (current === ZERO_OID && conflictsByName(git.refs, ref)) refuse({ reason: "name-conflict" });
  const fastForward = await checkTarget(repository, update, current, refuse);
  if (options.trusted !== true) await checkRules(repository, author, update, current, fastForward, refuse);
  return {
    repository,
    ref,
    before: current,
    after,
    fastForward,
    actor: author.account,
    viaApp: author.app,
    kind: options.kind ?? "push",
  };
}

async function checkTarget(
  repository: Repository,
  update: RefUpdate,
  current: string,
  refuse: (refusal: RefRefusal) => never,
): Promise<boolean> {
  const { ref, after } = update;
  if (after === ZERO_OID) return true;
  const object = await repository.git.read(after);
  if (object === undefined) return refuse({ reason: "no-such-object" });
  if (isBranch(ref) && object.type !== "commit") return refuse({ reason: "not-a-commit" });
  if (current === ZERO_OID) return true;
  const fastForward = isBranch(ref) && (await repository.git.isAncestor(current, after));
  if (!fastForward && update.force === false) return refuse({ reason: "not-fast-forward" });
  return fastForward;
}

async function checkRules(
  repository: Repository,
  author: RefAuthor,
  update: RefUpdate,
  current: string,
  fastForward: boolean,
  refuse: (refusal: RefRefusal) => never,
): Promise<void> {
  const { ref, after } = update;
  const change = after === ZERO_OID ? "delete" : current === ZERO_OID ? "create" : "update";
  const violation = directUpdateViolation(repository, { ref, change, after, fastForward }, author);
  if (violation !== undefined) refuse({ reason: "rules", violation });
  if (author.mayChangeWorkflows || change === "delete") return;
  if (!isBranch(ref) && !isTag(ref)) return;
  const before = current === ZERO_OID ? undefined : current;
  if (await needsWorkflowsPermission(repository, after, before)) refuse({ reason: "workflows" });
}

/** `hotfix` and `hotfix/x` cannot both exist: one is a file where the other is a folder. */
function conflictsByName(refs: ReadonlyMap<string, string>, wanted: string): boolean {
  for (const ref of refs.keys()) if (collide(ref, wanted)) return true;
  return false;
}

function collide(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}

/** The first branch that is pushed to an empty repository becomes its default branch when the named one is absent. */
async function followDefaultBranch(repository: Repository, changes: readonly RefChange[]): Promise<void> {
  const { git } = repository;
  if (git.branch(repository.defaultBranch) !== undefined) return;
  const branches = [...git.refs.keys()].filter(isBranch);
  const created = changes.filter((change) => isBranch(change.ref) && change.after !== ZERO_OID);
  const first = created[0];
  if (first === undefined || branches.length !== created.length) return;
  repository.defaultBranch = first.ref.slice("refs/heads/".length);
  await git.setHead(repository.defaultBranch);
}
