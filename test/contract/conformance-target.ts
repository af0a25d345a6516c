import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { StandIn } from "../../src/drill/stand-in/stand-in.ts";

const EVENTS = [
  "create",
  "delete",
  "issue_comment",
  "issues",
  "label",
  "merge_group",
  "pull_request",
  "pull_request_review",
  "push",
  "release",
  "repository",
  "status",
];

/** Whose token a call is made with; only the author's exists everywhere. `narrow-app`: an installation token that may read contents and no more. */
export type As = "author" | "reviewer" | "reader" | "app" | "narrow-app";

export interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer of any shape: what it holds is what the behaviours test
  readonly body: any;
  readonly headers: Headers;
}

/** A repository to try behaviours on: the stand-in's, or a scratch repository on github.com. */
export interface Target {
  readonly owner: string;
  readonly repo: string;
  /** The stand-in itself, for what no call can cause; null on github.com. */
  readonly standIn: StandIn | null;
  readonly has: ReadonlySet<As>;
  /** `path` below the repository, e.g. `/git/refs`; a leading `//` begins at the API's root. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    as?: As,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  readonly graphql: (
    document: string,
    variables?: Record<string, unknown>,
    as?: As,
  ) => Promise<Answer["body"]>;
  /** A name that no other behaviour uses. */
  name(stem: string): string;
  close(): Promise<void>;
}

export async function standInTarget(): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), "conformance-"));
  const standIn = await StandIn.start({ root: join(folder, "github") });
  standIn.createOrganization("acme");
  for (const login of ["alice", "bob", "carol"]) standIn.createUser(login);
  await standIn.createRepository({ owner: "acme", name: "scratch", private: true, autoMergeAllowed: true });
  standIn.addCollaborator("acme/scratch", "alice", "admin");
  standIn.addCollaborator("acme/scratch", "bob", "push");
  standIn.addCollaborator("acme/scratch", "carol", "pull");
  const app = standIn.registerApp({
    slug: "conformance",
    webhookUrl: "http://127.0.0.1:9/",
    webhookSecret: "conformance-secret",
    permissions: {
      contents: "write",
      issues: "write",
      pull_requests: "write",
      checks: "write",
      statuses: "write",
      merge_queues: "read",
    },
    events: EVENTS,
  });
  const installationId = standIn.install(app, "acme");
  const octokit = new Octokit({
    baseUrl: `${standIn.url}/api/v3`,
    authStrategy: createAppAuth,
    auth: { appId: app.appId, privateKey: app.privateKey, installationId },
  });
  const tokenWith = async (options: object): Promise<string> =>
    ((await octokit.auth({ type: "installation", ...options })) as { readonly token: string }).token;
  const tokens = {
    author: standIn.tokenFor("alice"),
    reviewer: standIn.tokenFor("bob"),
    reader: standIn.tokenFor("carol"),
    app: await tokenWith({}),
    "narrow-app": await tokenWith({ permissions: { contents: "read" } }),
  };
  const http = httpTarget(`${standIn.url}/api/v3`, `${standIn.url}/api/graphql`, "acme", "scratch", tokens);
  const content = Buffer.from("# Scratch\n").toString("base64");
  await http.call("PUT", "/contents/README.md", { message: "Begin", content });
  return {
    ...http,
    standIn,
    close: async () => {
      await standIn.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The scratch repository of the environment; undefined when it is not set. */
export function githubTarget(environment: NodeJS.ProcessEnv): Target | undefined {
  const { HOTFIX_CONFORMANCE_REPO: name, HOTFIX_CONFORMANCE_TOKEN: token } = environment;
  const [owner, repo] = (name ?? "").split("/");
  if (!owner || !repo || !token) return undefined;
  return {
    ...httpTarget("https://api.github.com", "https://api.github.com/graphql", owner, repo, { author: token }),
    standIn: null,
    close: () => Promise.resolve(),
  };
}

function httpTarget(
  api: string,
  graphqlUrl: string,
  owner: string,
  repo: string,
  tokens: Partial<Record<As, string>>,
): Omit<Target, "standIn" | "close"> {
  const run = Date.now().toString(36);
  let names = 0;
  const send = async (
    method: string,
    url: string,
    body: unknown,
    as: As,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${tokens[as] ?? ""}`,
        accept: "application/vnd.github+json",
        "user-agent": "hotfix-conformance",
        "x-github-api-version": "2022-11-28",
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? null : JSON.parse(text),
      headers: response.headers,
    };
  };
  return {
    owner,
    repo,
    has: new Set(Object.keys(tokens) as As[]),
    call: (method, path, body, as = "author", headers = {}) =>
      send(
        method,
        path.startsWith("//") ? api + path.slice(1) : `${api}/repos/${owner}/${repo}${path}`,
        body,
        as,
        headers,
      ),
    graphql: async (query, variables = {}, as = "author") =>
      (await send("POST", graphqlUrl, { query, variables }, as)).body,
    name: (stem) => `${stem}-${run}-${++names}`,
  };
}
