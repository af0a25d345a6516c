import type { Renderer } from "../../src/documents/renderer.ts";
import type { IncidentFacts } from "../../src/incident/facts.ts";

/** Texts that name what they were made from, for tests of what is written and when, not of how it reads. */
export const plainRenderer: Renderer = {
  statusSection: (facts) => `status ${JSON.stringify(summary(facts))}`,
  productionPullRequest: (facts, round) => ({
    title: `Hotfix ${facts.id}`,
    body: `round ${round.number} of ${facts.id}`,
  }),
  backMergePullRequest: (facts, round, target) => ({
    title: `Back-merge ${facts.id} to ${target}`,
    body: `round ${round.number}`,
  }),
  turningPoint: (_facts, point) => `turning point ${JSON.stringify(point)}`,
  reply: (facts, { answers }) => `reply in phase ${facts.phase} ${JSON.stringify(answers)}`,
  followUp: (facts, action, missingLabel) => ({
    title: `${facts.id}: ${action.text}`,
    body: `follow-up due ${action.due} of #${facts.number}${missingLabel === null ? "" : ` without ${missingLabel}`}`,
  }),
  override: (point) => `override ${JSON.stringify(point)}`,
  tagMessage: (facts, round) => `${round.tag}: ${facts.id}`,
  release: (facts, round) => ({ name: `${round.tag}`, body: `release of ${facts.id}` }),
  document: (facts, kind) => `${kind} of ${facts.id} ${JSON.stringify(facts.timeline)}`,
  documentAgain: () => null,
  documentsPullRequest: (facts) => ({ title: `Documents of ${facts.id}`, body: "documents" }),
  proposal: (facts, { kind, name }) => ({ title: `${kind} ${name} by ${facts.id}`, body: "proposal" }),
  withdrawal: (facts) => `withdrawn by ${facts.id}`,
  incidentIndex: (index) => `index of ${index.incidents.length}`,
  indexPullRequest: () => ({ title: "Index", body: "index" }),
  incidentIndexAgain: () => null,
  closingComment: (facts, documents) => `closed ${facts.id} ${documents.map((each) => each.url).join(" ")}`,
};

/** Everything of the facts that a status comment would show. */
function summary(facts: IncidentFacts) {
  return {
    id: facts.id,
    phase: facts.phase,
    severity: facts.severity,
    deadline: facts.sla.deadline,
    next: facts.next,
    noticed: facts.noticed,
    problems: facts.problems.map((problem) => problem.code),
    rounds: facts.rounds.map((round) => ({
      branch: round.branchExists,
      pull: round.pullRequest?.number,
      state: round.pullRequest?.state,
      tag: round.tag,
      backMerges: round.backMerges.map((each) => [each.target, each.pullRequest?.number, each.state]),
    })),
  };
}
