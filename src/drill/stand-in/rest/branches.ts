import { notFound } from "../api-error.ts";
import type { Hub } from "../hub.ts";
import type { Repository } from "../model.ts";
import type { Protection } from "../model/protection.ts";
import { paginate } from "../pagination.ts";
import { commitBody, encodePath, gitNodeId } from "../present-git.ts";
import { repositoryPage, repositoryUrl } from "../present-repository.ts";
import { protectionOf, rulesetsOf } from "../protection-rules.ts";
import { isBranch, isTag, shortRefName } from "../ref-format.ts";
import type { JsonObject, RepositoryContext, Reply } from "../router.ts";
import { commitOf } from "./commits.ts";

const BASE = "/repos/{owner}/{repo}";
const DOCS = "https://docs.github.com/rest/branches";

export function registerBranches(hub: Hub): void {
  const { router } = hub;
  router.repository({
    method: "GET",
    path: `${BASE}/branches`,
    permissions: [{ contents: "read" }],
    docs: `${DOCS}/branches#list-branches`,
    handler: listBranches,
  });
  router.repository({
    method: "GET",
    path: `${BASE}/branches/{branch}`,
    greedy: ["branch"],
    permissions: [{ contents: "read" }],
    docs: `${DOCS}/branches#get-a-branch`,
    handler: getBranch,
  });
  router.repository({
    method: "GET",
    path: `${BASE}/branches/{branch}/protection`,
    greedy: ["branch"],
    permissions: [{ administration: "read" }],
    role: "admin",
    docs: `${DOCS}/branch-protection#get-branch-protection`,
    handler: getProtection,
  });
  router.repository({
    method: "GET",
    path: `${BASE}/tags`,
    docs: "https://docs.github.com/rest/repos/repos#list-repository-tags",
    handler: listTags,
  });
}

function listBranches(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, query } = context;
  const wanted = query.get("protected");
  const branches = [...repository.git.refs]
    .filter(([ref]) => isBranch(ref))
    .map(([ref, oid]) => ({ name: shortRefName(ref), oid }))
    .filter(({ name }) => wanted === null || String(isProtected(repository, name)) === wanted)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const url = repositoryUrl(hub, repository);
  return paginate(context, branches, ({ name, oid }) => ({
    name,
    commit: { sha: oid, url: `${url}/commits/${oid}` },
    protected: isProtected(repository, name),
    protection: protectionSummary(protectionOf(repository, name)),
    protection_url: `${url}/branches/${encodePath(name)}/protection`,
  }));
}

async function getBranch(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, params } = context;
  const name = params.branch ?? "";
  const oid = repository.git.branch(name);
  if (oid === undefined) throw notFound("Branch not found");
  const url = repositoryUrl(hub, repository);
  const body = {
    name,
    commit: commitBody(hub, repository, await commitOf(repository, oid)),
    _links: {
      self: `${url}/branches/${encodePath(name)}`,
      html: `${repositoryPage(hub, repository)}/tree/${name}`,
    },
    protected: isProtected(repository, name),
    protection: protectionSummary(protectionOf(repository, name)),
    protection_url: `${url}/branches/${encodePath(name)}/protection`,
  };
  return { status: 200, body };
}

/** Rulesets that restrict a branch count as protection too. */
function isProtected(repository: Repository, name: string): boolean {
  return (
    protectionOf(repository, name) !== undefined || rulesetsOf(repository, `refs/heads/${name}`).length > 0
  );
}

function protectionSummary(protection: Protection | undefined): JsonObject {
  const checks = protection?.requiredChecks ?? [];
  const level = checks.length === 0 ? "off" : protection?.enforceAdmins === true ? "everyone" : "non_admins";
  return {
    enabled: protection !== undefined,
    required_status_checks: {
      enforcement_level: level,
      contexts: checks.map((check) => check.context),
      checks: checks.map((check) => ({ context: check.context, app_id: check.appId })),
    },
  };
}

function getProtection(context: RepositoryContext): Reply {
  const { hub, repository, params } = context;
  const name = params.branch ?? "";
  if (repository.git.branch(name) === undefined) throw notFound("Branch not found");
  const protection = protectionOf(repository, name);
  if (protection === undefined) throw notFound("Branch not protected");
  const url = `${repositoryUrl(hub, repository)}/branches/${encodePath(name)}/protection`;
  return { status: 200, body: protectionBody(url, protection) };
}

function protectionBody(url: string, protection: Protection): JsonObject {
  const checks = protection.requiredChecks;
  const enabled = (flag: boolean): JsonObject => ({ enabled: flag });
  return {
    url,
    ...(checks.length === 0
      ? {}
      : {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: protection.strictChecks,
            contexts: checks.map((check) => check.context),
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: checks.map((check) => ({ context: check.context, app_id: check.appId })),
          },
        }),
    ...(protection.requirePullRequest
      ? {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: protection.dismissStaleReviews,
            require_code_owner_reviews: protection.requireCodeOwners,
            require_last_push_approval: false,
            required_approving_review_count: protection.requiredApprovals,
          },
        }
      : {}),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforceAdmins },
    required_linear_history: enabled(protection.requireLinearHistory),
    allow_force_pushes: enabled(!protection.blockForcePushes),
    allow_deletions: enabled(!protection.restrictDeletions),
    block_creations: enabled(protection.blockCreations),
    required_conversation_resolution: enabled(false),
    lock_branch: enabled(false),
    allow_fork_syncing: enabled(false),
  };
}

async function listTags(context: RepositoryContext): Promise<Reply> {
  const { hub, repository } = context;
  const names = [...repository.git.refs.keys()].filter(isTag).map(shortRefName).toSorted().toReversed();
  const url = repositoryUrl(hub, repository);
  return paginate(context, names, async (name) => {
    const sha = await repository.git.resolveCommit(`refs/tags/${name}`);
    return {
      name,
      zipball_url: `${url}/zipball/refs/tags/${name}`,
      tarball_url: `${url}/tarball/refs/tags/${name}`,
      commit: { sha: sha ?? "", url: `${url}/commits/${sha ?? ""}` },
      node_id: gitNodeId(repository, "REF", `refs/tags/${name}`),
    };
  });
}
