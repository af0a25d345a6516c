import { ApiError, notFound, validationFailed } from "../api-error.ts";
import { covers } from "../access.ts";
import { actOf } from "../collaboration/act.ts";
import {
  deleteRelease,
  editRelease,
  latestRelease,
  publishRelease,
  type ReleaseContent,
} from "../collaboration/releases.ts";
import { releaseNotes } from "../collaboration/release-notes.ts";
import type { Hub } from "../hub.ts";
import type { Permissions } from "../model/app-record.ts";
import type { Release } from "../model/release.ts";
import { paginate } from "../pagination.ts";
import { releaseBody } from "../present-release.ts";
import { refAuthor } from "../ref-updates.ts";
import type { RepositoryContext, Reply } from "../router.ts";
import { needsWorkflowsPermission } from "../needs-workflows-permission.ts";
import { readFlag, readText } from "./read-body.ts";

const BASE = "/repos/{owner}/{repo}/releases";
const DOCS = "https://docs.github.com/rest/releases/releases";
export const CONTENTS_READ: readonly Permissions[] = [{ contents: "read" }];
export const CONTENTS_WRITE: readonly Permissions[] = [{ contents: "write" }];

export function registerReleases(hub: Hub): void {
  registerReads(hub);
  const { router } = hub;
  const shared = { permissions: CONTENTS_WRITE, role: "push", docs: DOCS } as const;
  router.repository({ ...shared, method: "POST", path: BASE, handler: create });
  router.repository({ ...shared, method: "PATCH", path: `${BASE}/{release_id}`, handler: update });
  router.repository({
    ...shared,
    method: "DELETE",
    path: `${BASE}/{release_id}`,
    handler: (context) => {
      deleteRelease(actOf(context), releaseOf(context));
      return { status: 204 };
    },
  });
  router.repository({
    ...shared,
    method: "POST",
    path: `${BASE}/generate-notes`,
    createsContent: false,
    handler: generateNotes,
  });
}

function registerReads(hub: Hub): void {
  const { router } = hub;
  const shared = { method: "GET", permissions: CONTENTS_READ, docs: DOCS } as const;
  const answer = (context: RepositoryContext, release: Release | undefined): Reply => {
    if (release === undefined) throw notFound();
    return { status: 200, body: releaseBody(hub, context.repository, release) };
  };
  router.repository({
    ...shared,
    path: BASE,
    handler: (context) =>
      paginate(context, visibleReleases(context), (release) => releaseBody(hub, context.repository, release)),
  });
  router.repository({
    ...shared,
    path: `${BASE}/latest`,
    handler: (context) => answer(context, latestRelease(context.repository)),
  });
  router.repository({
    ...shared,
    path: `${BASE}/tags/{tag}`,
    greedy: ["tag"],
    handler: (context) => {
      const published = visibleReleases(context).filter((release) => !release.draft);
      return answer(
        context,
        published.find((release) => release.tagName === context.params.tag),
      );
    },
  });
  router.repository({
    ...shared,
    path: `${BASE}/{release_id}`,
    handler: (context) => answer(context, releaseOf(context)),
  });
}

/** Newest first; drafts only for those who may write. */
function visibleReleases(context: RepositoryContext): readonly Release[] {
  const { viewer, repository } = context;
  const writes =
    (viewer.kind === "installation" && covers(viewer.permissions, { contents: "write" })) ||
    (viewer.kind === "user" &&
      ["push", "maintain", "admin"].includes(refAuthor(viewer, repository).role ?? ""));
  return [...repository.releases.values()].filter((release) => writes || !release.draft).toReversed();
}

function releaseOf(context: RepositoryContext): Release {
  const release = context.repository.releases.get(Number(context.params.release_id));
  if (release === undefined) throw notFound();
  return release;
}

async function create(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository, viewer } = context;
  const tagName = readText(body.tag_name);
  if (tagName === null || tagName === "") {
    throw validationFailed({ resource: "Release", code: "missing_field", field: "tag_name" });
  }
  const target = readText(body.target_commitish) ?? repository.defaultBranch;
  await refuseWorkflowDrift(context, tagName, target);
  const notes =
    body.generate_release_notes === true ? await releaseNotes(hub, repository, tagName, target) : null;
  const content: ReleaseContent = {
    tagName,
    target,
    name: readText(body.name) ?? notes?.name ?? null,
    body: [readText(body.body), notes?.body].filter((part) => typeof part === "string").join("\n\n") || null,
    draft: readFlag(body.draft, false),
    prerelease: readFlag(body.prerelease, false),
    makeLatest: makeLatestOf(body.make_latest) ?? "true",
  };
  const release = await publishRelease(actOf(context), refAuthor(viewer, repository), content);
  const answer = releaseBody(hub, repository, release);
  return { status: 201, body: answer, headers: { location: String(answer.url) } };
}

/** Endpoint text of "Create a release": 404 where the commit's workflow files need the `workflows` permission. */
async function refuseWorkflowDrift(context: RepositoryContext, tag: string, target: string): Promise<void> {
  const { repository, viewer } = context;
  if (refAuthor(viewer, repository).mayChangeWorkflows) return;
  const commit = await repository.git.resolveCommit(
    repository.git.ref(`refs/tags/${tag}`) === undefined ? target : tag,
  );
  if (commit !== undefined && (await needsWorkflowsPermission(repository, commit))) throw notFound();
}

function makeLatestOf(value: unknown): Release["makeLatest"] | undefined {
  const text = typeof value === "boolean" ? String(value) : value;
  return text === "true" || text === "false" || text === "legacy" ? text : undefined;
}

async function update(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository, viewer } = context;
  const release = releaseOf(context);
  const text = (name: string): string | undefined => readText(body[name]) ?? undefined;
  const edit: Partial<Record<keyof ReleaseContent, unknown>> = {
    tagName: text("tag_name"),
    target: text("target_commitish"),
    name: text("name"),
    body: text("body"),
    draft: typeof body.draft === "boolean" ? body.draft : undefined,
    prerelease: typeof body.prerelease === "boolean" ? body.prerelease : undefined,
    makeLatest: makeLatestOf(body.make_latest),
  };
  const set = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
  await editRelease(actOf(context), refAuthor(viewer, repository), release, set);
  return { status: 200, body: releaseBody(hub, repository, release) };
}

async function generateNotes(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository } = context;
  const tag = readText(body.tag_name) ?? "";
  const exists = repository.git.ref(`refs/tags/${tag}`) !== undefined;
  const target = exists ? tag : (readText(body.target_commitish) ?? repository.defaultBranch);
  if ((await repository.git.resolveCommit(target)) === undefined) {
    throw new ApiError(422, "Validation Failed", {
      errors: [{ resource: "Release", code: "invalid", field: "target_commitish" }],
    });
  }
  return {
    status: 200,
    body: await releaseNotes(hub, repository, tag, target, readText(body.previous_tag_name)),
  };
}
