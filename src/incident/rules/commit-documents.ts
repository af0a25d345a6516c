import type { Action } from "../action.ts";
import { documentPath, documentsBranch, INCIDENT_TRAILER } from "../names.ts";
import { isLanded } from "../phase.ts";
import type { TrunkFacts } from "../state.ts";
import { isReleaseSettled } from "./publish-release.ts";
import type { Situation } from "./rule.ts";

/** Report and retrospective, once the fix is everywhere. A file that is there already is somebody's: it is left as it is. */
export function commitDocuments(situation: Situation): readonly Action[] {
  const { state, facts, render } = situation;
  const trunk = documentsTrunk(situation);
  if (trunk === null || !isComplete(situation) || hasDocumentsPullRequest(situation)) return [];
  const there = new Set(state.documents.map((document) => document.path));
  const files = documentsOf(situation)
    .filter(({ path }) => !there.has(path))
    .map(({ path, text }) => ({ path, text: text() }));
  if (files.length === 0) return [];
  return [
    {
      kind: "commit-documents",
      branch: trunk.name,
      expectedHead: trunk.head,
      files,
      message: `docs: add the incident report of ${facts.id}\n\n${INCIDENT_TRAILER}: ${facts.number}`,
      fallback: { branch: documentsBranch(facts.number), ...render.documentsPullRequest(facts) },
    },
  ];
}

/** Nothing is owed any more, as observed and not only as written by us. */
export function isComplete(situation: Situation): boolean {
  const { state, config, facts } = situation;
  const { production, integration } = config.branches;
  return (
    state.isAdvanced === undefined &&
    // A branch that is configured and not there is still owed the fix.
    (state.integration !== null || integration === production) &&
    facts.rounds.every(
      (round) => round.isEmptyMerge || (isLanded(round) && isReleaseSettled(situation, round)),
    ) &&
    !(facts.rounds.at(-1)?.isEmptyMerge ?? true)
  );
}

/** Documents live on integration, or on production where there is no integration branch. */
export function documentsTrunk({ state }: Situation): TrunkFacts | null {
  return state.integration ?? state.production;
}

export function areDocumentsThere(situation: Situation): boolean {
  const there = new Set(situation.state.documents.map((document) => document.path));
  return documentsOf(situation).every(({ path }) => there.has(path)) || hasDocumentsPullRequest(situation);
}

/** Whatever became of it: what a person closed is not proposed again. */
function hasDocumentsPullRequest({ state, facts }: Situation): boolean {
  return state.pullRequests.some((pull) => pull.head === documentsBranch(facts.number));
}

interface Document {
  readonly name: string;
  readonly path: string;
  readonly text: () => string;
}

export function documentsOf({ config, facts, render }: Situation): readonly Document[] {
  return [
    {
      name: "Incident report",
      path: documentPath(config.documents.reports, facts.id),
      text: () => render.incidentReport(facts),
    },
    {
      name: "Retrospective",
      path: documentPath(config.documents.retrospectives, facts.id),
      text: () => render.retrospective(facts),
    },
  ];
}
