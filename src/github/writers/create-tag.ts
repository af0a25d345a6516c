import { type Saying, saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { Sha } from "../../incident/state/commit-facts.ts";
import type { ShellCommand } from "../../incident/state/problem.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import { refused } from "../problem-error.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { isServerFault } from "../server-fault.ts";
import { readTaggedCommit } from "./read-tagged-commit.ts";
import { refuseRef } from "./refuse-ref.ts";
import { refuseWorkflowDrift } from "./refuse-workflow-drift.ts";

/** The tag object first, which nobody sees, then the ref, which is the lock: whoever creates it has the version (F17). Never moved. */
export async function createTag(
  client: RepositoryClient,
  action: ActionOf<"create-tag">,
): Promise<OutcomeValue> {
  const { tag, commit, message } = action;
  const place = { owner: client.owner, repo: client.repo };
  const { data } = await client.octokit.rest.git.createTag({
    ...place,
    tag,
    message,
    object: commit,
    type: "commit",
  });
  try {
    await client.octokit.rest.git.createRef({ ...place, ref: `refs/tags/${tag}`, sha: data.sha });
    return data.tagger.date === "" ? { kind: "done" } : { kind: "done", at: data.tagger.date };
  } catch (error) {
    if (statusOf(error) === 422 || isServerFault(error)) {
      return await settle(client, action, error);
    }
    throw await refuseWorkflowDrift(
      client,
      commit,
      error,
      saying("Creating the tag {tag}", { tag }),
      byHand(action),
    );
  }
}

/** The ref was refused or the answer lost: success if the tag is there on our commit. */
async function settle(
  client: RepositoryClient,
  action: ActionOf<"create-tag">,
  error: unknown,
): Promise<OutcomeValue> {
  const { tag, commit } = action;
  const tagged: Sha | null = await readTaggedCommit(client, tag);
  if (tagged === commit) return { kind: "done" };
  if (tagged !== null) throw taken(tag, saying("it is on {commit} already", { commit: tagged.slice(0, 7) }));
  if (isServerFault(error)) throw error;
  if (/immutable release/iu.test(refusalText(error))) {
    throw taken(tag, saying("an immutable release that was deleted had it"));
  }
  throw await refuseRef(client, `refs/tags/${tag}`, error, byHand(action));
}

/** `plan` answers this code with the next version. */
function taken(tag: string, why: Saying): Error {
  return refused(
    "tag-taken",
    saying("The tag {tag} was not created: {why}", { tag, why }),
    saying("Nothing: the app takes the next version"),
  );
}

function byHand({ tag, commit }: ActionOf<"create-tag">): readonly ShellCommand[] {
  return [
    ["git fetch", "origin"],
    ["git tag --annotate", "-m", tag, tag, commit],
    ["git push", "origin", `refs/tags/${tag}`],
  ];
}
