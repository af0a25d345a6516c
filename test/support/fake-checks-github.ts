import { createHash } from "node:crypto";
import { Octokit } from "@octokit/rest";
import { CallCounter } from "../../src/github/call-counter.ts";
import type { RepositoryClient } from "../../src/github/repository-client.ts";

interface FakeRun {
  id: number;
  name: string;
  status: string;
  conclusion: string | null;
  external_id: string | null;
  output: { title: string | null; summary: string | null; annotations: unknown[] };
}

/** What GitHub would hold about one commit. Change it between passes. */
export interface FakeCommit {
  /** Text or bytes by path; links and submodules by `modes`. */
  files: Record<string, string | Uint8Array>;
  modes: Record<string, string>;
  configuration: string | null;
  branches: string[];
  pullRequests: { head: string; base: string; state?: "OPEN" | "MERGED"; isCrossRepository?: boolean }[];
  /** Commits that production lacks, newest first. */
  history: FakeHistoryCommit[];
  /** Commits of `history` that the integration branch has, too. */
  onIntegration: string[];
  reviews: { author: string; state: string; commit: string; mayPush?: boolean }[];
  /** Checks of others on the commit. */
  contexts: { name: string; status: string; conclusion: string | null }[];
  required: string[];
  /** null: the host has no list. */
  pushers: string[] | null;
  /** Bodies of comments of the app on the incident. */
  comments: string[];
  /** Somebody else wrote them. */
  commentsBy: string | null;
  targetHead: string;
  /** Files of the comparison with the target; null: 404. */
  compared:
    | {
        filename: string;
        status: string;
        patch?: string;
        previous_filename?: string;
        additions?: number;
        deletions?: number;
      }[]
    | null;
  baseFiles: Record<string, string>;
  isTruncated: boolean;
  isPrivate: boolean;
  isGone: boolean;
  runs: FakeRun[];
  /** Set back by "Re-run", as GitHub does; a run that ends completes it. */
  suite: "QUEUED" | "COMPLETED";
  /** Status and message that every write is refused with. */
  refused: readonly [status: number, message: string] | null;
  /** Calls after which the connection breaks: to die between two writes. */
  failFrom: number;
}

export interface FakeHistoryCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author?: string;
}

export const SHA = "c".repeat(40);
export const TARGET = "d".repeat(40);
const BASE = "b".repeat(40);
const APP = 77;
const GOOD_MESSAGE = "hotfix: read amount\n\nImpact: all checkouts fail\nIncident: PAYMENT-CRITICAL-007";

export interface FakeChecksGitHub {
  readonly commit: FakeCommit;
  /** A client for one pass, with its own counter. */
  client(): RepositoryClient;
  /** `GET /path` and so on, of all passes. */
  readonly log: string[];
}

export function fakeChecksGitHub(changes: Partial<FakeCommit> = {}): FakeChecksGitHub {
  const commit: FakeCommit = {
    files: {},
    modes: {},
    configuration: null,
    branches: ["hotfix/7-checkout"],
    pullRequests: [{ head: "hotfix/7-checkout", base: "main" }],
    history: [{ sha: SHA, parents: [TARGET], message: GOOD_MESSAGE }],
    onIntegration: [],
    reviews: [{ author: "olga", state: "APPROVED", commit: SHA }],
    contexts: [],
    required: [],
    pushers: ["ben"],
    comments: [],
    commentsBy: null,
    targetHead: TARGET,
    compared: [],
    baseFiles: {},
    isTruncated: false,
    isPrivate: true,
    isGone: false,
    runs: [],
    suite: "QUEUED",
    refused: null,
    failFrom: Number.POSITIVE_INFINITY,
    ...changes,
  };
  const log: string[] = [];
  return {
    commit,
    log,
    client() {
      const calls = new CallCounter();
      const fetch = async (url: string, init: { method?: string; body?: string }): Promise<Response> => {
        const done = calls.begin();
        const path = url.replace("https://api.github.com", "");
        log.push(`${init.method ?? "GET"} ${path}`);
        // Answers come later than everything that was asked for at once.
        await new Promise((resolve) => setTimeout(resolve, 1));
        done();
        if (log.length > commit.failFrom) return json(502, { message: "Server Error" });
        return answer(commit, init.method ?? "GET", decodeURIComponent(path), init.body);
      };
      const octokit = new Octokit({ request: { fetch }, log: QUIET });
      const app = { id: APP, slug: "hotfix-responder", login: "hotfix-responder[bot]" };
      return { octokit, calls, app, installation: 1, owner: "acme", repo: "shop" };
    },
  };
}

const QUIET = { debug: ignore, info: ignore, warn: ignore, error: ignore };
function ignore(): void {}

