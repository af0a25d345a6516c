import type { Config } from "../config/schema.ts";
import type { ForbidRule } from "../config/schema/forbid-rule-schema.ts";
import { ruleOf } from "./check-decisions.ts";
import { fingerprint } from "./fingerprint.ts";
import { parseProposalBranch, proposalBranch, VALIDATION_PATH, type ProposalKind } from "./names.ts";
import { type AcceptedCommand, acceptedCommands } from "./replies.ts";
import { covers } from "./rules-in-force.ts";
import type { IncidentState, ProposalsState } from "./state.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/** What somebody asked for on the incident and the default branch does not have. */
export interface Proposal {
  readonly kind: ProposalKind;
  readonly branch: string;
  /** Of the rule, or the path of the file. */
  readonly name: string;
  /** Of `forbid`. */
  readonly rule: ForbidRule | null;
  /** Fingerprint of the rules of the configuration that `retire` was accepted for. */
  readonly basis: string | null;
  readonly asked: AcceptedCommand;
}

/** By the commands alone, the last word on each name; whether anything is left to do, `isDue` says. `id`: of the incident. */
export function proposalsWanted(state: IncidentState, id: string): readonly Proposal[] {
  const { number } = state.issue;
  const wanted = new Map<string, Proposal>();
  for (const asked of acceptedCommands(state)) {
    const { command, basis } = asked;
    switch (command.name) {
      case "forbid": {
        const rule = ruleOf(command, id);
        const branch = proposalBranch(number, "forbid", {
          name: rule.forbid,
          mark: fingerprint(JSON.stringify(rule)),
        });
        wanted.set(`rule ${rule.forbid}`, {
          kind: "forbid",
          branch,
          name: rule.forbid,
          rule,
          basis: null,
          asked,
        });
        break;
      }
      case "retire": {
        const { rule: name } = command;
        if (basis === null) wanted.delete(`rule ${name}`);
        else {
          const branch = proposalBranch(number, "retire", { name, mark: basis });
          wanted.set(`rule ${name}`, { kind: "retire", branch, name, rule: null, basis, asked });
        }
        break;
      }
      case "setup":
        wanted.set("setup", {
          kind: "setup",
          branch: proposalBranch(number, "setup", null),
          name: VALIDATION_PATH,
          rule: null,
          basis: null,
          asked,
        });
        break;
      default:
        break;
    }
  }
  return [...wanted.values()];
}

/** Whether the default branch is still without it, and nobody has it open already. */
export function isDue(proposal: Proposal, state: IncidentState, config: Config): boolean {
  return (
    !wasAnswered(proposal, state) && !isOpenElsewhere(proposal, state) && isMissing(proposal, state, config)
  );
}

/** Whether the default branch is without what it proposes. */
export function isMissing(proposal: Proposal, state: IncidentState, config: Config): boolean {
  switch (proposal.kind) {
    case "forbid":
      return !config.checks.forbid.some((rule) => covers(rule, proposal.rule!));
    case "retire":
      return basisOf(config, proposal.name) === proposal.basis;
    case "setup":
      return !proposalsOf(state).isValidationThere;
  }
}

/** Fingerprint of the rules of the configuration that a name stands for: what they forbid, or the id of their full form. null: there is none. */
export function basisOf(config: Config, name: string): string | null {
  const { checks } = config;
  const rules = [
    ...checks.forbid.filter(({ forbid }) => forbid === name),
    ...checks.rules.filter(({ id }) => id === name),
  ];
  return rules.length === 0 ? null : fingerprint(JSON.stringify(rules));
}

/** What became of a proposal, also where a person opened it from our branch; null: there was none. */
export function pullRequestOf(
  { branch }: Pick<Proposal, "branch">,
  state: IncidentState,
): PullRequestFacts | null {
  return proposalsOf(state).pullRequests.findLast(({ head }) => head === branch) ?? null;
}

/** Ours to close: a name proves nothing. */
export function ownPullRequests(state: IncidentState): readonly PullRequestFacts[] {
  return proposalsOf(state).pullRequests.filter(({ author }) => author.login === state.app.login);
}

/** Closed by the app, because somebody took the rule back: the one closed proposal that may come again. */
export function wasWithdrawn(pull: PullRequestFacts, state: IncidentState): boolean {
  const closed = pull.events.findLast(({ kind }) => kind === "closed");
  return pull.state === "closed" && closed?.actor.login === state.app.login;
}

export function proposalsOf(state: IncidentState): ProposalsState {
  return state.proposals ?? { pullRequests: [], branches: [], elsewhere: [], isValidationThere: false };
}

/** Open, merged, or closed by a person: each is an answer. */
function wasAnswered(proposal: Proposal, state: IncidentState): boolean {
  const pull = pullRequestOf(proposal, state);
  return pull !== null && !wasWithdrawn(pull, state);
}

/** Of another incident, about the same name: one open proposal is enough. */
function isOpenElsewhere(proposal: Proposal, state: IncidentState): boolean {
  const own = parseProposalBranch(proposal.branch);
  return proposalsOf(state).elsewhere.some((head) => {
    const other = parseProposalBranch(head);
    return other?.kind === own?.kind && other?.slug === own?.slug;
  });
}
