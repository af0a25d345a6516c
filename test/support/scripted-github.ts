import { Octokit } from "@octokit/rest";
import { CallCounter } from "../../src/github/call-counter.ts";
import type { RepositoryClient } from "../../src/github/repository-client.ts";

export interface ScriptedReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SentRequest {
  /** `POST /repos/acme/shop/pulls?x=1`, or `QUERY RefHead` and `MUTATION MarkReady` for GraphQL. */
  readonly what: string;
  /** The JSON body; the variables of GraphQL. */
  readonly body: Readonly<Record<string, unknown>>;
}

interface Scripted {
  readonly what: string | RegExp;
  readonly reply: ScriptedReply;
}

/**
 * GitHub as a script of single answers: each is given once, in order among those that match. `finish` fails on requests that nothing was scripted for,
 * even when the code under test swallowed the error, and on answers that nobody asked for.
 */
export interface ScriptedGitHub {
  readonly client: RepositoryClient;
  readonly sent: SentRequest[];
  /** `what`: see `SentRequest`; paths are below `/repos/acme/shop` when they begin with a dot: `POST ./pulls`. */
  on(what: string | RegExp, reply: ScriptedReply | "no answer"): void;
  /** GraphQL: `data` alone, or with errors. */
  onGraphql(what: string, data: unknown, errors?: readonly Record<string, unknown>[]): void;
  finish(): void;
}

export function scriptedGitHub(): ScriptedGitHub {
  const script: Scripted[] = [];
  const sent: SentRequest[] = [];
  const unmatched: string[] = [];

  async function answer(url: string, init: RequestInit): Promise<Response> {
    const request = requestOf(url, init);
    sent.push(request);
    const index = script.findIndex(({ what }) =>
      typeof what === "string" ? what === request.what : what.test(request.what),
    );
    if (index === -1) {
      unmatched.push(request.what);
      return Response.json({ message: `not scripted: ${request.what}` }, { status: 418 });
    }
    const [{ reply }] = script.splice(index, 1) as [Scripted];
    if (reply.status === 0) throw new TypeError("fetch failed");
    const { status, body, headers } = reply;
    const answered = { status, headers: headers ?? {} };
    const response = body === undefined ? new Response(null, answered) : Response.json(body, answered);
    // Octokit reads the address back when it turns pages.
    return Object.defineProperty(response, "url", { value: url });
  }

  const octokit = new Octokit({
    request: { fetch: answer },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  return {
    client: {
      octokit,
      installation: 1,
      owner: "acme",
      repo: "shop",
      app: { id: 77, slug: "hotfix-responder", login: "hotfix-responder[bot]" },
      calls: new CallCounter(),
    },
    sent,
    on(what, reply) {
      const full = typeof what === "string" ? what.replace(" .", " /repos/acme/shop") : what;
      script.push({ what: full, reply: reply === "no answer" ? { status: 0 } : reply });
    },
    onGraphql(what, data, errors) {
      script.push({ what, reply: { status: 200, body: errors === undefined ? { data } : { data, errors } } });
    },
    finish() {
      const unused = script.map(({ what }) => String(what));
      if (unmatched.length + unused.length > 0) {
        throw new Error(`not scripted: ${unmatched.join(", ")}; never asked for: ${unused.join(", ")}`);
      }
    },
  };
}

function requestOf(url: string, init: RequestInit): SentRequest {
  const { pathname, search } = new URL(url);
  const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {};
  if (pathname !== "/graphql") {
    return { what: `${init.method} ${decodeURIComponent(pathname + search)}`, body };
  }
  const operation = /^\s*(query|mutation)\s+(\w+)/u.exec(String(body["query"]));
  return {
    what: `${operation?.[1]?.toUpperCase()} ${operation?.[2]}`,
    body: (body["variables"] ?? {}) as Record<string, unknown>,
  };
}
