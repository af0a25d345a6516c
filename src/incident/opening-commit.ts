import { INCIDENT_TRAILER, isIncidentId } from "./names.ts";
import type { CommitFacts } from "./state/commit-facts.ts";

/**
 * Message of the empty commit. No `#7` and no closing keyword: merging it must not touch any issue. It names the branch, because two commits
 * of one second would otherwise be one and the same, and check runs belong to a commit.
 */
export function openingMessage(id: string, number: number, branch: string): string {
  return `hotfix: open ${id}\n\nThe first commit of ${branch}, which changes nothing\n\n${INCIDENT_TRAILER}: ${number}`;
}

/** The incident that an opening commit was made for; null for every other commit, merges of one included. */
export function parseOpeningMessage(message: string): { id: string; number: number } | null {
  const lines = message.replaceAll("\r", "").trimEnd().split("\n");
  const subject = /^hotfix: open (\S{1,80})$/u.exec(lines[0] ?? "");
  const trailer = new RegExp(`^${INCIDENT_TRAILER}: ([1-9]\\d{0,9})$`, "u");
  const number = lines
    .slice(1)
    .map((line) => trailer.exec(line)?.[1])
    .find(Boolean);
  if (subject === null || number === undefined || !isIncidentId(subject[1]!)) return null;
  return { id: subject[1]!, number: Number(number) };
}

export function isOpeningCommit(commit: CommitFacts, number: number): boolean {
  return parseOpeningMessage(commit.message)?.number === number;
}
