import { pullsOf } from "../collaboration/branch-pulls.ts";
import type { RulesetRule } from "../model/ruleset.ts";
import { protectionOf, ruleChecks, rulesFor } from "../protection-rules.ts";
import { connection, type PageArguments } from "./connection.ts";
import { commitByOid, gitObject } from "./git-object.ts";
import { nodeId } from "../node-id.ts";
import { gitNodeId } from "../present-git.ts";
import { type PullArguments, pullsConnection } from "./pulls-of-commit.ts";
import { demandRead, type Fields, type Scope } from "./scope.ts";
import { unverified } from "../unverified.ts";

unverified("graphql/refs-query", "`query` of refs keeps names that contain it, in any case of letters");
unverified("graphql/comparison-order", "commits of a comparison come oldest first, as REST has them");

/** @param name full name, or a branch or tag name as GitHub also takes it */
export function refByName(scope: Scope, name: string): Fields | null {
  demandRead(scope, "contents");
  const { git } = scope.repository;
  const full = [name, `refs/heads/${name}`, `refs/tags/${name}`].find((it) => git.ref(it) !== undefined);
  if (full === undefined) return null;
  const prefix = /^refs\/[^/]+\//.exec(full)?.[0] ?? "refs/";
  return refFields(scope, full, prefix);
}

/** `name` is what follows the prefix that was asked for. */
function refFields(scope: Scope, full: string, prefix: string): Fields {
  const { repository } = scope;
  const oid = repository.git.ref(full) ?? "";
  const branch = full.replace(/^refs\/heads\//, "");
  return {
    __typename: "Ref",
    id: gitNodeId(repository, "REF", full),
    name: full.slice(prefix.length),
    prefix,
    target: () => gitObject(scope, oid),
    repository: () => scope.types.repository(scope),
    compare: ({ headRef }: { headRef: string }) => comparison(scope, full, headRef),
    branchProtectionRule: () => {
      const rule = full.startsWith("refs/heads/") ? protectionOf(repository, branch) : undefined;
      return rule === undefined ? null : protectionFields(branch, rule);
    },
    // What of the protection everybody who reads may see.
    refUpdateRule: () => {
      const rule = full.startsWith("refs/heads/") ? protectionOf(repository, branch) : undefined;
      return rule === undefined ? null : protectionFields(branch, rule);
    },
    rules: (page: PageArguments) =>
      connection("rules", rulesFor(repository, full), page, ({ rule }) => ({
        id: nodeId("RRU", `${repository.id}:${full}:${rule.type}`),
        type: rule.type.toUpperCase(),
        parameters: rule.type === "required_status_checks" ? requiredChecksFields(rule) : null,
      })),
    associatedPullRequests: (wanted: PullArguments) =>
      pullsConnection(
        scope,
        pullsOf(repository).filter(({ pull }) => `refs/heads/${pull.head.ref}` === full),
        wanted,
      ),
  };
}

function requiredChecksFields(rule: RulesetRule): Fields {
  return {
    __typename: "RequiredStatusChecksParameters",
    strictRequiredStatusChecksPolicy: rule.parameters?.strict_required_status_checks_policy === true,
    doNotEnforceOnCreate: rule.parameters?.do_not_enforce_on_create === true,
    requiredStatusChecks: ruleChecks(rule).map(({ context, appId }) => ({ context, integrationId: appId })),
  };
}

function protectionFields(branch: string, rule: NonNullable<ReturnType<typeof protectionOf>>): Fields {
  return {
    pattern: branch,
    requiresApprovingReviews: rule.requiredApprovals > 0,
    requiredApprovingReviewCount: rule.requiredApprovals,
    requiresStatusChecks: rule.requiredChecks.length > 0,
    requiredStatusCheckContexts: rule.requiredChecks.map((check) => check.context),
    requiresStrictStatusChecks: rule.strictChecks,
    isAdminEnforced: rule.enforceAdmins,
    allowsDeletions: !rule.restrictDeletions,
    allowsForcePushes: !rule.blockForcePushes,
    requiresLinearHistory: rule.requireLinearHistory,
  };
}

async function comparison(scope: Scope, base: string, headName: string): Promise<Fields | null> {
  const { git } = scope.repository;
  const baseOid = await git.resolveCommit(base);
  const headOid = await git.resolveCommit(headName);
  if (baseOid === undefined || headOid === undefined) return null;
  const [ahead, behind] = await Promise.all([
    git.revList(["--reverse", headOid, `^${baseOid}`]),
    git.revList([baseOid, `^${headOid}`]),
  ]);
  return {
    id: `CMP_${Buffer.from(`${baseOid}...${headOid}`).toString("base64url")}`,
    aheadBy: ahead.length,
    behindBy: behind.length,
    status: statusOf(ahead.length, behind.length),
    baseTarget: () => commitByOid(scope, baseOid),
    headTarget: () => commitByOid(scope, headOid),
    commits: (page: PageArguments) =>
      connection("commits", ahead, page, (oid) => commitByOid(scope, oid), { authorCount: 1 }),
  };
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return "DIVERGED";
  if (ahead > 0) return "AHEAD";
  return behind > 0 ? "BEHIND" : "IDENTICAL";
}

export interface RefsArguments extends PageArguments {
  readonly refPrefix: string;
  readonly query?: string | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
  readonly direction?: string | null;
}

export async function refsConnection(scope: Scope, wanted: RefsArguments): Promise<Fields | null> {
  demandRead(scope, "contents");
  const { refPrefix } = wanted;
  if (!refPrefix.startsWith("refs/") || !refPrefix.endsWith("/")) return null;
  const query = wanted.query?.toLowerCase() ?? "";
  const names = [...scope.repository.git.refs.keys()]
    .filter((ref) => ref.startsWith(refPrefix) && ref.slice(refPrefix.length).toLowerCase().includes(query))
    .toSorted();
  const ordered = await inOrder(scope, names, wanted);
  return connection("refs", ordered, wanted, (ref) => refFields(scope, ref, refPrefix));
}

async function inOrder(
  scope: Scope,
  names: readonly string[],
  wanted: RefsArguments,
): Promise<readonly string[]> {
  const descending = (wanted.orderBy?.direction ?? wanted.direction ?? "ASC") === "DESC";
  if (wanted.orderBy?.field !== "TAG_COMMIT_DATE") return descending ? names.toReversed() : names;
  const dated = await Promise.all(names.map(async (name) => ({ name, at: await commitTime(scope, name) })));
  const rising = dated.toSorted((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  return (descending ? rising.toReversed() : rising).map(({ name }) => name);
}

async function commitTime(scope: Scope, ref: string): Promise<number> {
  const { git } = scope.repository;
  const oid = await git.resolveCommit(ref);
  const commit = oid === undefined ? undefined : await git.commit(oid);
  return commit?.committer.date.getTime() ?? 0;
}
