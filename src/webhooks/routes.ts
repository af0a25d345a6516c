import type { EventPayloadMap } from "@octokit/webhooks-types";
import { APPLY_FIX } from "../checks/apply-fix-button.ts";
import { parseFollowUpMarker } from "../incident/follow-ups.ts";
import { issueNumberInBranch, parseQueueBranch } from "../incident/names.ts";
import { parseOpeningMessage } from "../incident/opening-commit.ts";
import { fixAt, groupAt, guardAt, incidentAt, repositoryAt } from "./key-at.ts";
import type { Address, Named, Route } from "./routing.ts";
import type { WorkKey } from "./work-key.ts";
import { NOTHING, ofHead, ofNumbered, ofRef, withCommit } from "./work-of-branch.ts";

/** Priority in the queue: somebody waits for the answer to a label. */
export const SOON = 10;

/** Where most events carry a repository beside their subject: the subjects. */
const OTHER_SUBJECTS =
  "issue pull_request comment label milestone discussion release member starred_at check_run check_suite deployment workflow_run workflow_job alert key rule project project_card project_column forkee pages build hook merge_group".split(
    " ",
  );

/**
 * Checks of a commit end one after the other within moments. Looking at each one cost a pass and an edit of the status comment, and of the 80 writes that GitHub
 * allows in a minute ten were gone for one push.
 */
const CHECKS_SETTLE_MS = 500;

/**
 * Event -> what to look at. The configuration is not known here, so a key may turn out to be about nothing; the pass finds
 * that out with one read. Events of the app's own doing take the same way: they verify what it wrote.
 */
