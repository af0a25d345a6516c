import type { Answer } from "../incident/answers.ts";
import type { IncidentFacts } from "../incident/facts.ts";
import type { ActionFacts } from "../incident/facts/action-facts.ts";
import type { RoundFacts } from "../incident/facts/round-facts.ts";
import type { ForbidRule } from "../config/schema/forbid-rule-schema.ts";
import type { ProposalKind } from "../incident/names.ts";
import type { ShellCommand } from "../incident/state/problem.ts";
import type { IncidentIndex } from "./views/index-view.ts";

/**
 * Every text that the app writes to GitHub. Pure: the same facts give the same text, byte for byte. All text of people arrives raw and leaves
 * inert (`documents/markdown.ts`). Titles are plain text; bodies are GitHub Flavored Markdown below 60,000 characters.
 */
export interface Renderer {
  /** The managed section of the status comment, without its markers. */
  statusSection(facts: IncidentFacts): string;
  productionPullRequest(
    facts: IncidentFacts,
    round: RoundFacts,
  ): { readonly title: string; readonly body: string };
  backMergePullRequest(
    facts: IncidentFacts,
    round: RoundFacts,
    target: string,
  ): { readonly title: string; readonly body: string };
  /** One short comment for one turning point, mentioning who must act. */
  turningPoint(facts: IncidentFacts, point: TurningPoint): string;
  /** The one answer to a comment with commands. */
  reply(facts: IncidentFacts, reply: ReplyPoint): string;
  /** The issue of an action item. `missingLabel`: the label that it could not get. */
  followUp(
    facts: IncidentFacts,
    action: ActionFacts,
    missingLabel: string | null,
  ): { readonly title: string; readonly body: string };
  /** The comment on the pull request whose check somebody took on themselves. */
  override(point: OverridePoint): string;
  tagMessage(facts: IncidentFacts, round: RoundFacts): string;
  release(facts: IncidentFacts, round: RoundFacts): { readonly name: string; readonly body: string };
  /** A whole file. */
  document(facts: IncidentFacts, kind: DocumentKind): string;
  /** The file as it must be after facts changed, with all that people wrote in it; null: it stays as it is, or it is not the app's. */
  documentAgain(facts: IncidentFacts, kind: DocumentKind, existing: string): string | null;
  documentsPullRequest(facts: IncidentFacts): { readonly title: string; readonly body: string };
  /** What goes to the default branch beside the incident. */
  proposal(facts: IncidentFacts, point: ProposalPoint): { readonly title: string; readonly body: string };
  /** The one comment on a proposal that the app closes itself. */
  withdrawal(facts: IncidentFacts): string;
  /** `incidents/README.md`: one row for each incident. */
  incidentIndex(index: IncidentIndex): string;
  /** Where the index is brought by a pull request. */
  indexPullRequest(index: IncidentIndex): { readonly title: string; readonly body: string };
  /** null: it stays as it is, or it is not the app's. */
  incidentIndexAgain(index: IncidentIndex, existing: string): string | null;
  /** Last comment: time of each phase, total against the SLA, links. */
  closingComment(
    facts: IncidentFacts,
    documents: readonly { readonly name: string; readonly url: string }[],
  ): string;
}

/** The public update holds no name, no revenue, no code and no word that somebody typed. */
export type DocumentKind = "incident-report" | "retrospective" | "stakeholder-update" | "public-update";

export interface ReplyPoint {
  /** Login of whoever wrote the comment. */
  readonly actor: string;
  /** Of the comment. */
  readonly url: string;
  /** One for each command of the comment, in its order. */
  readonly answers: readonly Answer[];
  /** Where the report is committed; null: not yet. */
  readonly report: string | null;
}

export interface OverridePoint {
  /** Name of the check run. */
  readonly check: string;
  /** What it said: its title. */
  readonly found: string;
  /** Login; null where people may not be named. */
  readonly by: string | null;
  readonly because: string;
  /** Of the comment on the incident. */
  readonly url: string;
  /** Issue number. */
  readonly incident: number;
  readonly repositoryUrl: string;
  readonly mayNamePeople: boolean;
}

export interface ProposalPoint {
  readonly kind: ProposalKind;
  /** Of the rule, or the path of the file. */
  readonly name: string;
  /** Of `forbid`. */
  readonly rule: ForbidRule | null;
  readonly base: string;
  /** Login of whoever asked, and where. */
  readonly by: string;
  readonly url: string;
}

export type TurningPoint =
  | { readonly kind: "ready"; readonly round: number }
  | { readonly kind: "conflict"; readonly round: number; readonly target: string }
  | {
      readonly kind: "blocked";
      readonly code: string;
      readonly sentence: string;
      readonly nextStep: string;
      readonly commands?: readonly ShellCommand[];
    }
  /** `skipped`: names of tags that could not be had, one sentence each. */
  | { readonly kind: "released"; readonly round: number; readonly skipped?: readonly string[] }
  | { readonly kind: "landed"; readonly round: number }
  | { readonly kind: "not-accepted"; readonly actor: string; readonly needed: string }
  /** `held`: in the order in which they go first; `unread`: how many more may wait. */
  | {
      readonly kind: "held-back";
      readonly actor: string;
      readonly opened: number;
      readonly held: readonly { readonly number: number; readonly severity: string }[];
      readonly unread: number;
    }
  | { readonly kind: "configuration"; readonly problems: readonly string[]; readonly codeIsOff: boolean }
  | { readonly kind: "empty-merge"; readonly round: number };
