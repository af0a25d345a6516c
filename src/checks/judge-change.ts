import type { Config } from "../config/schema.ts";
import { counted } from "../documents/counted.ts";
import { code, link, prose, type SafeMarkdown } from "../documents/markdown.ts";
import { parseOpeningMessage } from "../incident/opening-commit.ts";
import type { CommitFacts, Sha } from "../incident/state/commit-facts.ts";
import type { Change } from "./change-list.ts";
import type { IncidentCommit, OtherCheck } from "./commit-state.ts";
import { integrationWork } from "./integration-work.ts";
import { messageFindings } from "./properties/message.ts";
import { migrationsResult } from "./properties/migrations.ts";
import { approversOf, reviewFindings } from "./properties/review.ts";
import { scopeFindings } from "./properties/scope.ts";
import { secretsIn } from "./properties/secrets.ts";
import { testsFindings, testsPassed } from "./properties/tests.ts";
import { type PropertyReport, propertyVerdict } from "./property-verdict.ts";
import type { Verdict } from "./verdict.ts";
import type { Property, WantedCheck } from "./wanted-checks.ts";

/** What the hotfix changes, and who made it. */
export interface HotfixChange {
  readonly changes: readonly Change[];
  /** Commits that production lacks, newest first. */
  readonly commits: readonly CommitFacts[];
  /** Those that the integration branch lacks, too. */
  readonly own: ReadonlySet<Sha>;
  /** Logins of those who wrote, committed or pushed any of it. */
  readonly makers: ReadonlySet<string>;
  /** Of the incident's issue; null where it cannot be seen. */
  readonly title: string | null;
  /** Its oldest commits that were not read: who made them is not known, nor what they say. */
  readonly unreadCommits: number;
  /** `newest`: there are older pushes than those that were read. `none`: this GitHub does not tell who pushed. */
  readonly pushesRead: "all" | "newest" | "none";
  /** What of it was not read, one plain sentence each. */
  readonly limits: readonly string[];
}

/** Verdict of a property that is about the change as a whole. `change` null: there is nothing to compare the commit with. */
export async function judgeChange(
  { property, blocks }: WantedCheck & { readonly property: Exclude<Property, "properties"> },
  state: IncidentCommit,
  config: Config,
  change: HotfixChange | null,
): Promise<Verdict> {
  const report = change === null ? INCOMPARABLE : await reportOf(property, state, config, change);
  const verdict = propertyVerdict({ property, ...report }, blocks);
  // Nothing is wrong with the commit: somebody else has to do something.
  return property === "review" && verdict.blockers.length > 0
    ? // Who else approved it meanwhile changes nothing; another commit does.
      { ...verdict, conclusion: "action_required", blockers: [`review of ${state.sha}`] }
    : verdict;
}

const INCOMPARABLE: Omit<PropertyReport, "property"> = {
  findings: [],
  passed: "Nothing was compared.",
  limits: ["The commit could not be compared with production."],
  details: [],
};

