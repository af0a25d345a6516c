import { latestRelease } from "../collaboration/releases.ts";
import { isoTime, isoTimeOrNull } from "../hub.ts";
import type { Release } from "../model/release.ts";
import { releasePage } from "../present-release.ts";
import { actorFields } from "./actor.ts";
import { commitByOid } from "./git-object.ts";
import { demandRead, type Fields, type Scope } from "./scope.ts";

export function releaseFields(scope: Scope, release: Release): Fields {
  const { hub, repository } = scope;
  const url = releasePage(hub, repository, release);
  return {
    __typename: "Release",
    id: release.nodeId,
    databaseId: release.id,
    name: release.name,
    description: release.body,
    tagName: release.tagName,
    url,
    resourcePath: new URL(url).pathname,
    isDraft: release.draft,
    isPrerelease: release.prerelease,
    isLatest: latestRelease(repository) === release,
    immutable: release.immutable,
    createdAt: isoTime(release.createdAt),
    updatedAt: isoTime(release.createdAt),
    publishedAt: isoTimeOrNull(release.publishedAt),
    author: () => actorFields(hub, release.author),
    tag: () => scope.types.ref(scope, `refs/tags/${release.tagName}`),
    tagCommit: async () =>
      commitByOid(scope, (await repository.git.resolveCommit(`refs/tags/${release.tagName}`)) ?? null),
    repository: () => scope.types.repository(scope),
  };
}

/** Newest first, drafts left out. */
export function publishedReleases(scope: Scope): readonly Release[] {
  demandRead(scope, "contents");
  return [...scope.repository.releases.values()].filter((release) => !release.draft).toReversed();
}
