import { type ComparedFile, changesOf } from "../checks/change-list.ts";
import type { CommitState, IncidentCommit, TreeEntry } from "../checks/commit-state.ts";
import type { HotfixChange } from "../checks/judge-change.ts";
import { mayBeMigration } from "../checks/properties/migrations.ts";
import type { Config } from "../config/schema.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { HOTFIX_QUERY, type HotfixCommitAnswer, type HotfixQueryAnswer } from "./documents/hotfix-query.ts";
import { readTree } from "./observe-commit.ts";
import { readBlobs } from "./read-blobs.ts";
import type { ReadChanges } from "./read-changes.ts";
import { commitOf, nodesOf } from "./read-commit.ts";
import { MOST_PUSHES, readPushesTo } from "./read-pushes.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isNotFound, runGraphql } from "./run-graphql.ts";

/** Files whose patch GitHub leaves out are long or binary; more of them, or more bytes, are no hotfix. */
const MOST_FILES = 100;
const MOST_BYTES = 5_000_000;

/** Who made the hotfix, of which commits, and what it changes. `changes`: the comparison with production, which is on its way. null: nothing to compare. */
export async function readHotfix(
  client: RepositoryClient,
  state: IncidentCommit,
  config: Config,
  changes: Promise<ReadChanges | null>,
): Promise<HotfixChange | null> {
  const [history, pushes, compared] = await Promise.all([
    readHistory(client, state, config),
    readPushesTo(client, state.subject.branch),
    changes,
  ]);
  if (history === null || compared === null) return null;
  const pushers = (pushes ?? [])
    .filter(({ actor, after }) => actor.kind === "user" && history.shas.has(after))
    .map(({ actor }) => actor.login);
  const read = await readUntold(client, state, config, compared);
  const entries = new Map(state.entries.map((entry) => [entry.path, entry]));
  return {
    changes: changesOf(compared.files, entries, read.before, read.contents),
    commits: history.commits,
    own: history.own,
    makers: new Set([...history.makers, ...pushers]),
    title: history.title,
    unreadCommits: history.unreadCommits,
    pushesRead: pushes === null ? "none" : pushes.length >= MOST_PUSHES ? "newest" : "all",
    limits: [...history.limits, ...read.limits],
  };
}

interface History
  extends Pick<HotfixChange, "commits" | "own" | "makers" | "title" | "unreadCommits" | "limits"> {
  readonly shas: ReadonlySet<Sha>;
}

/** null: a force push took the commit off its branch, or there is no production branch. */
async function readHistory(
  client: RepositoryClient,
  { sha, subject }: IncidentCommit,
  { branches }: Config,
): Promise<History | null> {
  const { repository } = await runGraphql<HotfixQueryAnswer>(
    client,
    HOTFIX_QUERY,
    {
      issue: subject.incident,
      head: subject.branch,
      production: `refs/heads/${branches.production}`,
      integration: `refs/heads/${branches.integration}`,
    },
    isNotFound,
  );
  const compared = repository.production?.compare?.commits;
  if (compared === undefined) return null;
  const answers = upTo(sha, nodesOf(compared).toReversed());
  if (answers === null) return null;
  const shas = new Set(answers.map(({ oid }) => oid));
  const integration = repository.integration?.compare;
  const unreadCommits = Math.max(0, compared.totalCount - nodesOf(compared).length);
  return {
    shas,
    commits: answers.map(commitOf),
    // Without an integration branch nothing can be its work.
    own: integration ? new Set(nodesOf(integration.commits).map(({ oid }) => oid)) : shas,
    makers: new Set(answers.flatMap(makersOf)),
    title: repository.issue?.title ?? null,
    unreadCommits,
    limits:
      unreadCommits > 0 ? ["The hotfix has more than 100 commits; only the newest were looked at."] : [],
  };
}

/** The commits that `sha` contains, newest first: the branch may have moved on since. */
function upTo(sha: Sha, answers: readonly HotfixCommitAnswer[]): readonly HotfixCommitAnswer[] | null {
  const byOid = new Map(answers.map((answer) => [answer.oid, answer]));
  if (answers.length > 0 && !byOid.has(sha)) return null;
  const wanted = new Set<string>();
  const open = [sha];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    const answer = byOid.get(oid);
    if (answer === undefined || wanted.has(oid)) continue;
    wanted.add(oid);
    open.push(...nodesOf(answer.parents).map((parent) => parent.oid));
  }
  return answers.filter(({ oid }) => wanted.has(oid));
}

function makersOf({ author, committer, authors }: HotfixCommitAnswer): readonly string[] {
  return [author, committer, ...nodesOf(authors)].flatMap((person) => person?.user?.login ?? []);
}

/** What the patches do not tell: whole files, and the modes that files had. No trip where they tell everything. */
async function readUntold(
  client: RepositoryClient,
  state: CommitState,
  { checks }: Config,
  { files, mergeBase }: ReadChanges,
) {
  const entries = new Map(state.entries.map((entry) => [entry.path, entry]));
  const isOdd = (entry: TreeEntry | undefined): boolean =>
    entry !== undefined && !entry.mode.startsWith("100");
  const untold = files.flatMap((file) => {
    const entry = entries.get(file.path);
    const isReadable = file.status !== "removed" && entry !== undefined && !isOdd(entry);
    return isReadable && isUntold(file) && entry.size <= checks.scope.fileBytes ? [entry] : [];
  });
  let bytes = 0;
  const wanted = untold.slice(0, MOST_FILES).filter(({ size }) => (bytes += size) <= MOST_BYTES);
  const contents = new Map<string, Uint8Array>();
  const needsModes = files.some((file) => file.isModeUnknown && !(file.status === "added"));
  const [before] = await Promise.all([
    needsModes ? readTree(client, mergeBase) : null,
    readBlobs(client, unique(wanted), (oid, content) => {
      contents.set(oid, content);
      return Promise.resolve();
    }),
  ]);
  const left = untold.length - wanted.length;
  const unseen = files.filter(({ path, status }) => status !== "removed" && !entries.has(path)).length;
  const isBeforeCut = before?.isTreeTruncated === true;
  return {
    contents,
    before: before === null ? null : new Map(before.entries.map((entry) => [entry.path, entry])),
    limits: [
      ...(left === 0 ? [] : [`${left} changed files are too many or too large to be read whole.`]),
      // Links, submodules and sizes are told by the tree alone.
      ...(state.isTreeTruncated && unseen > 0
        ? [`Changed files that are not in the part of the tree that GitHub listed: ${unseen}.`]
        : []),
      ...(isBeforeCut ? ["GitHub listed only part of the tree that the hotfix began from."] : []),
    ],
  };
}

/** A file that was only moved tells nothing new; a migration is read whole, because its way back may be old. */
function isUntold(file: ComparedFile): boolean {
  if (file.status === "added") return file.addedLines === null;
  const isOnlyMoved = file.status === "renamed" && file.additions + file.deletions === 0;
  return (file.addedLines === null && !isOnlyMoved) || mayBeMigration(file.path);
}

function unique(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  return [...new Map(entries.map((entry) => [entry.oid, entry])).values()];
}
