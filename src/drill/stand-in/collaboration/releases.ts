import semver from "semver";
import { validationFailed } from "../api-error.ts";
import { ZERO_OID } from "../hub.ts";
import type { Repository } from "../model.ts";
import type { Release } from "../model/release.ts";
import { nodeId } from "../node-id.ts";
import { releaseBody } from "../present-release.ts";
import { type RefAuthor, RefRefused, updateRefs } from "../ref-updates.ts";
import type { JsonObject } from "../router.ts";
import { unverified } from "../unverified.ts";
import type { Act } from "./act.ts";

unverified("releases/duplicate-drafts", "two drafts may have one tag name");
unverified("releases/legacy-latest", "`legacy` takes the highest version, then the newest");

export interface ReleaseContent {
  readonly tagName: string;
  readonly target: string;
  readonly name: string | null;
  readonly body: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly makeLatest: Release["makeLatest"];
}

/** Makes a release; a published one makes a lightweight tag where there is none (platform §5). */
export async function publishRelease(act: Act, author: RefAuthor, content: ReleaseContent): Promise<Release> {
  const { hub, repository, actor } = act;
  if (!content.draft) await claimTag(act, author, content.tagName, content.target);
  const id = hub.nextId();
  const now = hub.now();
  const release: Release = {
    id,
    nodeId: nodeId("RE", id),
    author: actor,
    tagName: content.tagName,
    targetCommitish: content.target,
    name: content.name,
    body: content.body,
    draft: content.draft,
    prerelease: content.prerelease,
    immutable: false,
    makeLatest: content.makeLatest,
    createdAt: now,
    publishedAt: content.draft ? null : now,
  };
  repository.releases.set(id, release);
  if (!release.draft) yieldLatest(repository, release);
  emit(act, release, "created");
  if (!release.draft) announcePublication(act, release);
  return release;
}

export async function editRelease(
  act: Act,
  author: RefAuthor,
  release: Release,
  edit: Partial<ReleaseContent>,
): Promise<void> {
  const changes: JsonObject = {};
  const publishes = release.draft && edit.draft === false;
  const tagName = edit.tagName ?? release.tagName;
  const target = edit.target ?? release.targetCommitish;
  if (publishes || (!release.draft && tagName !== release.tagName))
    await claimTag(act, author, tagName, target, release);
  if (edit.body !== undefined && edit.body !== release.body) changes.body = { from: release.body ?? "" };
  if (edit.name !== undefined && edit.name !== release.name) changes.name = { from: release.name ?? "" };
  release.tagName = tagName;
  release.targetCommitish = target;
  release.name = edit.name === undefined ? release.name : edit.name;
  release.body = edit.body === undefined ? release.body : edit.body;
  release.prerelease = edit.prerelease ?? release.prerelease;
  release.makeLatest = edit.makeLatest ?? release.makeLatest;
  release.draft = edit.draft ?? release.draft;
  if (edit.makeLatest !== undefined || publishes) yieldLatest(act.repository, release);
  if (publishes) {
    release.publishedAt = act.hub.now();
    announcePublication(act, release);
  } else emit(act, release, "edited", { changes });
}

export function deleteRelease(act: Act, release: Release): void {
  act.repository.releases.delete(release.id);
  emit(act, release, "deleted");
}

function announcePublication(act: Act, release: Release): void {
  emit(act, release, "published");
  if (!release.prerelease) emit(act, release, "released");
}

function emit(act: Act, release: Release, action: string, extra: JsonObject = {}): void {
  const { hub, repository, actor } = act;
  const payload = { release: releaseBody(hub, repository, release), ...extra };
  hub.emit("release", action, payload, { sender: actor, repository });
}

/** One published release for each tag; the tag is made where it is missing. */
async function claimTag(
  act: Act,
  author: RefAuthor,
  tagName: string,
  target: string,
  self?: Release,
): Promise<void> {
  const { hub, repository } = act;
  const holders = [...repository.releases.values()].filter((it) => it !== self && it.tagName === tagName);
  if (holders.some((it) => it.immutable)) {
    throw validationFailed({
      resource: "Release",
      code: "custom",
      field: "tag_name",
      message: "tag_name was used by an immutable release",
    });
  }
  if (holders.some((it) => !it.draft)) {
    throw validationFailed({ resource: "Release", code: "already_exists", field: "tag_name" });
  }
  const ref = `refs/tags/${tagName}`;
  if (repository.git.ref(ref) !== undefined) return;
  const commit = await repository.git.resolveCommit(target);
  if (commit === undefined) {
    throw validationFailed({ resource: "Release", code: "invalid", field: "target_commitish" });
  }
  try {
    await updateRefs(hub, repository, author, [{ ref, before: ZERO_OID, after: commit }]);
  } catch (error) {
    if (error instanceof RefRefused) throw refusedTag(error);
    throw error;
  }
}

function refusedTag(error: RefRefused): Error {
  const { refusal } = error;
  if (refusal.reason === "exists") {
    return validationFailed({ resource: "Release", code: "already_exists", field: "tag_name" });
  }
  if (refusal.reason === "rules") {
    // platform §5 [R release-please-action#1194]
    return validationFailed(
      {
        resource: "Release",
        code: "custom",
        field: "pre_receive",
        message: `pre_receive Repository rule violations found\n\n${refusal.violation.messages.join("\n")}\n\n`,
      },
      { resource: "Release", code: "custom", message: "Published releases must have a valid tag" },
    );
  }
  return validationFailed({
    resource: "Release",
    code: "custom",
    message: "tag_name is not a valid tag",
    field: "tag_name",
  });
}

/** Only one release can have been made the latest by hand. */
function yieldLatest(repository: Repository, winner: Release): void {
  if (winner.makeLatest !== "true" || winner.prerelease) return;
  for (const release of repository.releases.values()) {
    if (release !== winner && release.makeLatest === "true") release.makeLatest = "legacy";
  }
}

/** The release that is shown as latest: never a draft or a prerelease. */
export function latestRelease(repository: Repository): Release | undefined {
  const candidates = [...repository.releases.values()].filter(
    (release) => !release.draft && !release.prerelease,
  );
  const asked = candidates.filter((release) => release.makeLatest === "true").at(-1);
  if (asked !== undefined) return asked;
  const legacy = candidates.filter((release) => release.makeLatest === "legacy");
  return (legacy.length > 0 ? legacy : candidates).toSorted(byVersion).at(-1);
}

function byVersion(a: Release, b: Release): number {
  const [left, right] = [semver.coerce(a.tagName), semver.coerce(b.tagName)];
  if (left !== null && right !== null) return semver.compare(left, right) || a.id - b.id;
  return a.id - b.id;
}
