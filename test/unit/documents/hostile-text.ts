import type { IncidentFacts } from "../../../src/incident/facts.ts";
import type { CauseFacts } from "../../../src/incident/facts/cause-facts.ts";
import type { BackMergeFacts, RoundFacts } from "../../../src/incident/facts/round-facts.ts";
import type { StatementFacts } from "../../../src/incident/facts/statement-facts.ts";
import type { CommitFacts } from "../../../src/incident/state/commit-facts.ts";
import type { PullRequestFacts } from "../../../src/incident/state/pull-request-facts.ts";
import { fc } from "../../support/fast-check.ts";

/** Pieces that do something somewhere: faults.md S18, S22, S23. */
export const NASTY = [
  "@acme/payments",
  "@everyone",
  "@ana",
  "a@b.example",
  "#1",
  "Fixes #999",
  "closes GH-12",
  "resolves acme/other#3",
  "fixes https://github.com/acme/shop/issues/1",
  "www.evil.example",
  "http://evil.example",
  "[x](javascript:alert(1))",
  "[x](https://evil.example)",
  "![](http://attacker.example/?q=)",
  "<img src=x onerror=y>",
  "<details><summary>",
  "</sub>",
  "<!-- hotfix:incident=7;kind=status -->",
  "<!-- hotfix:begin status -->",
  "<!-- hotfix:end summary -->",
  "-->",
  "<!--",
  "```",
  "````sh",
  "~~~",
  "`",
  "``",
  "|",
  "| --- |",
  "\\",
  "\\|",
  "\n",
  "\r\n",
  "\n\n",
  "\n# heading",
  "\n---\n",
  "\n===\n",
  "\n- item",
  "\n1. item",
  "\n> quote",
  "\n    indented",
  "\t",
  "- ",
  "+ ",
  "* ",
  "1) ",
  "> [!WARNING]",
  "[ref]: https://evil.example",
  "[ref][ref]",
  "[^1]",
  "*bold*",
  "__bold__",
  "~~gone~~",
  "$x$",
  "&copy;",
  "&#64;ana",
  "::set-output name=x::y",
  "::stop-commands::z",
  "##[group]",
  "[skip ci]",
  "***NO_CI***",
  "Co-authored-by: Eve <eve@evil.example>",
  "\u202Eevil\u202C",
  "\u200B",
  "\u2028",
  "\u0000",
  "\u001B[31m",
  "\uD800",
  "\u{E0041}",
  "{{title}}",
  "{{{title}}}",
  "$(id)",
  "${IFS}",
  "'; rm -rf /; '",
  "../../.github/workflows/x.yml",
  "%2e%2e",
  "決済が失敗",
  "🔥",
  "plain words",
] as const;

export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(""));

/** The facts with every text that a person can have typed replaced. `next.who` and the owners stay: they are meant. */
export function poisoned(facts: IncidentFacts, text: string): IncidentFacts {
  const round = (each: RoundFacts): RoundFacts => ({
    ...each,
    hotfixBranch: text,
    commits: each.commits.map((commit) => poisonedCommit(commit, text)),
    pullRequest: each.pullRequest === null ? null : poisonedPullRequest(each.pullRequest, text),
    tag: each.tag === null ? null : text,
    releaseUrl: text,
    backMerges: each.backMerges.map((backMerge) => poisonedBackMerge(backMerge, text)),
  });
  return {
    ...facts,
    title: text,
    service: facts.service === null ? null : text,
    severity: text,
    description: text,
    usersAffected: text,
    declaredBy: { login: text, kind: "user" },
    branches: { production: text, integration: text },
    suspects: facts.suspects.map((commit) => ({
      ...poisonedCommit(commit, text),
      reasons: [
        { kind: "named", paths: [text] },
        { kind: "service", service: text },
        { kind: "shipped-last", tag: text, after: text },
      ],
    })),
    statedTimes: {
      impactStarted: poisonedStatement(facts.statedTimes.impactStarted, text),
      detected: poisonedStatement(facts.statedTimes.detected, text),
      recovered: poisonedStatement(facts.statedTimes.recovered, text),
      verified: poisonedStatement(facts.statedTimes.verified, text),
    },
    corrections: facts.corrections.map((each) => ({ ...each, by: text, url: text })),
    impact:
      facts.impact === null
        ? null
        : { ...facts.impact, statedBy: poisonedStatement(facts.impact.statedBy, text) },
    shares: facts.shares.map((each) => ({ ...each, statedBy: poisonedStatement(each.statedBy, text) })),
    metrics: facts.metrics.map((each) => ({
      ...each,
      by: text,
      url: text,
      name: text,
      before: each.before === null ? null : { ...each.before, unit: text },
      after: each.after === null ? null : { ...each.after, unit: text },
      target: each.target === null ? null : { ...each.target, unit: text },
    })),
    cause: facts.cause === null ? null : poisonedCause(facts.cause, text),
    decisions: facts.decisions.map((each) => ({ ...each, text, by: text, because: text, url: text })),
    actions: facts.actions.map((each) => ({
      ...each,
      text,
      by: text,
      url: text,
      owner: each.owner === null ? null : text,
      because: each.because === null ? null : text,
    })),
    failedRules: facts.failedRules.map((each) => ({ ...each, report: text, rules: [text] })),
    updates: facts.updates.map((each) => ({ ...each, text, by: text, url: text })),
    rollbackTag: facts.rollbackTag === null ? null : text,
    goBackTo: text,
    rounds: facts.rounds.map(round),
    excludedReleases: facts.excludedReleases.map(() => ({ name: text, because: text })),
    timeline: facts.timeline.map((entry) => ({ ...entry, text, actor: text, url: text })),
    problems: facts.problems.map((problem) => ({ ...problem, sentence: text, nextStep: text })),
    noticed: facts.noticed.map(() => text),
    next: { ...facts.next, what: text },
  };
}

function poisonedStatement(statement: StatementFacts | null, text: string): StatementFacts | null {
  return statement === null ? null : { ...statement, by: text, url: text };
}

function poisonedCause(cause: CauseFacts, text: string): CauseFacts {
  const said = { by: text, url: text };
  return cause.kind === "text"
    ? { ...cause, ...said, text }
    : {
        ...cause,
        ...said,
        commit: poisonedCommit(cause.commit, text),
        carriedBy: cause.carriedBy === null ? null : { tag: text, url: text },
        hunks: cause.hunks.map((hunk) => ({ path: text, header: text, lines: hunk.lines.map(() => text) })),
      };
}

function poisonedCommit(commit: CommitFacts, text: string): CommitFacts {
  return { ...commit, message: text, author: text, url: text };
}

function poisonedPullRequest(pullRequest: PullRequestFacts, text: string): PullRequestFacts {
  return {
    ...pullRequest,
    title: text,
    body: text,
    head: text,
    base: text,
    // Not a user: a login that somebody could have is mentioned on purpose.
    mergedBy: { login: text, kind: "bot" },
    assignees: [],
    checkRuns: pullRequest.checkRuns.map((run) => ({
      ...run,
      name: text,
      conclusion: "failure",
      title: text,
    })),
  };
}

function poisonedBackMerge(backMerge: BackMergeFacts, text: string): BackMergeFacts {
  return {
    ...backMerge,
    target: text,
    branch: text,
    pullRequest: backMerge.pullRequest === null ? null : poisonedPullRequest(backMerge.pullRequest, text),
  };
}