async function reportOf(
  property: Exclude<Property, "properties">,
  state: IncidentCommit,
  config: Config,
  change: HotfixChange,
): Promise<Omit<PropertyReport, "property">> {
  const { changes, commits, limits } = change;
  const none = { limits: [], details: [] };
  switch (property) {
    case "scope":
      return scopeReport(state, config, change);
    case "tests":
      return {
        ...none,
        findings: testsFindings(changes, state.otherChecks, config.checks.tests),
        passed: testsPassed(changes, config.checks.tests),
        details: state.otherChecks
          .filter(({ isRequired }) => isRequired)
          .map((check) => checkLine(check, state.repositoryUrl)),
      };
    case "migrations": {
      const paths = new Set(state.entries.map(({ path }) => path));
      // Of a tree that GitHub cut nobody can say that a file is missing.
      const isCut = state.isTreeTruncated;
      const { findings, rollback } = migrationsResult(changes, {
        has: (path) => paths.has(path) || isCut,
        hasFile: (isWanted) =>
          isCut || paths.values().some((path) => isWanted(path.slice(path.lastIndexOf("/") + 1))),
      });
      const passed = rollback === "none" ? "The hotfix has no migration." : "Every migration has a way back.";
      const unproven = isCut && rollback !== "none" ? [WAY_BACK_UNSEEN] : [];
      return {
        findings,
        passed,
        limits: changes.length === 0 ? [] : [...limits, ...unproven],
        details: rollback === "not-free" ? [NOT_FREE] : [],
      };
    }
    case "message":
      return {
        ...none,
        findings: messageFindings(commits, messageContext(state, change), config.checks.message),
        passed: "Every message follows the convention.",
        limits: unread(change, "says"),
      };
    case "review": {
      const { sha, reviews, mayNamePeople } = state;
      const { makers, pushesRead } = change;
      const arePushersKnown = pushesRead !== "none";
      const findings = reviewFindings({ sha, reviews, mayNamePeople, makers, arePushersKnown });
      const limitsOfMakers = unreadMakers(change);
      const approvers = approversOf({ sha, reviews }).filter((login) => !makers.has(login));
      return {
        ...none,
        findings,
        passed:
          limitsOfMakers.length > 0
            ? "Somebody approved it. Whether they had a part in it is not known."
            : `Approved by ${mayNamePeople ? approvers.join(", ") : "somebody"}, who wrote and pushed none of it.`,
        limits: limitsOfMakers,
      };
    }
  }
}

/** Nobody is approved by somebody who may be one of the makers. */
function unreadMakers(change: HotfixChange): readonly string[] {
  return [
    ...unread(change, "made"),
    ...(change.pushesRead === "newest" ? ["Only the newest 100 pushes to the branch were read."] : []),
  ];
}

function unread({ commits, unreadCommits }: HotfixChange, what: "made" | "says"): readonly string[] {
  if (unreadCommits === 0) return [];
  const total = commits.length + unreadCommits;
  return [
    what === "made"
      ? `The hotfix has ${total} commits; who made the oldest ${unreadCommits} of them was not read.`
      : `The hotfix has ${total} commits; what the oldest ${unreadCommits} of them say was not read.`,
  ];
}

const NOT_FREE = prose("Rollback is not free: the code of before alone does not bring back what was before.");

const WAY_BACK_UNSEEN =
  "GitHub listed only part of the tree, so that a way back in a file of its own may be missing.";

async function scopeReport(
  state: IncidentCommit,
  config: Config,
  { changes, commits, own, limits }: HotfixChange,
): Promise<Omit<PropertyReport, "property">> {
  const { secrets, limits: unread } = await secretsIn(changes);
  const findings = scopeFindings({
    changes,
    commits,
    integrationOnly: integrationWork(commits, own, state.subject.incident),
    integration: config.branches.integration,
    services: config.services,
    secrets,
    limits: config.checks.scope,
  });
  const lines = changes.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);
  return {
    findings,
    passed: `The change is small: ${counted(changes.length, "file")}, ${counted(lines, "line")}.`,
    limits: [...limits, ...unread],
    details: [],
  };
}

/** The incident's id is the one of the opening commit; without it the number, which never changes either. */
function messageContext(state: IncidentCommit, { commits, title }: HotfixChange) {
  const { incident: number } = state.subject;
  const id = commits
    .map(({ message }) => parseOpeningMessage(message))
    .find((each) => each?.number === number)?.id;
  return { incident: { number, id: id ?? String(number) }, impact: title ?? "what people see" };
}

function checkLine(check: OtherCheck, repositoryUrl: string): SafeMarkdown {
  const says =
    check.status === "completed" ? (check.conclusion ?? "nothing") : check.status.replace("_", " ");
  const label = code(`${check.name}: ${says}`);
  return check.url === null ? label : link(label, check.url, repositoryUrl);
}
