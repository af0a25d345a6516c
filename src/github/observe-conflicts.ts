import { hasConflictMarkers, mergeSides, versionFileKinds } from "../checks/merge-sides.ts";
import { fingerprint } from "../incident/fingerprint.ts";
import { parseBackMergeBranch } from "../incident/names.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import type { ConflictFacts, ForecastFacts, VersionFileKind } from "../incident/state/forecast-facts.ts";
import type { Glance } from "./glance.ts";
import type { BranchHead } from "./read-branches.ts";
import { readComparison, readSides } from "./read-sides.ts";
import type { Forecast, ObservationHints } from "./observation-hints.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { GraphqlFailure } from "./run-graphql.ts";
import { isServerFault } from "./server-fault.ts";

interface Question {
  readonly target: string;
  readonly hotfix: Sha;
  readonly into: Sha;
}

/** Forecasts that are on their way already, by what they are about: not asked for twice in one observation. */
export type AskedForecasts = Map<string, Promise<Forecast>>;

type KindOf = (path: string) => VersionFileKind | null;

/**
 * What merging the fix into each target would give: before the production merge for the hotfix, after it for the back-merge branch once that holds
 * more than its opening commit, so that nothing stands between the merge and its tag. Two trips, and none for heads that were looked at before.
 *
 * Limits: renames are not followed; a side that changed 300 files or more, and a file that is no text, is larger than 512 kB or
 * has too many lines, is not compared, and the forecast says so.
 */
export async function observeConflicts(
  client: RepositoryClient,
  hints: ObservationHints,
  glance: Glance,
  asking: AskedForecasts = new Map(),
): Promise<ForecastFacts[]> {
  const { versionFiles } = glance.config.conflicts;
  const policy = fingerprint(JSON.stringify(versionFiles));
  const kindOf = versionFileKinds(versionFiles);
  const questions = [...beforeMerge(glance), ...afterMerge(glance)];
  const answers = await Promise.all(
    questions.map(async (question): Promise<ForecastFacts | null> => {
      const { hotfix, into } = question;
      const key = `${client.owner}/${client.repo}:${hotfix}->${into}:${policy}:${question.isShipped}`;
      const known = hints.forecasts.get(key);
      if (known === undefined && !asking.has(key)) asking.set(key, tryForecast(client, question, kindOf));
      const forecast = known ?? (await asking.get(key)!);
      if (forecast !== UNANSWERED) hints.forecasts.set(key, forecast);
      return forecast === "contained" ? null : { target: question.target, hotfix, into, ...forecast };
    }),
  );
  return answers.filter((answer) => answer !== null);
}

interface AskedQuestion extends Question {
  /** Of the shipped commit itself: then nothing is wanted where the other side holds it. */
  readonly isShipped: boolean;
}

function beforeMerge(glance: Glance): AskedQuestion[] {
  const { production, branches, config, adoptions } = glance;
  const open = glance.pullRequests.filter(
    (pull) => pull.baseRefName === config.branches.production && pull.state === "OPEN",
  );
  const heads = new Map(open.map((pull) => [pull.headRefName, pull.headRefOid]));
  const fixed = branches
    .filter(
      (branch) =>
        heads.has(branch.name) &&
        // The opening commit changes nothing: its tree is one that production had.
        !(production?.history ?? []).some((commit) => commit.tree === branch.tree),
    )
    .map((branch) => branch.head);
  const adopted = adoptions.flatMap((name) => heads.get(name) ?? []);
  return [...fixed, ...adopted].flatMap((hotfix) =>
    targetsOf(glance).map(({ name, head }) => ({
      target: name,
      hotfix,
      into: head,
      isShipped: false,
    })),
  );
}

/** The integration branch, and what has a back-merge pull request that is open. */
function targetsOf({ integration, releaseBranches, pullRequests, config }: Glance) {
  const wanted = new Set(
    pullRequests
      .filter(
        (pull) => pull.state === "OPEN" && parseBackMergeBranch(config.branches, pull.headRefName) !== null,
      )
      .map((pull) => pull.baseRefName),
  );
  return [...(integration === null ? [] : [integration]), ...releaseBranches].filter(({ name }) =>
    wanted.has(name),
  );
}

function afterMerge(glance: Glance): AskedQuestion[] {
  const targets = new Map(targetsOf(glance).map(({ name, head }) => [name, head]));
  return glance.branches.flatMap((branch) => {
    const parsed = parseBackMergeBranch(glance.config.branches, branch.name);
    const into = targets.get(parsed?.target ?? "");
    const merge = glance.merges.toReversed()[(parsed?.round ?? 1) - 1] ?? glance.merges[0];
    const isOpen = glance.pullRequests.some(
      (pull) => pull.headRefName === branch.name && pull.state === "OPEN",
    );
    if (parsed === null || into === undefined || merge === undefined || !isOpen) return [];
    if (!isTouched(glance, branch, merge.commit)) return [];
    const { target } = parsed;
    return [
      { target, hotfix: branch.head, into, isShipped: false },
      { target, hotfix: merge.commit, into: branch.head, isShipped: true },
    ];
  });
}

/** Whether the branch is more than what it was cut from: the opening commit leaves a tree that production had before the merge. */
function isTouched({ production }: Glance, branch: BranchHead, mergeCommit: Sha): boolean {
  const history = production?.history ?? [];
  const at = history.findIndex((commit) => commit.sha === mergeCommit);
  if (at < 0 || history[at]?.tree === branch.tree) return true;
  return !history.slice(at + 1).some((commit) => commit.tree === branch.tree);
}

const UNANSWERED = unknown("GitHub did not answer");

/** A forecast is advice: a query that GitHub finds too long must not hold up the incident. It is asked again next time. */
async function tryForecast(
  client: RepositoryClient,
  question: AskedQuestion,
  kindOf: KindOf,
): Promise<Forecast> {
  try {
    return await forecastOf(client, question, kindOf);
  } catch (error) {
    if (error instanceof GraphqlFailure || isServerFault(error)) return UNANSWERED;
    throw error;
  }
}

async function forecastOf(
  client: RepositoryClient,
  { hotfix, into, isShipped }: AskedQuestion,
  kindOf: KindOf,
): Promise<Forecast> {
  const comparison = await readComparison(client, into, hotfix);
  if (comparison === null) return unknown("the two branches share no history");
  if (isShipped && (comparison.relation === "behind" || comparison.relation === "identical"))
    return "contained";
  if (comparison.paths === null) return unknown("the fix's side changes 300 files or more");
  const base = comparison.mergeBase;
  const { files: sides } = await readSides(client, { base, hotfix, into }, comparison.paths);
  const files = sides.map((side) => ({ side, merged: mergeSides(side, kindOf) }));
  const conflicts = files.flatMap(({ side, merged }): ConflictFacts[] =>
    merged.kind === "clean"
      ? []
      : [
          {
            path: side.path,
            settledAs: merged.settled?.as ?? null,
            sentence: merged.sentence,
            hunks: merged.hunks,
            commits: side.commits,
          },
        ],
  );
  const markers = sides.filter(({ hotfix: file }) => hasConflictMarkers(file?.text ?? ""));
  return {
    markers: markers.map(({ path }) => path),
    outcome: conflicts.length === 0 ? { kind: "clean" } : { kind: "conflicts", files: conflicts },
  };
}

function unknown(because: string): Forecast {
  return { markers: [], outcome: { kind: "unknown", because } };
}
