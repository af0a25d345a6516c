import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { canRead, may } from "./access.ts";
import { ApiError, unauthorized } from "./api-error.ts";
import { gitEnvironment, gitOptions } from "./git-process.ts";
import { readBody } from "./http-body.ts";
import type { Hub } from "./hub.ts";
import type { Repository } from "./model.ts";
import type { Viewer } from "./model/viewer.ts";
import { flushPacket, packet } from "./pkt-line.ts";
import { fullName } from "./present-repository.ts";
import { viewerName } from "./rate-limit.ts";
import { advertiseRefs, receivePack } from "./receive-pack.ts";
import { refAuthor } from "./ref-updates.ts";
import type { Tokens } from "./tokens.ts";

const PACK_LIMIT = 512 * 1024 * 1024;
const ROUTE = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

type Service = "git-upload-pack" | "git-receive-pack";

/** Clone, fetch and push over http at `/{owner}/{repo}.git`. */
export class GitHttp {
  readonly #hub: Hub;
  readonly #tokens: Tokens;

  constructor(hub: Hub, tokens: Tokens) {
    this.#hub = hub;
    this.#tokens = tokens;
  }

  /** @returns false when the path is not git's */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = new URL(request.url ?? "/", this.#hub.origin);
    const match = ROUTE.exec(url.pathname);
    if (match === null) return false;
    const [, owner = "", name = "", action = ""] = match;
    const service = action === "info/refs" ? url.searchParams.get("service") : action;
    try {
      if (service !== "git-upload-pack" && service !== "git-receive-pack") {
        throw new ApiError(403, "Please upgrade your git client.");
      }
      const viewer = this.#tokens.viewer(request.headers.authorization);
      const repository = this.#open(viewer, decodeURIComponent(owner), decodeURIComponent(name), service);
      if (action === "info/refs") await this.#advertise(repository, service, request, response);
      else await this.#exchange(repository, viewer, service, request, response);
    } catch (error) {
      refuse(response, error);
    }
    return true;
  }

  #open(viewer: Viewer, owner: string, name: string, service: Service): Repository {
    const repository = this.#hub.findRepository(owner, name);
    const writes = service === "git-receive-pack";
    if (viewer.kind === "anonymous" && (writes || repository === undefined || repository.private)) {
      throw unauthorized("Authentication required");
    }
    if (repository === undefined || !canRead(viewer, repository))
      throw new ApiError(404, "Repository not found.");
    if (!writes) {
      if (may(viewer, repository, { role: "pull", permissions: [{ contents: "read" }] })) return repository;
      throw new ApiError(403, "Write access to repository not granted.");
    }
    if (!may(viewer, repository, { role: "push", permissions: [{ contents: "write" }] })) {
      throw new ApiError(403, `Permission to ${fullName(repository)}.git denied to ${viewerName(viewer)}.`);
    }
    if (repository.archived) throw new ApiError(403, "This repository was archived so it is read-only.");
    return repository;
  }

  async #advertise(
    repository: Repository,
    service: Service,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    response.writeHead(200, {
      "content-type": `application/x-${service}-advertisement`,
      "cache-control": "no-cache, max-age=0, must-revalidate",
    });
    if (service === "git-receive-pack") {
      response.end(advertiseRefs(repository));
      return;
    }
    if (!protocolOf(request).includes("version=2"))
      response.write(Buffer.concat([packet("# service=git-upload-pack\n"), flushPacket]));
    await uploadPack(repository, ["--advertise-refs"], Buffer.alloc(0), request, response);
  }

  async #exchange(
    repository: Repository,
    viewer: Viewer,
    service: Service,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await readBody(request, PACK_LIMIT);
    if (service === "git-receive-pack") {
      const answer = await receivePack(this.#hub, repository, refAuthor(viewer, repository), body);
      response.writeHead(200, {
        "content-type": "application/x-git-receive-pack-result",
        "cache-control": "no-cache",
      });
      response.end(answer);
      return;
    }
    response.writeHead(200, {
      "content-type": "application/x-git-upload-pack-result",
      "cache-control": "no-cache",
    });
    await uploadPack(repository, [], body, request, response);
  }
}

/** Lets git's own upload-pack answer, straight into the response. */
function uploadPack(
  repository: Repository,
  args: readonly string[],
  input: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path } = repository.git;
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...gitOptions, "upload-pack", "--stateless-rpc", ...args, "--", path], {
      cwd: path,
      env: gitEnvironment(path, { GIT_PROTOCOL: protocolOf(request) }),
    });
    child.stderr.resume();
    // The client may hang up as soon as it has what it wants.
    child.stdin.on("error", () => undefined);
    child.on("error", reject);
    child.on("close", () => resolve());
    child.stdout.pipe(response);
    child.stdin.end(input);
  });
}

function protocolOf(request: IncomingMessage): string {
  const header = request.headers["git-protocol"];
  return typeof header === "string" ? header : "";
}

function refuse(response: ServerResponse, error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  const headers = error.status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
  response.writeHead(error.status, { "content-type": "text/plain; charset=utf-8", ...headers });
  response.end(`${error.message}\n`);
}
