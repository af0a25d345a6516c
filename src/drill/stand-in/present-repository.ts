import { roleAtLeast } from "./access.ts";
import type { Hub } from "./hub.ts";
import { isoTime, isoTimeOrNull } from "./hub.ts";
import type { Repository, Role } from "./model.ts";
import { organizationBlock, simpleUser } from "./present-account.ts";
import type { JsonObject } from "./router.ts";

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** API URL of a repository, e.g. `http://host/api/v3/repos/acme/shop`. */
export function repositoryUrl(hub: Hub, repository: Repository): string {
  return `${hub.apiUrl}/repos/${fullName(repository)}`;
}

/** Web URL of a repository, e.g. `http://host/acme/shop`. */
export function repositoryPage(hub: Hub, repository: Repository): string {
  return `${hub.origin}/${fullName(repository)}`;
}

/** The schema `repository`, without the fields that depend on the viewer. */
export function repositoryBody(hub: Hub, repository: Repository): JsonObject {
  const open = [...repository.issues.values()].filter((issue) => issue.state === "open").length;
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: simpleUser(hub, repository.owner),
    description: repository.description,
    fork: false,
    ...repositoryLinks(hub, repository),
    created_at: isoTime(repository.createdAt),
    updated_at: isoTime(repository.updatedAt),
    pushed_at: isoTimeOrNull(repository.pushedAt ?? repository.createdAt),
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? "private" : "public",
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** The schema `minimal-repository`, as it stands inside statuses and check suites. */
export function minimalRepository(hub: Hub, repository: Repository): JsonObject {
  const {
    git_url: _git,
    ssh_url: _ssh,
    clone_url: _clone,
    svn_url: _svn,
    ...links
  } = repositoryLinks(hub, repository);
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: simpleUser(hub, repository.owner),
    description: repository.description,
    fork: false,
    ...links,
  };
}

/** Settings that GitHub shows only to those who may push; where they appear is not fully documented. */
export function mergeSettings(repository: Repository): JsonObject {
  return {
    allow_squash_merge: repository.mergeMethods.has("squash"),
    allow_merge_commit: repository.mergeMethods.has("merge"),
    allow_rebase_merge: repository.mergeMethods.has("rebase"),
    allow_auto_merge: repository.autoMergeAllowed,
    delete_branch_on_merge: repository.deleteBranchOnMerge,
    allow_update_branch: false,
    use_squash_pr_title_as_default: false,
    squash_merge_commit_message: "COMMIT_MESSAGES",
    squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
    merge_commit_message: "PR_TITLE",
    merge_commit_title: "MERGE_MESSAGE",
  };
}

/** The schema `full-repository`: the answer of `GET /repos/{owner}/{repo}`. */
export function fullRepository(hub: Hub, repository: Repository, role: Role | null): JsonObject {
  const settings = roleAtLeast(role, "push") ? mergeSettings(repository) : {};
  const organization =
    repository.owner.type === "Organization" ? { organization: simpleUser(hub, repository.owner) } : {};
  return {
    ...repositoryBody(hub, repository),
    ...(role === null ? {} : { permissions: rolePermissions(role) }),
    ...settings,
    ...organization,
    temp_clone_token: null,
    network_count: 0,
    subscribers_count: 0,
  };
}

/** The five booleans that the API calls `permissions`. */
export function rolePermissions(role: Role | null): JsonObject {
  return {
    admin: roleAtLeast(role, "admin"),
    maintain: roleAtLeast(role, "maintain"),
    push: roleAtLeast(role, "push"),
    triage: roleAtLeast(role, "triage"),
    pull: roleAtLeast(role, "pull"),
  };
}

/** The block `repository` of webhooks (`repository-webhooks`). */
export function repositoryBlock(hub: Hub, repository: Repository): JsonObject {
  const custom = repository.owner.type === "Organization" ? { custom_properties: {} } : {};
  return { ...repositoryBody(hub, repository), ...custom };
}

/** The block `repository` of `push`, which is older than the others: times in seconds, and an owner as git people know one. */
export function pushRepositoryBlock(hub: Hub, repository: Repository): JsonObject {
  const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
  const { owner } = repository;
  return {
    ...repositoryBlock(hub, repository),
    owner: { name: owner.login, email: owner.email, ...simpleUser(hub, owner) },
    created_at: seconds(repository.createdAt),
    pushed_at: seconds(repository.pushedAt ?? repository.createdAt),
    stargazers: 0,
    master_branch: repository.defaultBranch,
    ...(owner.type === "Organization" ? { organization: owner.login } : {}),
  };
}

export function organizationOf(hub: Hub, repository: Repository): JsonObject | undefined {
  return repository.owner.type === "Organization" ? organizationBlock(hub, repository.owner) : undefined;
}

function repositoryLinks(hub: Hub, repository: Repository): JsonObject {
  const url = repositoryUrl(hub, repository);
  const page = repositoryPage(hub, repository);
  const git = `${new URL(hub.origin).host}/${fullName(repository)}.git`;
  return {
    html_url: page,
    url,
    forks_url: `${url}/forks`,
    keys_url: `${url}/keys{/key_id}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    teams_url: `${url}/teams`,
    hooks_url: `${url}/hooks`,
    issue_events_url: `${url}/issues/events{/number}`,
    events_url: `${url}/events`,
    assignees_url: `${url}/assignees{/user}`,
    branches_url: `${url}/branches{/branch}`,
    tags_url: `${url}/tags`,
    blobs_url: `${url}/git/blobs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    trees_url: `${url}/git/trees{/sha}`,
    statuses_url: `${url}/statuses/{sha}`,
    languages_url: `${url}/languages`,
    stargazers_url: `${url}/stargazers`,
    contributors_url: `${url}/contributors`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    commits_url: `${url}/commits{/sha}`,
    git_commits_url: `${url}/git/commits{/sha}`,
    comments_url: `${url}/comments{/number}`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    contents_url: `${url}/contents/{+path}`,
    compare_url: `${url}/compare/{base}...{head}`,
    merges_url: `${url}/merges`,
    archive_url: `${url}/{archive_format}{/ref}`,
    downloads_url: `${url}/downloads`,
    issues_url: `${url}/issues{/number}`,
    pulls_url: `${url}/pulls{/number}`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    labels_url: `${url}/labels{/name}`,
    releases_url: `${url}/releases{/id}`,
    deployments_url: `${url}/deployments`,
    git_url: `git://${git}`,
    ssh_url: `git@${git.replace("/", ":")}`,
    clone_url: `${page}.git`,
    svn_url: page,
  };
}
