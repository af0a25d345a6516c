import { ruleSnippet } from "../../config/edit/rule-snippet.ts";
import { validationWorkflow } from "../../config/validation-workflow.ts";
import { CONFIGURATION_PATH } from "../../config/configuration-path.ts";
import { plain } from "../../documents/markdown.ts";
import type { Action, ProposedChange } from "../action.ts";
import { buildMarker, INCIDENT_TRAILER } from "../names.ts";
import { isDue, ownPullRequests, type Proposal, proposalsOf, proposalsWanted } from "../proposals.ts";
import { staleProposal } from "../stale-proposal.ts";
import type { Paste } from "../state/problem.ts";
import { wasMergedAsItIs } from "./delete-branches.ts";
import type { Situation } from "./rule.ts";

/**
 * What people asked for beyond their incident goes to the default branch by pull request, once. One that a person closed is an answer; one whose rule was taken
 * back is closed by the app, because it is the app's own and not merged. Not urgent: planned when nothing else is left to do.
 */
export function proposeChanges(situation: Situation): readonly Action[] {
  const { state, config, facts } = situation;
  const wanted = proposalsWanted(state, facts.id);
  return [
    ...wanted
      .filter((proposal) => isDue(proposal, state, config))
      .map((proposal) => proposing(situation, proposal)),
    ...wanted.flatMap((proposal) => renewal(situation, proposal)),
    ...withdrawals(situation, wanted),
    ...deletions(situation),
  ];
}

function proposing(
  { state, config, facts, render }: Situation,
  proposal: Proposal,
): Extract<Action, { kind: "propose-change" }> {
  const { kind, name, branch, rule, asked } = proposal;
  const base = state.repository.defaultBranch;
  return {
    kind: "propose-change",
    branch,
    base,
    change: changeOf(
      proposal,
      {
        count: config.checks.forbid.length,
        isConfigured: state.configuration.revision !== "defaults",
      },
      validationWorkflow(config.branches),
    ),
    message: `${headlineOf(proposal)}\n\n${INCIDENT_TRAILER}: ${facts.number}`,
    ...render.proposal(facts, { kind, name, rule, base, by: asked.actor, url: asked.url }),
    paste: pasteOf(proposal, validationWorkflow(config.branches)),
  };
}

/** The same once more, from the default branch as it is now. */
function renewal(situation: Situation, proposal: Proposal): readonly Action[] {
  const { state, config } = situation;
  const pull = staleProposal(proposal, state, config);
  if (pull === null) return [];
  const { number, nodeId, url, headSha: expectedHead } = pull;
  return [{ ...proposing(situation, proposal), renews: { number, nodeId, url, expectedHead } }];
}

function changeOf(
  { kind, rule, name }: Proposal,
  inForce: { readonly count: number; readonly isConfigured: boolean },
  workflow: string,
): ProposedChange {
  switch (kind) {
    case "forbid":
      return { kind, rule: rule!, inForce };
    case "retire":
      return { kind, name };
    case "setup":
      return { kind, text: workflow };
  }
}

function pasteOf({ kind, rule, name }: Proposal, workflow: string): Paste | null {
  switch (kind) {
    case "forbid":
      return { path: CONFIGURATION_PATH, text: ruleSnippet(rule!) };
    case "retire":
      return null;
    case "setup":
      return { path: name, text: workflow };
  }
}

function headlineOf({ kind, name }: Proposal): string {
  switch (kind) {
    case "forbid":
      return `chore: forbid ${plain(name, 60)} in every hotfix`;
    case "retire":
      return `chore: retire the rule about ${plain(name, 60)}`;
    case "setup":
      return "ci: check pushes to hotfix branches";
  }
}

function withdrawals({ state, facts, render }: Situation, wanted: readonly Proposal[]): readonly Action[] {
  const branches = new Set(wanted.map(({ branch }) => branch));
  return ownPullRequests(state)
    .filter((pull) => pull.state === "open" && !branches.has(pull.head))
    .map((pull) => {
      const marker = buildMarker({ incident: facts.number, kind: "withdrawn", fields: {} });
      return {
        kind: "withdraw-proposal",
        pullRequest: pull.number,
        marker,
        body: `${marker}\n${render.withdrawal(facts)}`,
      };
    });
}

function deletions({ state }: Situation): readonly Action[] {
  const { pullRequests, branches } = proposalsOf(state);
  const own = new Set(ownPullRequests(state).map(({ head }) => head));
  return branches
    .filter((branch) => own.has(branch.name) && wasMergedAsItIs(pullRequests, branch))
    .map(({ name, head }) => ({ kind: "delete-branch", branch: name, expectedHead: head }));
}
