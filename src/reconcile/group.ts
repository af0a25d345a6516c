import { type CommitState, type IncidentCommit, isOfIncident } from "../checks/commit-state.ts";
import { explained } from "../checks/explained.ts";
import { carriedVerdict, groupVerdict, withoutButton } from "../checks/group-verdict.ts";
import { type CheckWrite, isSettled, planCheck } from "../checks/plan-checks.ts";
import type { Verdict } from "../checks/verdict.ts";
import { type WantedCheck, wantedChecks } from "../checks/wanted-checks.ts";
import { withOutcome } from "../checks/with-outcome.ts";
import type { Config } from "../config/schema.ts";
import { observeCommit, orGone, readTree } from "../github/observe-commit.ts";
import { type GroupPull, type GroupState, observeGroup } from "../github/observe-group.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import { writeCheckRuns } from "../github/writers/check-run.ts";
import type { CheckDecisions } from "../incident/check-decisions.ts";
import { parseBackMergeBranch, parseHotfixBranch } from "../incident/names.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { checkBasis } from "./check-basis.ts";
import { type CommitPassCaches, readDecisions, withRules } from "./commit.ts";
import { Judge } from "./judge.ts";
import type { PassResult } from "./worker.ts";

/** A check as the group is to show it. */
interface Shown {
  readonly name: string;
  /** Of the documentation. */
  readonly page: string;
  readonly blocks: boolean;
  readonly basis: string;
  readonly verdict: () => Promise<{ readonly verdict: Verdict; readonly findings: string | null }>;
}

/**
 * One pass over what a merge queue built: the same checks as on the hotfix where there is one in it, else a quick answer to those that the rules of the
 * branch wait for. null: the group is not to be seen, not yet or not any more.
 */
export async function reconcileGroup(
  client: RepositoryClient,
  sha: Sha,
  caches: CommitPassCaches,
): Promise<PassResult | null> {
  const observed = await observeGroup(client, sha, caches.configurations);
  if (observed === null) return null;
  const { state, config } = observed;
  const hotfix = state.pulls.find((pull) =>
    isHotfix(pull, config, (name) => caches.adoptions.incidentOf(client, name)),
  );
  const asked =
    hotfix === undefined
      ? guardedChecks(client, state, config, caches)
      : await hotfixChecks(client, state, config, hotfix, caches);
  if (asked === null) return null;
  const shown = [...asked, ...quickAnswers(state, config, asked, hotfix === undefined)];
  const pending = shown.filter(({ name, basis }) => !isSettled(state, name, basis));
  const verdicts = await Promise.all(pending.map((check) => check.verdict()));
  const { homepage } = client.app;
  const writes = pending.map((check, index): readonly CheckWrite[] => {
    const { verdict, findings } = verdicts[index]!;
    // What the group adds is not of the hotfix alone: no rule is held against it here.
    const id = withOutcome(check.basis, { findings, failedRules: [] });
    const { page, blocks } = check;
    const { repositoryUrl } = state;
    return planCheck(state, check.name, id, explained(verdict, { page, blocks, homepage, repositoryUrl }));
  });
  const refusal = await writeCheckRuns(client, sha, writes);
  return {
    wakeAt: null,
    fields: {
      outcome: refusal ?? (pending.length === 0 ? "settled" : "published"),
      group: state.pulls.map(({ number }) => number),
      ...(hotfix !== undefined && { hotfix: hotfix.number }),
      conclusions: Object.fromEntries(
        pending.map(({ name }, index) => [name, verdicts[index]!.verdict.conclusion]),
      ),
    },
  };
}

function isHotfix(
  { branch }: GroupPull,
  { branches }: Config,
  adoptedBy: (branch: string) => number | null,
): boolean {
  if (branch === null) return false;
  return (
    adoptedBy(branch) !== null ||
    parseHotfixBranch(branches, branch) !== null ||
    parseBackMergeBranch(branches, branch) !== null
  );
}

/**
 * The code is compared with what the pull request was put on; all else is about the hotfix, which is the same in the group. What stands above the hotfix has
 * its own pull request: only where all of those are guarded the code of the whole group is looked at.
 */