export function blobOf(content: string | Uint8Array): string {
  const bytes = Buffer.from(content);
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

function answer(commit: FakeCommit, method: string, path: string, body: string | undefined): Response {
  const sent: unknown = body === undefined ? {} : JSON.parse(body);
  const [route = "", query = ""] = path.replace("/repos/acme/shop", "").split("?");
  if (route === "/graphql") return graphql(commit, sent as GraphqlRequest);
  if (commit.refused !== null && method !== "GET" && route !== "/graphql") {
    return json(commit.refused[0], { message: commit.refused[1] });
  }
  if (method === "POST" && route === "/check-runs") return createRun(commit, sent as Partial<FakeRun>);
  const run = /^\/check-runs\/(\d+)$/u.exec(route);
  if (method === "PATCH" && run !== null) return updateRun(commit, Number(run[1]), sent as Partial<FakeRun>);
  if (route === "/commits") return json(200, []);
  if (commit.isGone)
    return json(route.startsWith("/git/") ? 404 : 422, { message: "No commit found for SHA" });
  if (route === `/git/trees/${SHA}`) return json(200, treeOf(commit.files, commit));
  if (route === `/git/trees/${BASE}`)
    return json(200, treeOf(commit.baseFiles, { ...commit, isTruncated: false }));
  if (route === `/commits/${SHA}/branches-where-head`) {
    return json(
      200,
      commit.branches.map((name) => ({ name, commit: { sha: SHA, url: "" }, protected: false })),
    );
  }
  if (route === `/commits/${SHA}/check-runs` && query.includes("filter=all")) {
    const runs = commit.runs.map((each) => ({
      ...each,
      app: { id: APP },
      output: { ...each.output, annotations_count: each.output.annotations.length },
    }));
    const page = Number(new URLSearchParams(query).get("page") ?? 1);
    return json(200, { total_count: runs.length, check_runs: runs.slice((page - 1) * 100, page * 100) });
  }
  if (route === "/git/ref/heads/main") return json(200, { object: { sha: commit.targetHead } });
  if (route === "/activity") {
    if (commit.pushers === null) return json(404, { message: "Not Found" });
    return json(
      200,
      commit.pushers.map((login) => ({
        actor: { login, type: "User" },
        before: BASE,
        after: SHA,
        timestamp: "2026-11-20T14:36:00Z",
        activity_type: "push",
      })),
    );
  }
  if (route.startsWith("/compare/")) {
    return commit.compared === null
      ? json(404, { message: "Not Found" })
      : json(200, {
          merge_base_commit: { sha: BASE },
          files: commit.compared.map((file) => ({ additions: 1, deletions: 0, ...file })),
        });
  }
  const blob = /^\/git\/blobs\/(\w+)$/u.exec(route);
  const found = Object.values(commit.files).find((content) => blobOf(content) === blob?.[1]);
  if (found !== undefined) {
    return json(200, { content: Buffer.from(found).toString("base64"), encoding: "base64" });
  }
  return json(404, { message: `the fake has no answer to ${method} ${path}` });
}

function treeOf(files: FakeCommit["files"], commit: FakeCommit) {
  const tree = Object.entries(files).map(([path, content]) => ({
    path,
    mode: commit.modes[path] ?? "100644",
    type: commit.modes[path] === "160000" ? "commit" : "blob",
    sha: blobOf(content),
    size: Buffer.from(content).length,
  }));
  return {
    sha: SHA,
    tree: [{ path: "src", mode: "040000", type: "tree", sha: BASE }, ...tree],
    truncated: commit.isTruncated,
  };
}

interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** As GitHub does: text of a blob that is not valid UTF-8 comes with replacement characters. */
function graphql(commit: FakeCommit, { query, variables }: GraphqlRequest): Response {
  if (query.includes("BlobTexts")) {
    const oids = [...query.matchAll(/(blob\d+): object\(oid: "(\w+)"\)/gu)];
    const repository = Object.fromEntries(
      oids.map(([, alias, oid]) => {
        const found = Object.values(commit.files).find((content) => blobOf(content) === oid);
        if (found === undefined) return [alias!, null];
        const bytes = Buffer.from(found);
        const isBinary = bytes.subarray(0, 8000).includes(0);
        return [alias!, { isBinary, text: isBinary ? null : bytes.toString("utf8") }];
      }),
    );
    return json(200, { data: { repository } });
  }
  if (query.includes("HotfixToCheck")) return hotfix(commit);
  if (query.includes("query Conversation")) {
    const issue = {
      number: 7,
      url: "https://github.com/acme/shop/issues/7",
      comments: {
        pageInfo: { hasNextPage: false, endCursor: null },
        nodes: commit.comments.map((body, index) => commentNode(body, index, commit.commentsBy)),
      },
      lastHundredComments: { pageInfo: { startCursor: null } },
      lastNinetyNineComments: { pageInfo: { startCursor: null } },
    };
    return json(200, { data: { repository: { issue } } });
  }
  const pullRequests = commit.pullRequests.map(({ head, base, state, isCrossRepository }) => ({
    number: 8,
    reviews: {
      nodes: commit.reviews.map(({ author, mayPush, commit: oid, ...review }) => ({
        ...review,
        author: { __typename: "User", login: author },
        authorCanPushToRepository: mayPush ?? true,
        commit: { oid },
      })),
    },
    state: state ?? "OPEN",
    isCrossRepository: isCrossRepository ?? false,
    headRefName: head,
    headRefOid: SHA,
    baseRefName: base,
    baseRef: {
      target: { oid: commit.targetHead },
      refUpdateRule: { requiredStatusCheckContexts: commit.required },
      rules: { nodes: [] },
    },
  }));
  const [revision, file = ""] = variables.configuration!.split(":");
  const text = revision === "HEAD" ? commit.configuration : (commit.files[file]?.toString() ?? null);
  const configuration = text === null ? null : { __typename: "Blob", oid: blobOf(text), text };
  const object = commit.isGone
    ? null
    : {
        __typename: "Commit",
        message: commit.history[0]?.message ?? "",
        checkSuites: { nodes: [{ status: commit.suite }] },
        statusCheckRollup: {
          contexts: {
            nodes: [
              ...commit.contexts.map((each) => ({
                __typename: "CheckRun",
                ...each,
                url: `https://github.com/acme/shop/runs/${each.name}`,
                checkSuite: { app: { databaseId: 15368 } },
              })),
              ...commit.runs.map(({ name, status, conclusion }) => ({
                __typename: "CheckRun",
                name,
                status: status.toUpperCase(),
                conclusion: conclusion?.toUpperCase() ?? null,
                url: "https://github.com/acme/shop/runs/1",
                checkSuite: { app: { databaseId: APP } },
              })),
            ],
          },
        },
        associatedPullRequests: { nodes: pullRequests },
      };
  const repository = {
    url: "https://github.com/acme/shop",
    isPrivate: commit.isPrivate,
    configuration,
    commit: object,
  };
  return json(200, { data: { repository } });
}

function commentNode(body: string, index: number, by: string | null) {
  return {
    id: `IC_${index}`,
    fullDatabaseId: String(index + 100),
    url: `https://github.com/acme/shop/issues/7#issuecomment-${index + 100}`,
    author:
      by === null ? { __typename: "Bot", login: "hotfix-responder" } : { __typename: "User", login: by },
    body,
    createdAt: "2026-11-20T14:40:00Z",
    lastEditedAt: null,
  };
}

function hotfix(commit: FakeCommit): Response {
  const nodes = commit.history.toReversed().map(({ sha, parents, message, author = "ben" }) => ({
    oid: sha,
    tree: { oid: "0".repeat(40) },
    parents: { nodes: parents.map((oid) => ({ oid })) },
    message,
    author: { name: author, user: { login: author } },
    committer: { user: null },
    authors: { nodes: [{ user: { login: author } }] },
    committedDate: "2026-11-20T14:35:00Z",
    url: `https://github.com/acme/shop/commit/${sha}`,
  }));
  // As asked for: the newest.
  const newest = nodes.slice(-100);
  const own = newest.filter(({ oid }) => !commit.onIntegration.includes(oid));
  const repository = {
    issue: { title: "All checkouts fail" },
    production: { compare: { commits: { totalCount: nodes.length, nodes: newest } } },
    integration: { compare: { commits: { nodes: own } } },
  };
  return json(200, { data: { repository } });
}

function createRun(commit: FakeCommit, sent: Partial<FakeRun>): Response {
  const id = commit.runs.length + 1;
  const run = { id, conclusion: null, external_id: null, status: "queued", name: "", ...sent };
  if (run.status === "completed") commit.suite = "COMPLETED";
  commit.runs.push({ ...run, output: { title: null, summary: null, annotations: [], ...sent.output } });
  return json(201, { id });
}

/** Annotations are added to those that are there, as on GitHub. */
function updateRun(commit: FakeCommit, id: number, sent: Partial<FakeRun>): Response {
  const run = commit.runs.find((each) => each.id === id)!;
  const annotations = [...run.output.annotations, ...(sent.output?.annotations ?? [])];
  if (sent.status === "completed") commit.suite = "COMPLETED";
  Object.assign(run, sent, { output: { ...run.output, ...sent.output, annotations } });
  return json(200, { id });
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
  });
}
