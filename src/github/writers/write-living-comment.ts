import type { OutcomeValue } from "../../incident/action.ts";
import { statusOf } from "../http-status.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { createComment } from "./create-comment.ts";
import { updateComment } from "./update-comment.ts";

/**
 * A comment of which there is one, kept up to date. One that a person deleted is not written again here, that is for `plan` to decide: `gone` is thrown.
 * `commentId` null: there is none yet.
 */
export async function writeLivingComment(
  client: RepositoryClient,
  issue: number,
  kind: "status" | "digest",
  { commentId, body }: { readonly commentId: number | null; readonly body: string },
  gone: () => Error,
): Promise<OutcomeValue> {
  if (commentId === null) {
    const marker = new RegExp(`<!-- hotfix:incident=\\d+;kind=${kind}\\b`, "u").exec(body)?.[0] ?? body;
    return createComment(client, issue, body, marker);
  }
  try {
    return await updateComment(client, commentId, body);
  } catch (error) {
    throw statusOf(error) === 404 ? gone() : error;
  }
}
