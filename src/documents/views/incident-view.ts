import type { IncidentFacts, Phase } from "../../incident/facts.ts";
import type { SuspectFacts } from "../../incident/facts/cause-facts.ts";
import type { ImpactFacts } from "../../incident/facts/impact-facts.ts";
import type { RoundFacts } from "../../incident/facts/round-facts.ts";
import { pathInUrl } from "../../incident/path-in-url.ts";
import type { CommitFacts } from "../../incident/state/commit-facts.ts";
import { sayIn } from "../../incident/say.ts";
import {
  code,
  inline,
  link,
  numberLink,
  prose,
  type SafeMarkdown,
  shorten,
  visibleText,
} from "../markdown.ts";
import { mentions, person } from "./people.ts";

/** What every text may say of an incident. Strings are raw: the template's output escapes them. */
export interface IncidentView {
  readonly id: string;
  readonly number: number;
  /** Cut to one readable line. */
  readonly title: string;
  readonly url: string;
  /** Link with id and title. */
  readonly incident: SafeMarkdown;
  /** Link with the number alone. */
  readonly issue: SafeMarkdown;
  readonly service: string | null;
  readonly severity: string;
  readonly phase: Phase;
  readonly production: string;
  readonly integration: string;
  readonly sla: IncidentFacts["sla"];
  readonly declared: string;
  readonly impactStarted: string | null;
  readonly description: string | null;
  readonly usersAffected: string | null;
  readonly impact: ImpactFacts | null;
  readonly rollback: { readonly tag: string; readonly link: SafeMarkdown } | null;
  readonly obligations: IncidentFacts["obligations"];
  /** The owners as text that notifies nobody; null: none are configured. */
  readonly owners: string | null;
  /** Set where a person ended it by command. */
  readonly ended: {
    readonly kind: "abort" | "resolved";
    readonly at: string;
    readonly by: SafeMarkdown | null;
    readonly because: SafeMarkdown;
    /** A version was released before, and was not the end of it. */
    readonly isAfterRelease: boolean;
  } | null;
  readonly next: { readonly who: SafeMarkdown | null; readonly what: SafeMarkdown };
}

const TITLE_LENGTH = 160;
const REASON_LENGTH = 300;

export function incidentView(facts: IncidentFacts): IncidentView {
  const title = titleOf(facts);
  const owners = facts.owners.filter((owner) => facts.mayNamePeople || owner.includes("/"));
  return {
    id: facts.id,
    number: facts.number,
    title,
    url: facts.url,
    incident: link(`${facts.id}: ${title}`, facts.url, facts.repository.url),
    issue: numberLink(facts.number, facts.url, facts.repository.url),
    service: facts.service,
    severity: facts.severity,
    phase: facts.phase,
    production: facts.branches.production,
    integration: facts.branches.integration,
    sla: facts.sla,
    declared: facts.times.declared,
    impactStarted: facts.times.impactStarted,
    description: textOrNull(facts.description),
    usersAffected: textOrNull(facts.usersAffected),
    impact: facts.impact,
    rollback: rollbackView(facts),
    obligations: facts.obligations,
    owners: owners.length === 0 ? null : owners.join(", "),
    ended:
      facts.ended === null
        ? null
        : {
            kind: facts.ended.kind,
            at: facts.ended.at,
            by: person(facts.ended.by, facts.mayNamePeople),
            because: reason(facts.ended.because),
            isAfterRelease: facts.rounds.some(({ tag }) => tag !== null),
          },
    next: { who: mentions(facts.next.who, facts.mayNamePeople), what: sentence(facts, facts.next.what) },
  };
}

/** null once it is over: the fault is in everything before it. */
function rollbackView(facts: IncidentFacts): IncidentView["rollback"] {
  const { goBackTo: tag, phase, ended } = facts;
  if (tag === null || phase === "closed" || ended !== null) return null;
  return { tag, link: link(code(tag), treeUrl(facts, tag), facts.repository.url) };
}

/** What a person gave as the reason, inert, to stand behind a colon, without a full stop in the middle of ours. */
export function reason(because: string): SafeMarkdown {
  return inline(withoutStop(shorten(visibleText(because).trim(), REASON_LENGTH)));
}

/** Points that stand for what is left out stay. */
function withoutStop(text: string): string {
  return text.replace(/(?<![.])[.]$/u, "");
}

