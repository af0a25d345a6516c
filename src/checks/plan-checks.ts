import type { CheckRunState, CommitState } from "./commit-state.ts";
import type { Verdict } from "./verdict.ts";
import { basisIn } from "./with-outcome.ts";

/** One write that a check run needs. `github/writers/check-run.ts` does it. */
export type CheckWrite =
  | {
      readonly kind: "publish";
      readonly name: string;
      readonly externalId: string;
      readonly verdict: Verdict;
    }
  /** A run of ours that was begun and not ended: `sent` annotations are there already. */
  | {
      readonly kind: "resume";
      readonly run: number;
      readonly sent: number;
      readonly verdict: Verdict;
    }
  /** Somebody wants it again, and what it says is kept up to date elsewhere: the same once more. */
  | {
      readonly kind: "copy";
      readonly name: string;
      readonly externalId: string;
      readonly verdict: Verdict;
    }
  /** The verdict is what it was; only what it derives from has changed. */
  | { readonly kind: "rebase"; readonly run: number; readonly externalId: string }
  /** The check is switched off, or has another name now: what it said last must not stand in the way. */
  | { readonly kind: "withdraw"; readonly run: number; readonly verdict: Verdict }
  /** A begun run whose basis is gone: it would show as running for ever. */
  | { readonly kind: "cancel"; readonly run: number; readonly isMerged?: true };

type Shown = Pick<CommitState, "runs" | "isRerunRequested">;

/** Whether the newest run of that name already says what derives from this basis. Then nothing needs to be read or written. */
export function isSettled({ runs, isRerunRequested }: Shown, name: string, basis: string): boolean {
  const newest = newestOf(runs, name);
  return newest?.status === "completed" && basisOf(newest) === basis && !isRerunRequested;
}

/** What is missing for the commit to show `verdict` under `name`. Annotations of a run only ever grow, so a changed verdict is a new run. */
export function planCheck(
  shown: Shown,
  name: string,
  externalId: string,
  verdict: Verdict,
): readonly CheckWrite[] {
  const { runs, isRerunRequested } = shown;
  const newest = newestOf(runs, name);
  const begun = runs.filter((run) => run.name === name && run.status !== "completed");
  const resumable = begun.find((run) => run.id === newest?.id && run.externalId === externalId);
  const leftovers = begun
    .filter((run) => run !== resumable)
    .map((run): CheckWrite => ({ kind: "cancel", run: run.id }));
  if (resumable !== undefined) {
    return [...leftovers, { kind: "resume", run: resumable.id, sent: resumable.annotations, verdict }];
  }
  if (!isRerunRequested && newest?.status === "completed" && newest.externalId === externalId)
    return leftovers;
  if (!isRerunRequested && newest?.status === "completed" && saysTheSame(newest, verdict)) {
    return [...leftovers, { kind: "rebase", run: newest.id, externalId }];
  }
  return [...leftovers, { kind: "publish", name, externalId, verdict }];
}

/** What is missing for checks that are not wanted any more to stand in nobody's way. `isPropertyCheck`: whether a name is one of a check of commits. */
export function planWithdrawals(
  { runs }: Pick<Shown, "runs">,
  wanted: ReadonlySet<string>,
  isPropertyCheck: (name: string) => boolean,
): readonly CheckWrite[] {
  const names = new Set(
    runs.map(({ name }) => name).filter((name) => isPropertyCheck(name) && !wanted.has(name)),
  );
  return [...names].flatMap((name): readonly CheckWrite[] => {
    const newest = newestOf(runs, name)!;
    const isHarmless = newest.status === "completed" && newest.conclusion === WITHDRAWN.conclusion;
    return isHarmless ? [] : [{ kind: "withdraw", run: newest.id, verdict: WITHDRAWN }];
  });
}

/** A run that another pass keeps up to date, once more where "Re-run" asks for it. */
export function planCopy({ runs, isRerunRequested }: Shown, name: string): readonly CheckWrite[] {
  const newest = newestOf(runs, name);
  const { conclusion, title, summary, externalId } = newest ?? {};
  if (!isRerunRequested || newest?.status !== "completed") return [];
  if (conclusion !== "success" && conclusion !== "neutral") return [];
  const says = { title: title ?? "", summary: summary ?? "" };
  const verdict: Verdict = { conclusion, ...says, annotations: [], blockers: [] };
  return [{ kind: "copy", name, externalId: externalId ?? "", verdict }];
}

/** By which a run that was withdrawn is told from one that says something. */
export const WITHDRAWN_TITLE = "Not asked for any more";

export const WITHDRAWN: Verdict = {
  conclusion: "neutral",
  title: WITHDRAWN_TITLE,
  summary: "The configuration on the default branch does not ask for this check any more.",
  annotations: [],
  blockers: [],
};

/** What the verdict of a run derives from: its id without what came of it. */
function basisOf({ externalId }: CheckRunState): string | null {
  return externalId === null ? null : basisIn(externalId);
}

function newestOf(runs: readonly CheckRunState[], name: string): CheckRunState | undefined {
  return runs.filter((run) => run.name === name).toSorted((one, other) => other.id - one.id)[0];
}

function saysTheSame(run: CheckRunState, verdict: Verdict): boolean {
  return (
    run.conclusion === verdict.conclusion &&
    run.title === verdict.title &&
    run.summary === verdict.summary &&
    run.annotations === verdict.annotations.length
  );
}
