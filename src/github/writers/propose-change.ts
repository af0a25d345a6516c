import { type Saying, saying } from "../../incident/say.ts";
import { changeRules, type RuleChange } from "../../config/edit/change-rules.ts";
import type { Edited } from "../../config/edit/edited.ts";
import { CONFIGURATION_PATH } from "../../config/configuration-path.ts";
import { INCIDENT_TRAILER, VALIDATION_PATH } from "../../incident/names.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { Sha } from "../../incident/state/commit-facts.ts";
import type { ActionOf } from "../action-of.ts";
import { UPDATE_REFS } from "../documents/mutations.ts";
import { PROPOSAL_QUERY } from "../documents/write-queries.ts";
import { statusOf } from "../http-status.ts";
import { notYet, ProblemError, refused } from "../problem-error.ts";
import { problemOf } from "../problem-of.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { GraphqlFailure, isNotFound, runGraphql } from "../run-graphql.ts";
import { isServerFault } from "../server-fault.ts";
import { openPullRequest } from "./open-pull-request.ts";
import { readRef } from "./read-ref.ts";
import { refuseRef } from "./refuse-ref.ts";

type ProposeChange = ActionOf<"propose-change">;
type Renewed = NonNullable<ProposeChange["renews"]>;

interface Start {
  readonly repositoryId: string;
  readonly head: Sha;
  readonly tree: Sha;
  /** Newest commit of the branch; null: there is no such branch yet. */
  readonly own: { readonly sha: Sha; readonly message: string; readonly parents: readonly Sha[] } | null;
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
    if (action.renews !== undefined) return await renew(client, action, action.renews, start);
    if (start.own === null) await createBranch(client, action, start);
    else assertOwn(action, state.issue.number, start.own.message);
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
  if (target?.tree === undefined)
    throw notYet("github-lagging", saying("GitHub does not show {what} yet", { what: action.base }));
  const blob = repository?.file ?? null;
  const text = blob?.text ?? "";
  const own = repository?.branch?.target ?? null;
  return {
    repositoryId: repository?.id ?? "",
    head: target.oid,
    tree: target.tree.oid,
    own:
      own === null
        ? null
        : {
            sha: own.oid,
            message: own.message ?? "",
            parents: own.parents?.nodes?.map(({ oid }) => oid) ?? [],
          },
    file:
      blob === null
        ? null
        : { text, isText: blob.isTruncated !== true && Buffer.byteLength(text) === blob.byteSize },
  };
}

interface StartAnswer {
  readonly repository: {
    readonly id: string;
    readonly base: {
      readonly target: { readonly oid: Sha; readonly tree?: { readonly oid: Sha } } | null;
    } | null;
    readonly branch: {
      readonly target: {
        readonly oid: Sha;
        readonly message?: string;
        readonly parents?: { readonly nodes: readonly { readonly oid: Sha }[] | null };
      } | null;
    } | null;
    readonly file: {
      readonly __typename: string;
      readonly text?: string | null;
      readonly byteSize?: number;
      readonly isTruncated?: boolean;
    } | null;
  } | null;
}

/**
 * The change made from the default branch as it is now. Compare-and-set: the commit that is replaced is the one that was seen to be the app's own and alone on
 * its branch; where somebody pushed since, theirs stays.
 */
async function renew(
  client: RepositoryClient,
  action: ProposeChange,
  { number, nodeId, url, expectedHead }: Renewed,
  start: Start,
): Promise<OutcomeValue> {
  const { branch } = action;
  const ref = `refs/heads/${branch}`;
  const value = (headSha: Sha): OutcomeValue => ({
    kind: "pull-request",
    number,
    nodeId,
    url,
    isDraft: false,
    headSha,
  });
  const moved = () =>
    notYet("branch-moved", saying("The branch {branch} moved in the same moment", { branch }));
  if (start.own?.sha !== expectedHead) throw moved();
  // It stands on the newest commit: what conflicted was seen before that.
  if (start.own.parents.includes(start.head)) return value(expectedHead);
  const commit = await createCommit(client, action, start);
  try {
    await runGraphql(client, UPDATE_REFS, {
      repositoryId: start.repositoryId,
      refUpdates: [{ name: ref, beforeOid: expectedHead, afterOid: commit, force: true }],
    });
  } catch (error) {
    if (!(error instanceof GraphqlFailure) && !isServerFault(error)) throw error;
    const now = await readRef(client, ref);
    if (now === expectedHead) throw error;
    if (now !== commit) throw moved();
  }
  return value(commit);
}

async function createBranch(client: RepositoryClient, action: ProposeChange, start: Start): Promise<void> {
  const { octokit, owner, repo } = client;
  const sha = await createCommit(client, action, start);
  const ref = `refs/heads/${action.branch}`;
  try {
    await octokit.rest.git.createRef({ owner, repo, ref, sha });
  } catch (error) {
    if (statusOf(error) === 422) throw await refuseRef(client, ref, error);
    throw isForWorkflows(action, error) ? workflowsRefused(action) : error;
  }
}

/** Author and committer stay out, so that GitHub signs the commit as the app. */
async function createCommit(
  { octokit, owner, repo }: RepositoryClient,
  action: ProposeChange,
  { head, tree: base, file }: Start,
): Promise<Sha> {
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
  return commit.sha;
}

function contentOf(action: ProposeChange, file: Start["file"]): string {
  const { change, base } = action;
  if (change.kind === "setup") {
    if (file === null) return change.text;
    throw refused(
      "file-exists",
      saying("{path} was not proposed: {base} has it already", { path: VALIDATION_PATH, base }),
      saying("Nothing"),
    );
  }
  const edited: Edited =
    file?.isText === false
      ? { ok: false, why: "the file is no plain text" }
      : changeRules(file?.text ?? null, change);
  if (edited.ok) return edited.text;
  const { what, nextStep } = unedited(action, change);
  throw refused(
    "configuration-not-edited",
    saying("{what}, because {why}", { what, why: { phrase: edited.why, values: {} } }),
    nextStep,
  );
}

function unedited(
  { renews, base }: ProposeChange,
  change: RuleChange,
): { readonly what: Saying; readonly nextStep: Saying } {
  if (renews !== undefined) {
    return {
      what: saying("#{number} was not brought up to date with {base}", { number: renews.number, base }),
      nextStep: saying("Resolve its conflict on its branch, or close it"),
    };
  }
  return change.kind === "forbid"
    ? {
        what: saying("The rule about `{name}` was not proposed to {base}", {
          name: change.rule.forbid,
          base,
        }),
        nextStep: saying(
          "Add the text below to the file that holds the rules; the rule is in force for this incident",
        ),
      }
    : {
        what: saying("Taking out the rule about `{name}` was not proposed to {base}", {
          name: change.name,
          base,
        }),
        nextStep: saying("Take it out of the file that holds the rules by a pull request"),
      };
}

/** Our commit is on top: an earlier try got this far. */
function assertOwn({ branch }: ProposeChange, number: number, message: string): void {
  if (message.replaceAll("\r", "").trimEnd().endsWith(`\n${INCIDENT_TRAILER}: ${number}`)) return;
  throw refused(
    "name-taken",
    saying("The branch {branch} exists already, and its newest commit was not made by this app", { branch }),
    saying("Open a pull request from it, or rename or delete it"),
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
    saying("{path} was not proposed: this app lacks the permission Workflows", { path: VALIDATION_PATH }),
    saying("Add the text below to {base}, or grant the app the permission Workflows", { base }),
  );
}
