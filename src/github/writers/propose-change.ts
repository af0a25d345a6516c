import { changeRules } from "../../config/edit/change-rules.ts";
import { CONFIGURATION_PATH } from "../../config/configuration-path.ts";
import { INCIDENT_TRAILER, VALIDATION_PATH } from "../../incident/names.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { Sha } from "../../incident/state/commit-facts.ts";
import type { ActionOf } from "../action-of.ts";
import { PROPOSAL_QUERY } from "../documents/write-queries.ts";
import { statusOf } from "../http-status.ts";
import { notYet, ProblemError, refused } from "../problem-error.ts";
import { problemOf } from "../problem-of.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { isNotFound, runGraphql } from "../run-graphql.ts";
import { openPullRequest } from "./open-pull-request.ts";
import { refuseRef } from "./refuse-ref.ts";

type ProposeChange = ActionOf<"propose-change">;

interface Start {
  readonly head: Sha;
  readonly tree: Sha;
  /** Of the branch's head; null: there is no such branch yet. */
  readonly branchMessage: string | null;
  /** null: there is no such file. `isText` false: not all of it is here as its bytes are. */
  readonly file: { readonly text: string; readonly isText: boolean } | null;
}

/**
 * One commit on the head of the default branch, a branch at it, a pull request. The branch is made with its commit, so that one of that name is either the
 * whole of an earlier try or somebody else's. What is refused carries the text for a person to do the same by hand.
 */
export async function proposeChange(
  client: RepositoryClient,
  state: IncidentState,
  action: ProposeChange,
): Promise<OutcomeValue> {
  try {
    const start = await readStart(client, action);
    if (start.branchMessage === null) await createBranch(client, action, start);
    else assertOwn(action, state.issue.number, start.branchMessage);
    const { title, body, base, branch } = action;
    return await openPullRequest(client, {
      kind: "open-pull-request",
      head: branch,
      base,
      title,
      body,
      draft: false,
    });
  } catch (error) {
    const problem = problemOf(error, action);
    if (problem === null || problem.transient || action.paste === null) throw error;
    throw new ProblemError({ ...problem, paste: action.paste });
  }
}

async function readStart(client: RepositoryClient, action: ProposeChange): Promise<Start> {
  const { repository } = await runGraphql<StartAnswer>(
    client,
    PROPOSAL_QUERY,
    {
      base: `refs/heads/${action.base}`,
      branch: `refs/heads/${action.branch}`,
      file: `refs/heads/${action.base}:${pathOf(action)}`,
    },
    isNotFound,
  );
  const target = repository?.base?.target;
  if (target?.tree === undefined) throw notYet("github-lagging", `GitHub does not show ${action.base} yet`);
  const blob = repository?.file ?? null;
  const text = blob?.text ?? "";
  return {
    head: target.oid,
    tree: target.tree.oid,
    branchMessage: repository?.branch?.target?.message ?? null,
    file:
      blob === null
        ? null
        : { text, isText: blob.isTruncated !== true && Buffer.byteLength(text) === blob.byteSize },
  };
}

interface StartAnswer {
  readonly repository: {
    readonly base: {
      readonly target: { readonly oid: Sha; readonly tree?: { readonly oid: Sha } } | null;
    } | null;
    readonly branch: { readonly target: { readonly message?: string } | null } | null;
    readonly file: {
      readonly __typename: string;
      readonly text?: string | null;
      readonly byteSize?: number;
      readonly isTruncated?: boolean;
    } | null;
  } | null;
}

/** Author and committer stay out, so that GitHub signs the commit as the app. */
async function createBranch(
  { octokit, owner, repo, ...client }: RepositoryClient,
  action: ProposeChange,
  { head, tree: base, file }: Start,
): Promise<void> {
  const content = contentOf(action, file);
  const { git } = octokit.rest;
  const { data: tree } = await git.createTree({
    owner,
    repo,
    base_tree: base,
    tree: [{ path: pathOf(action), mode: "100644", type: "blob", content }],
  });
  const { data: commit } = await git.createCommit({
    owner,
    repo,
    message: action.message,
    tree: tree.sha,
    parents: [head],
  });
  try {
    await git.createRef({ owner, repo, ref: `refs/heads/${action.branch}`, sha: commit.sha });
  } catch (error) {
    if (statusOf(error) === 422) {
      throw await refuseRef({ octokit, owner, repo, ...client }, `refs/heads/${action.branch}`, error);
    }
    throw isForWorkflows(action, error) ? workflowsRefused(action) : error;
  }
}

function contentOf(action: ProposeChange, file: Start["file"]): string {
  const { change, base } = action;
  if (change.kind === "setup") {
    if (file === null) return change.text;
    throw refused("file-exists", `${VALIDATION_PATH} was not proposed: ${base} has it already`, "Nothing");
  }
  const edited =
    file?.isText === false
      ? { ok: false as const, why: "the file is no plain text" }
      : changeRules(file?.text ?? null, change);
  if (edited.ok) return edited.text;
  const [what, nextStep] =
    change.kind === "forbid"
      ? [
          `The rule about \`${change.rule.forbid}\` was not proposed to ${base}`,
          "Add the text below to the file that holds the rules; the rule is in force for this incident",
        ]
      : [
          `Taking out the rule about \`${change.name}\` was not proposed to ${base}`,
          "Take it out of the file that holds the rules by a pull request",
        ];
  throw refused("configuration-not-edited", `${what}, because ${edited.why}`, nextStep);
}

/** Our commit is on top: an earlier try got this far. */
function assertOwn({ branch }: ProposeChange, number: number, message: string): void {
  if (message.replaceAll("\r", "").trimEnd().endsWith(`\n${INCIDENT_TRAILER}: ${number}`)) return;
  throw refused(
    "name-taken",
    `The branch ${branch} exists already, and its newest commit was not made by this app`,
    "Open a pull request from it, or rename or delete it",
  );
}

function pathOf({ change }: ProposeChange): string {
  return change.kind === "setup" ? VALIDATION_PATH : CONFIGURATION_PATH;
}

/** The permission was taken back, or a token is older than it. GitHub says so with 403 or 404. */
function isForWorkflows({ change }: ProposeChange, error: unknown): boolean {
  const status = statusOf(error);
  return (
    change.kind === "setup" &&
    (status === 403 || status === 404 || /workflows? permission/iu.test(refusalText(error)))
  );
}

function workflowsRefused({ base }: ProposeChange): ProblemError {
  return refused(
    "permission-missing",
    `${VALIDATION_PATH} was not proposed: this app lacks the permission Workflows`,
    `Add the text below to ${base}, or grant the app the permission Workflows`,
  );
}
