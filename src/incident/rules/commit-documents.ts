import type { Action } from "../action.ts";
import type { DocumentKind } from "../../documents/renderer.ts";
import { contains } from "../commit-graph.ts";
import { wasClosingTold } from "../closing.ts";
import { documentPath, documentsBranch, INCIDENT_TRAILER } from "../names.ts";
import { pathInUrl } from "../path-in-url.ts";
import { isLanded } from "../phase.ts";
import type { RoundFacts } from "../facts/round-facts.ts";
import type { DocumentFacts } from "../state.ts";
import type { TrunkFacts } from "../state/branch-facts.ts";
import type { Sha } from "../state/commit-facts.ts";
import type { PullRequestFacts } from "../state/pull-request-facts.ts";
import { owesFollowUps } from "./follow-ups.ts";
import { isReleaseSettled } from "./publish-release.ts";
import type { Situation } from "./rule.ts";

/**
 * Report and retrospective, once the fix is everywhere, and again when facts changed: all files in one commit, to the open documents pull request where there is
 * one. What people took away does not come back.
 */
export function commitDocuments(situation: Situation): readonly Action[] {
  const { facts, render } = situation;
  const place = isComplete(situation) ? documentsPlace(situation) : null;
  if (place === null || isSettling(situation) || owesFollowUps(situation)) return [];
  const isFirst = !wereDocumentsThere(situation);
  const files = documentsOf(situation).flatMap((document) => {
    const text = isFirst && document.there === undefined ? document.first() : document.again();
    return text === null ? [] : [{ path: document.path, text }];
  });
  if (files.length === 0) return [];
  const what = isFirst ? "add the documents of" : "bring up to date the documents of";
  const branch = documentsBranch(facts.number);
  return [
    {
      kind: "commit-documents",
      branch: place.branch,
      expectedHead: place.head,
      files,
      message: `docs: ${what} ${facts.id}\n\n${INCIDENT_TRAILER}: ${facts.number}`,
      fallback: place.branch === branch ? null : { branch, ...render.documentsPullRequest(facts) },
    },
  ];
}

/**
 * A branch has the head of its back-merge already, and GitHub is about to show that pull request as merged: a report from in between would tell of a landing
 * without its merge.
 */
export function isSettling({ state, facts, graph }: Situation): boolean {
  const trunks = [state.integration, state.production, ...state.releaseBranches];
  return facts.rounds.some((round) =>
    round.backMerges.some(({ target, pullRequest }) => {
      const head = trunks.find((trunk) => trunk?.name === target)?.head;
      return (
        pullRequest?.state === "open" &&
        head !== undefined &&
        round.mergeCommit !== null &&
        contains(graph, head, pullRequest.headSha)
      );
    }),
  );
}

/**
 * The branch of the open pull request, else the trunk. null: somebody closed the pull request, which is an answer, or there is no branch.
 */
function documentsPlace(situation: Situation): { readonly branch: string; readonly head: Sha } | null {
  const { state, facts } = situation;
  const pull = documentsPullRequests(situation).at(-1);
  if (pull?.state === "closed") return null;
  if (pull?.state === "open") {
    const branch = state.branches.find((each) => each.name === documentsBranch(facts.number));
    return branch === undefined ? null : { branch: branch.name, head: branch.head };
  }
  const trunk = documentsTrunk(situation);
  return trunk === null ? null : { branch: trunk.name, head: trunk.head };
}

/** Then a file that is missing was taken away or moved by somebody. */
function wereDocumentsThere(situation: Situation): boolean {
  const { state, facts } = situation;
  return (
    facts.rounds.some((round) => wasClosingTold(state, round.number)) ||
    documentsPullRequests(situation).some((pull) => pull.state === "merged")
  );
}

/** Nothing is owed any more, as observed and not only as written by us. */
export function isComplete(situation: Situation): boolean {
  const { state, config, facts } = situation;
  const { production, integration } = config.branches;
  const isResolved = facts.ended?.kind === "resolved";
  const isUnshipped = (round: RoundFacts): boolean =>
    round.isEmptyMerge || (isResolved && round.pullRequest?.state !== "merged");
  return (
    state.isAdvanced === undefined &&
    // A branch that is configured and not there is still owed the fix.
    (isResolved || state.integration !== null || integration === production) &&
    facts.rounds.every(
      (round) => isUnshipped(round) || (isLanded(round) && isReleaseSettled(situation, round)),
    ) &&
    (isResolved || !(facts.rounds.at(-1)?.isEmptyMerge ?? true))
  );
}

/** Documents live on integration, or on production where there is no integration branch. */
export function documentsTrunk({ state }: Situation): TrunkFacts | null {
  return state.integration ?? state.production;
}

export function areDocumentsThere(situation: Situation): boolean {
  const pulls = documentsPullRequests(situation);
  return (
    pulls.length > 0 ||
    wereDocumentsThere(situation) ||
    documentsOf(situation).every((document) => document.there !== undefined)
  );
}

/** Oldest first. */
function documentsPullRequests({ state, facts }: Situation): readonly PullRequestFacts[] {
  return state.pullRequests.filter((pull) => pull.head === documentsBranch(facts.number));
}

/** Address of the incident report; null: it is not committed yet. */
export function committedReport({ state, config, facts }: Situation): string | null {
  const path = documentPath(config.documents.reports, facts.id);
  const found = state.documents.find((each) => each.path === path);
  if (found === undefined) return null;
  return `${facts.repository.url}/blob/${pathInUrl(found.branch)}/${path}`;
}

interface Document {
  readonly name: string;
  readonly path: string;
  readonly there: DocumentFacts | undefined;
  readonly first: () => string;
  /** null: nothing to write. */
  readonly again: () => string | null;
}

export function documentsOf(situation: Situation): readonly Document[] {
  const { state, config, facts, render } = situation;
  const document = (
    name: string,
    kind: DocumentKind,
    folder: string,
    variant: "" | "-public" = "",
  ): Document => {
    const path = documentPath(folder, facts.id, variant);
    const there = state.documents.find((each) => each.path === path);
    return {
      name,
      path,
      there,
      first: () => render.document(facts, kind),
      again: () =>
        there === undefined || there.text === null ? null : render.documentAgain(facts, kind, there.text),
    };
  };
  const { reports, retrospectives, communication } = config.documents;
  return [
    document("Incident report", "incident-report", reports),
    document("Retrospective", "retrospective", retrospectives),
    document("Stakeholder update", "stakeholder-update", communication),
    document("Public update", "public-update", communication, "-public"),
  ];
}
