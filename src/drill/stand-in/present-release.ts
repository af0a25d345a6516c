import type { Hub } from "./hub.ts";
import { isoTime, isoTimeOrNull } from "./hub.ts";
import type { Repository } from "./model.ts";
import type { Release } from "./model/release.ts";
import { simpleUser } from "./present-account.ts";
import { repositoryPage, repositoryUrl } from "./present-repository.ts";
import type { JsonObject } from "./router.ts";

export function releasePage(hub: Hub, repository: Repository, release: Release): string {
  const place = release.draft ? `untagged-${release.id}` : encodeURIComponent(release.tagName);
  return `${repositoryPage(hub, repository)}/releases/tag/${place}`;
}

/** The schema `release`. */
export function releaseBody(hub: Hub, repository: Repository, release: Release): JsonObject {
  const root = repositoryUrl(hub, repository);
  const url = `${root}/releases/${release.id}`;
  const ref = encodeURIComponent(release.tagName);
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: releasePage(hub, repository, release),
    id: release.id,
    author: simpleUser(hub, release.author),
    node_id: release.nodeId,
    tag_name: release.tagName,
    target_commitish: release.targetCommitish,
    name: release.name,
    draft: release.draft,
    immutable: release.immutable,
    prerelease: release.prerelease,
    created_at: isoTime(release.createdAt),
    updated_at: isoTime(release.createdAt),
    published_at: isoTimeOrNull(release.publishedAt),
    assets: [],
    tarball_url: release.draft ? null : `${root}/tarball/${ref}`,
    zipball_url: release.draft ? null : `${root}/zipball/${ref}`,
    body: release.body,
  };
}