export const routes = {
  issues: {
    body: { has: { action: "string", "issue.number": "number" }, lacks: ["comment", "pull_request"] },
    work: ({ action, issue }, at) => {
      switch (action) {
        case "labeled":
        case "unlabeled":
          return { keys: [incidentAt(at, issue.number)], priority: SOON };
        case "opened":
        case "edited":
        case "closed":
        case "reopened":
        case "assigned":
        case "unassigned":
        case "deleted":
        case "transferred":
        case "locked":
        case "unlocked":
          return { keys: [...ofLabelled(at, issue), ...ofFollowUp(at, issue.body)] };
        default:
          return NOTHING;
      }
    },
  },
  issue_comment: {
    body: {
      has: { action: "string", "issue.number": "number", "comment.id": "number" },
      lacks: ["pull_request"],
    },
    // Comments on pull requests change nothing: commands are read from the issue.
    work: ({ issue }, at) =>
      issue.pull_request === undefined ? { keys: [incidentAt(at, issue.number)] } : NOTHING,
  },
  push: {
    body: { has: { ref: "string", before: "string", after: "string" }, lacks: ["action", "ref_type"] },
    work: ({ ref, after, deleted, head_commit: head }, at) => {
      const branch = branchOfRef(ref);
      // What a merge queue tries out concerns nobody before it is on the branch.
      if (branch !== null && parseQueueBranch(branch) !== null) return NOTHING;
      const number = branch === null ? null : issueNumberInBranch(branch);
      if (branch === null || number === null) {
        // A trunk concerns every open incident; so does a branch that one of them adopted, whose commit is to be checked as well.
        const sha = deleted ? null : after;
        return { keys: [repositoryAt(at)], ...(branch !== null && { adoptable: [{ branch, sha }] }) };
      }
      // An opening commit changes nothing; the pass over the incident asks for what else is unchecked.
      const isChecked = !deleted && parseOpeningMessage(head?.message ?? "") === null;
      return ofNumbered(at, number, branch, isChecked ? after : null);
    },
  },
  create: {
    body: { has: { ref: "string", ref_type: "string", master_branch: "string" }, lacks: ["action"] },
    work: ({ ref, ref_type: type }, at) => ({ keys: ofRef(at, type, ref) }),
  },
  delete: {
    body: {
      has: { ref: "string", ref_type: "string", pusher_type: "string" },
      lacks: ["action", "master_branch"],
    },
    work: ({ ref, ref_type: type }, at) => ({ keys: ofRef(at, type, ref) }),
  },
  pull_request: {
    body: {
      has: {
        action: "string",
        number: "number",
        "pull_request.head.ref": "string",
        "pull_request.head.sha": "string",
        "pull_request.base.repo.id": "number",
      },
      lacks: ["review", "comment", "thread", "issue"],
    },
    work: (payload, at) => {
      const { head, base } = payload.pull_request;
      // A fork may have a branch of the same name.
      const isOwn = head.repo?.id === base.repo.id;
      const work = isOwn ? ofHead(at, head.ref, null) : NOTHING;
      if (!hasNewCode(payload)) return work;
      const key = guardAt(at, head.sha);
      // The name of a branch with a number may be anybody's.
      const named: Named = { branch: head.ref, sha: null, whose: "others", keys: [key] };
      return {
        ...work,
        keys: [...work.keys, key],
        named: [...(work.named ?? []), ...(isOwn ? [named] : [])],
      };
    },
  },
  merge_group: {
    body: {
      has: { action: "string", "merge_group.head_sha": "string", "merge_group.head_ref": "string" },
      lacks: ["pull_request", "issue", "comment", "review"],
    },
    work: ({ action, merge_group: group }, at) =>
      action === "checks_requested" ? { keys: [groupAt(at, group.head_sha)], priority: SOON } : NOTHING,
  },
  pull_request_review: {
    body: {
      has: {
        action: "string",
        "review.id": "number",
        "pull_request.head.ref": "string",
        "pull_request.head.sha": "string",
        "pull_request.base.repo.id": "number",
      },
      lacks: ["comment", "thread"],
    },
    work: ({ pull_request: pull }, at) =>
      pull.head.repo?.id === pull.base.repo.id ? ofHead(at, pull.head.ref, pull.head.sha) : NOTHING,
  },
  check_run: {
    body: { has: { action: "string", "check_run.head_sha": "string" }, lacks: ["check_suite"] },
    work: (payload, at) => {
      const { action, check_run: run } = payload;
      // What is said of targets is kept up to date by the pass over the incident.
      if (action === "rerequested")
        return withCommit(at, run.head_sha, ofHead(at, run.check_suite?.head_branch, null));
      if (action === "requested_action") {
        const isFix = payload.requested_action?.identifier === APPLY_FIX && payload.sender?.type === "User";
        return isFix ? { keys: [fixAt(at, run.head_sha, payload.sender)], priority: SOON } : NOTHING;
      }
      // What others say of a commit is summed up on it. Ours have these names.
      const isNews = action === "completed" && !run.name?.startsWith("hotfix/");
      return {
        ...ofHead(at, run.check_suite?.head_branch, isNews ? run.head_sha : null),
        inMs: CHECKS_SETTLE_MS,
      };
    },
  },
  check_suite: {
    body: { has: { action: "string", "check_suite.head_sha": "string" }, lacks: ["check_run"] },
    // `requested` follows each push, which asks for the check itself.
    work: ({ action, check_suite: suite }, at) =>
      action === "rerequested"
        ? withCommit(at, suite.head_sha, ofHead(at, suite.head_branch, null))
        : { ...ofHead(at, suite.head_branch, null), inMs: CHECKS_SETTLE_MS },
  },
  status: {
    body: {
      has: { sha: "string", state: "string", context: "string", branches: "array" },
      lacks: ["action"],
    },
    work: ({ branches, sha }, at) => {
      const works = branches.map((branch) => ofHead(at, branch.name, sha));
      return {
        keys: works.flatMap(({ keys }) => keys),
        adoptable: works.flatMap(({ adoptable = [] }) => adoptable),
        named: works.flatMap(({ named = [] }) => named),
        inMs: CHECKS_SETTLE_MS,
      };
    },
  },
  deployment_status: {
    body: {
      has: { action: "string", "deployment.sha": "string", "deployment_status.state": "string" },
      lacks: ["release", "issue", "pull_request"],
    },
    // Which incident shipped the commit is not in it. What waits for its turn is no news.
    work: ({ deployment_status: status }, at) =>
      ["success", "failure", "error"].includes(status.state) ? { keys: [repositoryAt(at)] } : NOTHING,
  },
  release: {
    body: { has: { action: "string", "release.tag_name": "string" }, lacks: [] },
    work: (_payload, at) => ({ keys: [repositoryAt(at)] }),
  },
  repository: {
    body: {
      has: { action: "string", "repository.id": "number", "repository.name": "string" },
      lacks: OTHER_SUBJECTS,
    },
    work: ({ action }, at) => {
      switch (action) {
        case "created":
        case "renamed":
        case "edited":
        case "transferred":
        case "archived":
        case "unarchived":
        case "publicized":
        case "privatized":
          return { keys: [repositoryAt(at)] };
        default:
          return NOTHING;
      }
    },
  },
  installation: {
    body: {
      has: { action: "string", "installation.account": "object" },
      lacks: ["repositories_added", "repositories_removed", "repository"],
    },
    work: ({ action }, at) => {
      switch (action) {
        case "created":
        case "unsuspend":
        case "new_permissions_accepted":
          return { keys: [{ kind: "installation", installation: at.installation }] };
        default:
          return NOTHING;
      }
    },
  },
  installation_repositories: {
    body: { has: { action: "string", repositories_added: "array" }, lacks: ["repository"] },
    work: ({ action }, at) =>
      action === "added" ? { keys: [{ kind: "installation", installation: at.installation }] } : NOTHING,
  },
} satisfies { readonly [Event in keyof EventPayloadMap]?: Route<EventPayloadMap[Event]> };

/** Without a label it is no incident, and putting one is an event of its own. */
function ofLabelled(
  at: Address,
  issue: { readonly number: number; readonly labels?: readonly unknown[] },
): readonly WorkKey[] {
  return issue.labels?.length === 0 ? [] : [incidentAt(at, issue.number)];
}

/** The issue of an action item names its incident. Whoever copies that into another issue has the incident looked at once more. */
function ofFollowUp(at: Address, body: string | null | undefined): readonly WorkKey[] {
  const marker = parseFollowUpMarker(body ?? "");
  return marker === null ? [] : [incidentAt(at, marker.incident)];
}

/** Another head, or another branch to compare it with. */
function hasNewCode(payload: EventPayloadMap["pull_request"]): boolean {
  switch (payload.action) {
    case "opened":
    case "reopened":
    case "synchronize":
      return true;
    case "edited":
      return payload.changes.base !== undefined;
    default:
      return false;
  }
}

function branchOfRef(ref: string): string | null {
  return ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : null;
}