/** One line that a list of incidents can show; never empty. */
function titleOf(facts: IncidentFacts): string {
  const line = visibleText(facts.title).replace(/\s+/gu, " ").trim();
  return line === ""
    ? sayIn(facts.locale)("Incident {number}", { number: facts.number })
    : shorten(withoutStop(line), TITLE_LENGTH);
}

function textOrNull(text: string | null): string | null {
  return text === null || visibleText(text).trim() === "" ? null : text;
}

/** A whole sentence of the app; one that came without its full stop gets it. */
export function sentence(facts: IncidentFacts, text: string): SafeMarkdown {
  const line = text.trim();
  return phrase(facts, line === "" || /[.!?…]$/u.test(line) ? line : `${line}.`);
}

/** Words of the app in which the numbers of this incident's issue, pull requests and action items are links. */
export function phrase(facts: IncidentFacts, text: string): SafeMarkdown {
  return prose(text, numberLinks(facts));
}

/** Facts never change, and a timeline asks hundreds of times. */
const knownLinks = new WeakMap<IncidentFacts, ReadonlyMap<number, SafeMarkdown>>();

function numberLinks(facts: IncidentFacts): ReadonlyMap<number, SafeMarkdown> {
  const known = knownLinks.get(facts);
  if (known !== undefined) return known;
  const pullRequests = facts.rounds.flatMap((round) => [
    round.pullRequest,
    ...round.backMerges.map((backMerge) => backMerge.pullRequest),
  ]);
  const links = new Map(
    [facts, ...(facts.proposals ?? []), ...pullRequests, ...facts.actions.map(({ issue }) => issue)].flatMap(
      (each): readonly [number, SafeMarkdown][] =>
        each === null ? [] : [[each.number, numberLink(each.number, each.url, facts.repository.url)]],
    ),
  );
  knownLinks.set(facts, links);
  return links;
}

export interface CommitView {
  readonly short: SafeMarkdown;
  readonly subject: string;
  readonly author: SafeMarkdown | null;
  readonly committedAt: string;
}

export function commitView(facts: IncidentFacts, commit: CommitFacts): CommitView {
  return {
    short: link(code(shortSha(commit.sha)), commit.url, facts.repository.url),
    subject: shorten(visibleText(commit.message).split("\n")[0] ?? "", 120),
    author: person(commit.author, facts.mayNamePeople),
    committedAt: commit.committedAt,
  };
}

/** Likeliest first, without the hotfix itself and without anything that came after the declaration: it cannot have been the cause. */
export function suspectsOf(facts: IncidentFacts): readonly SuspectFacts[] {
  const ours = new Set(
    facts.rounds.flatMap((round) => [round.mergeCommit, ...round.commits.map((commit) => commit.sha)]),
  );
  const declared = Date.parse(facts.times.declared);
  return facts.suspects.filter(
    (commit) => !ours.has(commit.sha) && Date.parse(commit.committedAt) <= declared,
  );
}

function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

export function pullRequestLink(
  facts: IncidentFacts,
  pullRequest: { readonly number: number; readonly url: string } | null,
): SafeMarkdown | null {
  return pullRequest === null ? null : numberLink(pullRequest.number, pullRequest.url, facts.repository.url);
}

/** What `to` has that `from` has not. */
export function compareLink(facts: IncidentFacts, from: string, to: string): SafeMarkdown {
  const url = `${facts.repository.url}/compare/${pathInUrl(from)}...${pathInUrl(to)}`;
  return link(code(`${from}...${to}`), url, facts.repository.url);
}

function treeUrl(facts: IncidentFacts, ref: string): string {
  return `${facts.repository.url}/tree/${pathInUrl(ref)}`;
}

/** At most `most`, and how many more there are (0: none). */
export function capped<T>(
  items: readonly T[],
  most: number,
): { readonly shown: readonly T[]; readonly more: number } {
  return { shown: items.slice(0, most), more: Math.max(0, items.length - most) };
}

/** The version that a round started from: the tag of the round before it, else the one to roll back to. */
export function tagBefore(facts: IncidentFacts, round: RoundFacts): string | null {
  const earlier = facts.rounds.filter((each) => each.number < round.number && each.tag !== null);
  return earlier.at(-1)?.tag ?? facts.rollbackTag;
}

export function currentRound(facts: IncidentFacts): RoundFacts | null {
  return facts.rounds.at(-1) ?? null;
}
