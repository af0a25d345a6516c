import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import { notYet, refused } from "../problem-error.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { isServerFault } from "../server-fault.ts";
import { readRef } from "./read-ref.ts";

interface Pull {
  readonly number: number;
  readonly node_id: string;
  readonly html_url: string;
  readonly draft?: boolean | undefined;
  readonly created_at: string;
  readonly head: { readonly sha: string };
}

/** A draft where the repository has drafts, else a plain pull request: no interface says in advance which. */
export async function openPullRequest(
  client: RepositoryClient,
  action: ActionOf<"open-pull-request">,
): Promise<OutcomeValue> {
  try {
    return await open(client, action, action.draft);
  } catch (error) {
    if (!isServerFault(error) && statusOf(error) !== 422) throw error;
    const text = refusalText(error);
    if (action.draft && /draft pull requests are not supported/iu.test(text)) {
      return openPullRequest(client, { ...action, draft: false });
    }
    // Its answer was lost, or it was there before (F3).
    const existing = await findOpen(client, action);
    if (existing !== null) return valueOf(existing);
    if (isServerFault(error)) throw error;
    throw await refusalOf(client, action, text, error);
  }
}

async function open(
  client: RepositoryClient,
  action: ActionOf<"open-pull-request">,
  draft: boolean,
): Promise<OutcomeValue> {
  const { data } = await client.octokit.rest.pulls.create({
    owner: client.owner,
    repo: client.repo,
    title: action.title,
    body: action.body,
    head: action.head,
    base: action.base,
    draft,
  });
  return valueOf(data);
}

function valueOf(pull: Pull): OutcomeValue {
  return {
    kind: "pull-request",
    number: pull.number,
    nodeId: pull.node_id,
    url: pull.html_url,
    isDraft: pull.draft ?? false,
    headSha: pull.head.sha,
    at: pull.created_at,
  };
}

/** The refusal for a second one carries no number. */
async function findOpen(
  client: RepositoryClient,
  action: ActionOf<"open-pull-request">,
): Promise<Pull | null> {
  const { data } = await client.octokit.rest.pulls.list({
    owner: client.owner,
    repo: client.repo,
    state: "open",
    head: `${client.owner}:${action.head}`,
    base: action.base,
    per_page: 1,
  });
  return data[0] ?? null;
}

/**
 * Right after a branch was made, GitHub's pull requests may not see it yet (F2): "No commits between", "Head sha can't be blank", "Base does not
 * exist". The branches themselves say whether that is so.
 */
async function refusalOf(
  client: RepositoryClient,
  action: ActionOf<"open-pull-request">,
  text: string,
  error: unknown,
): Promise<unknown> {
  const isAboutBranches =
    /no commits between|sha can't be blank|does not exist|(?:head|base) invalid|not all refs are readable/iu;
  if (!isAboutBranches.test(text)) return error;
  const [head, base] = await Promise.all([
    readRef(client, `refs/heads/${action.head}`),
    readRef(client, `refs/heads/${action.base}`),
  ]);
  if (base === null) {
    return refused(
      "base-missing",
      saying("The pull request to {base} was not opened: there is no such branch", { base: action.base }),
      saying("Create {base}, or name the right branch in `.github/hotfix.yml`", { base: action.base }),
    );
  }
  const lagging = notYet(
    "github-lagging",
    saying("GitHub does not see {head} for a pull request to {base} yet", {
      head: action.head,
      base: action.base,
    }),
  );
  if (head === null || !/no commits between/iu.test(text)) return lagging;
  const { data } = await client.octokit.rest.repos.compareCommitsWithBasehead({
    owner: client.owner,
    repo: client.repo,
    basehead: `${base}...${head}`,
    per_page: 1,
  });
  if (data.ahead_by > 0) return lagging;
  return refused(
    "nothing-to-merge",
    saying("The pull request to {base} was not opened: {base} contains everything on {head}", {
      base: action.base,
      head: action.head,
    }),
    saying("Nothing, unless the fix is missing there"),
  );
}