async function hotfixChecks(
  client: RepositoryClient,
  group: GroupState,
  given: Config,
  pull: GroupPull,
  caches: CommitPassCaches,
): Promise<readonly Shown[] | null> {
  const { configurations, adoptions, results } = caches;
  const observed = await observeCommit(client, pull.head, configurations, adoptions);
  if (observed.kind !== "seen" || !isOfIncident(observed.state)) return null;
  const head = observed.state;
  const isUpTo = pull.group === group.sha || given.checks.guard === "all";
  const upTo = isUpTo ? group : await groupOfPull(client, group, pull);
  if (upTo === null) return null;
  const tree = onGroup(head, upTo, pull.base);
  const judge = new Judge(client, head, results, tree);
  judge.prepare(given);
  const decisions = await readDecisions(client, head.subject.incident);
  const config = withRules(given, decisions.rules);
  return wantedChecks(config.checks, head.subject.kind).map((check) =>
    shownOn(judge, check, check.property === "properties" ? tree : head, { config, decisions, head }),
  );
}

/** The group that the queue made for the hotfix itself, further down; what is shown is shown on this one. */
async function groupOfPull(
  client: RepositoryClient,
  group: GroupState,
  { group: sha }: GroupPull,
): Promise<GroupState | null> {
  const tree = await orGone(readTree(client, sha));
  return tree === null ? null : { ...group, ...tree, sha };
}

function onGroup(head: IncidentCommit, group: GroupState, base: Sha | null): IncidentCommit {
  const { sha, entries, isTreeTruncated, isRerunRequested, runs } = group;
  return {
    ...head,
    sha,
    entries,
    isTreeTruncated,
    isRerunRequested,
    runs,
    targetHead: base ?? head.targetHead,
  };
}

/** What a check of a group stands on. `head`: of the hotfix whose verdict it carries; null: it is judged on the group. */
interface Footing {
  readonly config: Config;
  readonly decisions: CheckDecisions;
  readonly head: CommitState | null;
}

function shownOn(
  judge: Judge,
  check: WantedCheck,
  state: CommitState,
  { config, decisions, head }: Footing,
): Shown {
  const { name, property, blocks } = check;
  return {
    name,
    blocks,
    page: property,
    basis: `${checkBasis(check, state, config, decisions)}${head === null ? "" : `;head=${head.sha}`}`,
    async verdict() {
      const [judged] = await judge.all([check], config, decisions);
      const { verdict, findings } = judged!;
      return {
        findings,
        verdict:
          head === null || property === "properties"
            ? withoutButton(verdict)
            : carriedVerdict(verdict, head.sha),
      };
    },
  };
}

/** Where every pull request is guarded, the code of every group is looked at. */
function guardedChecks(
  client: RepositoryClient,
  group: GroupState,
  config: Config,
  { results }: CommitPassCaches,
): readonly Shown[] {
  const [own] = group.pulls;
  if (config.checks.guard !== "all" || own === undefined) return [];
  const { sha, target, repositoryUrl, configuration, isPrivate } = group;
  const { entries, isTreeTruncated, isRerunRequested, runs } = group;
  const state: CommitState = {
    sha,
    isHead: true,
    repositoryUrl,
    mayNamePeople: isPrivate || config.public.people,
    pullRequest: own.number,
    subject: { kind: "pull-request", number: own.number, branch: own.branch ?? "", target },
    configuration,
    targetHead: own.base,
    entries,
    isTreeTruncated,
    isRerunRequested,
    runs,
    otherChecks: [],
    reviews: null,
  };
  const judge = new Judge(client, state, results);
  const none: CheckDecisions = { overrides: [], rules: [] };
  return wantedChecks(config.checks, "pull-request").map((check) =>
    shownOn(judge, check, state, { config, decisions: none, head: null }),
  );
}

/** Checks of ours that the rules wait for and nobody answers otherwise. Where the rules cannot be read, all that they could name. */
function quickAnswers(
  { required, configuration }: GroupState,
  config: Config,
  asked: readonly Shown[],
  isWithoutHotfix: boolean,
): readonly Shown[] {
  const wanted = wantedChecks(config.checks, "hotfix");
  const names = required?.filter((name) => name.startsWith("hotfix/")) ?? wanted.map(({ name }) => name);
  const answered = new Set(asked.map(({ name }) => name));
  return [...new Set(names)]
    .filter((name) => !answered.has(name))
    .map((name) => ({
      name,
      blocks: !name.endsWith(" (advice)"),
      page: wanted.find((check) => check.name === name)?.property ?? "merge-queue",
      basis: `${name};config=${configuration.revision};group=none`,
      verdict: () =>
        Promise.resolve({
          verdict: groupVerdict(isWithoutHotfix ? "no-hotfix" : "not-asked"),
          findings: null,
        }),
    }));
}
