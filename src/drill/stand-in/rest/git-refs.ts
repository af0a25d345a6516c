import { conflict, notFound, unprocessable } from "../api-error.ts";
import { ZERO_OID } from "../hub.ts";
import type { Hub } from "../hub.ts";
import type { Repository } from "../model.ts";
import { gitNodeId } from "../present-git.ts";
import { encodePath } from "../present-git.ts";
import { repositoryUrl } from "../present-repository.ts";
import { refError } from "../ref-errors.ts";
import { refAuthor, updateRefs } from "../ref-updates.ts";
import type { RefUpdate } from "../ref-updates.ts";
import type { JsonObject, RepositoryContext, Reply } from "../router.ts";
import { unverified } from "../unverified.ts";
import { readText } from "./read-body.ts";

unverified(
  "refs/matching-paging",
  "Matching references come all at once: the description has no paging for them.",
);

const DOCS = "https://docs.github.com/rest/git/refs";
const BASE = "/repos/{owner}/{repo}/git";
const writes = [{ contents: "write" }, { contents: "write", workflows: "write" }] as const;

export function registerGitRefs(hub: Hub): void {
  const { router } = hub;
  router.repository({
    method: "GET",
    path: `${BASE}/ref/{ref}`,
    greedy: ["ref"],
    permissions: [{ contents: "read" }],
    docs: `${DOCS}#get-a-reference`,
    handler: async (context) => {
      requireCommits(context.repository);
      const ref = `refs/${context.params.ref}`;
      const oid = context.repository.git.ref(ref);
      if (oid === undefined) throw notFound();
      return { status: 200, body: await refBody(context, ref, oid) };
    },
  });
  router.repository({
    method: "GET",
    path: `${BASE}/matching-refs/{ref}`,
    greedy: ["ref"],
    permissions: [{ contents: "read" }],
    docs: `${DOCS}#list-matching-references`,
    handler: async (context) => {
      requireCommits(context.repository);
      const prefix = `refs/${context.params.ref}`;
      const matching = [...context.repository.git.refs]
        .filter(([ref]) => ref.startsWith(prefix))
        .toSorted(([a], [b]) => (a < b ? -1 : 1));
      return {
        status: 200,
        body: await Promise.all(matching.map(([ref, oid]) => refBody(context, ref, oid))),
      };
    },
  });
  router.repository({
    method: "POST",
    path: `${BASE}/refs`,
    permissions: writes,
    docs: `${DOCS}#create-a-reference`,
    handler: createRef,
  });
  router.repository({
    method: "PATCH",
    path: `${BASE}/refs/{ref}`,
    greedy: ["ref"],
    permissions: writes,
    docs: `${DOCS}#update-a-reference`,
    handler: updateRef,
  });
  router.repository({
    method: "DELETE",
    path: `${BASE}/refs/{ref}`,
    greedy: ["ref"],
    permissions: [{ contents: "write" }],
    docs: `${DOCS}#delete-a-reference`,
    handler: async (context) => {
      await change(context, { ref: `refs/${context.params.ref}`, after: ZERO_OID });
      return { status: 204 };
    },
  });
}

/** git data needs a repository with at least one commit. */
export function requireCommits(repository: Repository): void {
  if (repository.git.isEmpty()) throw conflict("Git Repository is empty.");
}

async function createRef(context: RepositoryContext): Promise<Reply> {
  const ref = readText(context.body.ref) ?? "";
  const sha = readText(context.body.sha) ?? "";
  requireCommits(context.repository);
  if (!ref.startsWith("refs/") || ref.split("/").length < 3) {
    throw unprocessable("Reference name must start with 'refs/'.");
  }
  if (!/^[0-9a-f]{40}$/.test(sha))
    throw unprocessable("The sha parameter must be exactly 40 characters and contain only [0-9a-f].");
  await change(context, { ref, after: sha, before: ZERO_OID });
  const headers = { location: `${refUrl(context, ref)}` };
  return { status: 201, body: await refBody(context, ref, sha), headers };
}

async function updateRef(context: RepositoryContext): Promise<Reply> {
  const ref = `refs/${context.params.ref}`;
  const sha = readText(context.body.sha) ?? "";
  if (context.repository.git.ref(ref) === undefined) throw unprocessable("Reference does not exist");
  await change(context, { ref, after: sha, force: context.body.force === true });
  return { status: 200, body: await refBody(context, ref, sha) };
}

async function change(context: RepositoryContext, update: RefUpdate): Promise<void> {
  const { hub, repository, viewer } = context;
  try {
    await updateRefs(hub, repository, refAuthor(viewer, repository), [update]);
  } catch (error) {
    throw refError(error);
  }
}

async function refBody(context: RepositoryContext, ref: string, oid: string): Promise<JsonObject> {
  const { hub, repository } = context;
  const type = (await repository.git.read(oid))?.type ?? "commit";
  return {
    ref,
    node_id: gitNodeId(repository, "REF", ref),
    url: refUrl(context, ref),
    object: { sha: oid, type, url: `${repositoryUrl(hub, repository)}/git/${type}s/${oid}` },
  };
}

function refUrl(context: RepositoryContext, ref: string): string {
  return `${repositoryUrl(context.hub, context.repository)}/git/${encodePath(ref)}`;
}
