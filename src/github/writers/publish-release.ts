import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import { notYet, refused } from "../problem-error.ts";
import { readRelease } from "../read-releases.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { isServerFault } from "../server-fault.ts";
import { readTaggedCommit } from "./read-tagged-commit.ts";
import { refuseWorkflowDrift } from "./refuse-workflow-drift.ts";

/**
 * One release for a tag that exists. The tagged commit goes along: were the tag gone, GitHub would make a new one, on the default branch unless told
 * otherwise.
 */
export async function publishRelease(
  client: RepositoryClient,
  state: IncidentState,
  action: ActionOf<"publish-release">,
): Promise<OutcomeValue> {
  const commit = state.tags.find((tag) => tag.name === action.tag)?.commit;
  try {
    const { data } = await client.octokit.rest.repos.createRelease({
      owner: client.owner,
      repo: client.repo,
      tag_name: action.tag,
      ...(commit === undefined ? {} : { target_commitish: commit }),
      name: action.name,
      body: action.body,
      make_latest: action.latest ? "true" : "false",
    });
    return released(data.html_url, data.published_at);
  } catch (error) {
    // A lost answer comes with a release in one case of ten (F3); a second one for the same tag is never made (F16).
    if (isServerFault(error) || statusOf(error) === 422) {
      const existing = await readRelease(client, action.tag);
      if (existing !== null) return released(existing.url, existing.publishedAt);
    }
    throw await refusalOf(client, action, error);
  }
}

function released(url: string, publishedAt: string | null): OutcomeValue {
  return publishedAt === null ? { kind: "release", url } : { kind: "release", url, at: publishedAt };
}

async function refusalOf(
  client: RepositoryClient,
  { tag }: ActionOf<"publish-release">,
  error: unknown,
): Promise<unknown> {
  if (/immutable release/iu.test(refusalText(error))) {
    return refused(
      "tag-burned",
      saying("The release {tag} was not published: an immutable release that was deleted had the name", {
        tag,
      }),
      saying("Publish the notes under another tag by hand"),
    );
  }
  if (statusOf(error) !== 404 && statusOf(error) !== 403) return error;
  const commit = await readTaggedCommit(client, tag);
  if (commit === null)
    return notYet("github-lagging", saying("GitHub does not show the tag {tag} yet", { tag }));
  return refuseWorkflowDrift(client, commit, error, saying("Publishing the release {tag}", { tag }), [
    ["gh release create --verify-tag --generate-notes", tag],
  ]);
}
