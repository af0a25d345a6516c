import { mkdir } from "node:fs/promises";
import { formatCommit, formatTag, formatTree, parseCommit, parseTag, parseTree } from "./git-formats.ts";
import type { Commit, CommitContent, TagContent, TreeEntry } from "./git-formats.ts";
import { GitAnswers } from "./git-answers.ts";
import { WEB_FLOW_ADDRESS } from "./identity.ts";
import { ObjectStore } from "./git-objects.ts";
import { GitHistory } from "./git-history.ts";
import { GitError, runGit } from "./git-process.ts";
import type { GitResult } from "./git-process.ts";
import { GitRefWriter } from "./git-ref-writer.ts";
import type { RawRefUpdate } from "./git-ref-writer.ts";

const OID = /^[0-9a-f]{40}$/;
const COMMIT_CACHE = 20_000;

/**
 * A bare repository on disk. Refs are mirrored in memory: everything that changes them goes through `setRefs`, and
 * whoever decides on a ref and then changes it does both inside `exclusively`.
 */
export class GitRepository {
  readonly path: string;
  readonly #objects: ObjectStore;
  readonly #refWriter: GitRefWriter;
  readonly #history = new GitHistory((oid) => this.commit(oid));
  readonly #answers = new GitAnswers();
  readonly #refs = new Map<string, string>();
  readonly #commits = new Map<string, Commit>();
  /** Commits and tags that GitHub would have signed. */
  readonly #signed = new Set<string>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
    this.#objects = new ObjectStore(path);
    this.#refWriter = new GitRefWriter(path);
  }

  static async create(path: string, defaultBranch: string): Promise<GitRepository> {
    await mkdir(path, { recursive: true });
    const repository = new GitRepository(path);
    const args = ["init", "--quiet", "--bare", "--template=", `--initial-branch=${defaultBranch}`, "."];
    await repository.run(args);
    return repository;
  }

  /** Runs git and throws a `GitError` for any exit code but 0. */
  async run(args: readonly string[], options: { input?: Buffer | string } = {}): Promise<string> {
    const result = await this.try(args, options);
    if (result.code !== 0) throw new GitError(args, result);
    return result.stdout.toString();
  }

  /** Runs git and returns whatever its exit code is. */
  try(args: readonly string[], options: { input?: Buffer | string } = {}): Promise<GitResult> {
    const ask = (): Promise<GitResult> => runGit(this.path, args, options);
    return options.input === undefined ? this.#answers.get(args, ask) : ask();
  }

  /** Runs one task at a time, in order of arrival. Not reentrant. */
  exclusively<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task, task);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  get refs(): ReadonlyMap<string, string> {
    return this.#refs;
  }

  /** Object id a full ref name points at (the tag object for an annotated tag). */
  ref(name: string): string | undefined {
    return this.#refs.get(name);
  }

  branch(name: string): string | undefined {
    return this.#refs.get(`refs/heads/${name}`);
  }

  isEmpty(): boolean {
    return ![...this.#refs.keys()].some((ref) => ref.startsWith("refs/heads/"));
  }

  /** Changes refs in git and in the mirror, all or nothing. Knows no rules: see ref-updates.ts. */
  async setRefs(updates: readonly RawRefUpdate[]): Promise<void> {
    await this.#refWriter.write(updates);
    for (const { ref, after } of updates) {
      if (/^0+$/.test(after)) this.#refs.delete(ref);
      else this.#refs.set(ref, after);
    }
  }

  setHead(branch: string): Promise<string> {
    return this.run(["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
  }

  read(name: string): ReturnType<ObjectStore["read"]> {
    return this.#objects.read(name);
  }

  writeBlob(content: Buffer): Promise<string> {
    return this.#objects.write("blob", content);
  }

  writeTree(entries: readonly TreeEntry[]): Promise<string> {
    return this.#objects.write("tree", formatTree(entries));
  }

  /** A commit whose committer is GitHub itself counts as signed by it: pushed commits do not come this way. */
  async writeCommit(commit: CommitContent): Promise<string> {
    const oid = await this.#objects.write("commit", formatCommit(commit));
    if (commit.committer.email === WEB_FLOW_ADDRESS) this.#signed.add(oid);
    return oid;
  }

  writeTag(tag: TagContent): Promise<string> {
    return this.#objects.write("tag", formatTag(tag));
  }

  /** Notes that GitHub made and signed this object itself: it shows as verified. */
  markSigned(oid: string): void {
    this.#signed.add(oid);
  }

  isSigned(oid: string): boolean {
    return this.#signed.has(oid);
  }

  /** The commit with exactly this id. */
  async commit(oid: string): Promise<Commit | undefined> {
    const known = this.#commits.get(oid);
    if (known !== undefined) return known;
    if (!OID.test(oid)) return undefined;
    const object = await this.#objects.read(oid);
    if (object?.type !== "commit") return undefined;
    const commit = parseCommit(object.oid, object.content);
    if (this.#commits.size >= COMMIT_CACHE) this.#commits.clear();
    this.#commits.set(oid, commit);
    return commit;
  }

  /** @param name a tree id, or any revision that is a tree (`<commit>:src`) */
  async tree(name: string): Promise<readonly TreeEntry[] | undefined> {
    const object = await this.#objects.read(name);
    return object?.type === "tree" ? parseTree(object.content) : undefined;
  }

  async tag(oid: string): Promise<TagContent | undefined> {
    const object = await this.#objects.read(oid);
    return object?.type === "tag" ? parseTag(object.content) : undefined;
  }

  /** The commit that a branch, tag, full ref or (short) commit id means to the API; annotated tags are followed. */
  async resolveCommit(name: string): Promise<string | undefined> {
    const target =
      this.#refs.get(`refs/heads/${name}`) ??
      this.#refs.get(`refs/tags/${name}`) ??
      this.#refs.get(`refs/${name}`) ??
      this.#refs.get(name) ??
      (/^[0-9a-f]{7,40}$/i.test(name) ? name.toLowerCase() : undefined);
    if (target === undefined) return undefined;
    if (this.#commits.has(target)) return target;
    return (await this.#objects.read(`${target}^{commit}`))?.oid;
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    if (ancestor === descendant) return true;
    const answer = await this.#history.isAncestor(ancestor, descendant);
    return answer ?? (await this.try(["merge-base", "--is-ancestor", ancestor, descendant])).code === 0;
  }

  async mergeBase(left: string, right: string): Promise<string | undefined> {
    if (await this.isAncestor(left, right)) return left;
    if (await this.isAncestor(right, left)) return right;
    const result = await this.try(["merge-base", left, right]);
    return result.code === 0 ? result.stdout.toString().trim() : undefined;
  }

  /** Commits of `head` that none of `without` contains, parents before children. */
  async newCommits(head: string, without: readonly string[]): Promise<readonly string[]> {
    const walked = await this.#history.difference(head, without);
    return walked ?? this.revList(["--reverse", "--topo-order", head, "--not", ...without]);
  }

  /** Commit ids, newest first, of `git rev-list <args>`. */
  async revList(args: readonly string[]): Promise<readonly string[]> {
    const text = await this.run(["rev-list", ...args]);
    return text.split("\n").filter((line) => line !== "");
  }

  async close(): Promise<void> {
    await Promise.all([this.#objects.close(), this.#refWriter.close()]);
  }
}
