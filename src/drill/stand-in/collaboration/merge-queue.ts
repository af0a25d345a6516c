import { mergeCommits } from "../git-merge.ts";
import { ZERO_OID } from "../hub.ts";
import { personOf, webFlow } from "../identity.ts";
import type { Issue, Repository } from "../model.ts";
import { headCommit } from "../present-check.ts";
import { pullOf } from "../present-pull.ts";
import { missingChecks, requiredChecksOf, rulesFor } from "../protection-rules.ts";
import { type RefAuthor, RefRefused, updateRefs } from "../ref-updates.ts";
import { unverified } from "../unverified.ts";
import type { Act } from "./act.ts";
import { openPulls } from "./branch-pulls.ts";

unverified(
  "merge-queue/groups",
  "each pull request of the queue gets a group of its own, built on the one before it",
);
unverified("merge-queue/pushes", "the branches of a queue cause push and create as other branches do");
unverified("merge-queue/sender", "whoever put the pull request into the queue sends merge_group");

const PREFIX = "refs/heads/gh-readonly-queue/";

interface Group {
  readonly ref: string;
  readonly number: number;
  readonly sha: string;
}

/**
 * Somebody presses "Merge when ready": the pull request is tried out on top of those before it, and the apps are asked for checks. Returns the commit of
 * the group. What else the branch's rules ask of the pull request is taken as met.
 */
export async function enqueue(act: Act, issue: Issue): Promise<string> {
  const { hub, repository, actor } = act;
  const pull = pullOf(issue);
  if (!rulesFor(repository, `refs/heads/${pull.base.ref}`).some(({ rule }) => rule.type === "merge_queue"))
    throw new Error(`${pull.base.ref} has no merge queue`);
  const base = groupsOf(repository, pull.base.ref).at(-1)?.sha ?? repository.git.branch(pull.base.ref) ?? "";
  const message = `Merge pull request #${issue.number} from ${repository.owner.login}/${pull.head.ref}\n\n${issue.title}`;
  const identity = { author: personOf(actor, hub.now()), committer: webFlow(hub.now()) };
  const sha = await mergeCommits(repository.git, base, pull.head.sha, message, identity);
  if (sha === undefined) throw new Error(`#${issue.number} conflicts with what is before it in the queue`);
  const ref = `${PREFIX}${pull.base.ref}/pr-${issue.number}-${base}`;
  await updateRefs(hub, repository, authorOf(act), [{ ref, before: ZERO_OID, after: sha }], {
    trusted: true,
  });
  const commit = await repository.git.commit(sha);
  const group = {
    head_sha: sha,
    head_ref: ref,
    base_sha: base,
    base_ref: `refs/heads/${pull.base.ref}`,
    ...(commit !== undefined && { head_commit: headCommit(commit) }),
  };
  hub.emit("merge_group", "checks_requested", { merge_group: group }, { sender: actor, repository });
  considerQueueAt(act, sha);
  return sha;
}

/** The queue lets go of a pull request: its group is gone. */
export async function dequeue(act: Act, issue: Issue): Promise<void> {
  const { repository } = act;
  const pull = pullOf(issue);
  const group = groupsOf(repository, pull.base.ref).find(({ number }) => number === issue.number);
  if (group !== undefined) await removeGroup(act, group);
}

/** Merges in the background what stands first in its queue and has every check that the branch waits for. */
export function considerQueueAt(act: Act, sha: string): void {
  const { hub, repository } = act;
  const isGroup = [...repository.git.refs].some(([ref, oid]) => ref.startsWith(PREFIX) && oid === sha);
  if (isGroup) hub.background.start(() => mergeFirst(act, sha));
}

async function mergeFirst(act: Act, sha: string): Promise<void> {
  const { hub, repository } = act;
  for (const { issue, pull } of openPulls(repository)) {
    const [first, second] = groupsOf(repository, pull.base.ref);
    if (first?.number !== issue.number || first.sha !== sha) continue;
    if (missingChecks(repository, requiredChecksOf(repository, pull.base.ref), sha).length > 0) return;
    const before = repository.git.branch(pull.base.ref) ?? ZERO_OID;
    const update = { ref: `refs/heads/${pull.base.ref}`, before, after: sha };
    try {
      // Whose head has become part of the base is marked as merged by that.
      await updateRefs(hub, repository, authorOf(act), [update], { trusted: true });
      await removeGroup(act, first);
    } catch (error) {
      // Another check ended at the same time, and it is merged; or somebody pushed, and the queue waits.
      if (!(error instanceof RefRefused)) throw error;
      return;
    }
    if (second !== undefined) considerQueueAt(act, second.sha);
    return;
  }
}

async function removeGroup(act: Act, { ref, sha }: Group): Promise<void> {
  const update = { ref, before: sha, after: ZERO_OID };
  await updateRefs(act.hub, act.repository, authorOf(act), [update], { trusted: true });
}

/** In the order of the queue: each is made of more commits than the one before it. */
function groupsOf({ git }: Repository, base: string): readonly Group[] {
  return [...git.refs].flatMap(([ref, sha]) => {
    const number = ref.startsWith(`${PREFIX}${base}/pr-`)
      ? /\/pr-(\d+)-[0-9a-f]{40}$/u.exec(ref)?.[1]
      : undefined;
    return number === undefined ? [] : [{ ref, sha, number: Number(number) }];
  });
}

function authorOf({ actor }: Act): RefAuthor {
  return { account: actor, app: null, role: "push", mayChangeWorkflows: true };
}
