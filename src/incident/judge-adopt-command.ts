import type { Config } from "../config/schema.ts";
import { type CommandVerdict, refused } from "./command-verdict.ts";
import type { CommandOf } from "./command.ts";
import type { IncidentFacts } from "./facts.ts";
import { incidentsNamedIn, parseBackMergeBranch, parseHotfixBranch } from "./names.ts";
import { isOpeningCommit } from "./opening-commit.ts";
import { roundName } from "./round-name.ts";
import { type Say, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";

/** Whether a branch that somebody has may become the hotfix branch of the round. */
export function judgeAdoptCommand(
  { what }: CommandOf<"adopt">,
  state: IncidentState,
  config: Config,
  facts: IncidentFacts,
): CommandVerdict {
  const say = sayIn(config.locale);
  const round = facts.rounds.at(-1)!;
  if (round.mergeCommit !== null) {
    return refused(
      say("{round} has shipped", { round: roundName(say, facts, round) }),
      say("Write `/hotfix again` first"),
    );
  }
  const pull = "branch" in what ? null : state.pullRequests.find((each) => each.number === what.pullRequest);
  if (pull === undefined) {
    return refused(
      say("there is no such pull request in this repository"),
      say("Name a branch, or a pull request from one"),
    );
  }
  const branch = "branch" in what ? what.branch : pull!.head;
  const reserved = reservedBecause(say, branch, state, config);
  if (reserved !== null) return refused(reserved, say("Name the branch that holds the fix"));
  if (pull !== null && pull.state !== "open")
    return refused(
      pull.state === "merged"
        ? say("#{number} is merged", { number: pull.number })
        : say("#{number} is closed", { number: pull.number }),
      say("Name an open one"),
    );
  if (!state.branches.some((each) => each.name === branch)) {
    return refused(
      say("there is no branch `{branch}`", { branch }),
      say("Push it, then write the command again"),
    );
  }
  const taken = say(
    "the hotfix comes from `{branch}` now; nothing on it is moved, and the app never deletes it",
    {
      branch,
    },
  );
  return { ok: true, branch, what: `${taken}${integrationWork(say, branch, state)}` };
}

/** Of a branch that a hotfix cannot come from; null: it can. */
function reservedBecause(say: Say, branch: string, state: IncidentState, config: Config): string | null {
  const { production, integration } = config.branches;
  if (
    [production, integration, state.repository.defaultBranch].includes(branch) ||
    state.releaseBranches.some((each) => each.name === branch)
  ) {
    return say("`{branch}` is a trunk or a release branch", { branch });
  }
  if (
    parseBackMergeBranch(config.branches, branch) !== null ||
    branch.startsWith("hotfix-documents/") ||
    branch.startsWith("hotfix-proposals/")
  ) {
    return say("`{branch}` is the app's own", { branch });
  }
  const other = otherIncidentOf(branch, state, config);
  return other === null
    ? null
    : say("`{branch}` is the hotfix branch of #{number}", { branch, number: other });
}

/** By its name, or by the pull request that the app opened from it when another incident adopted it. */
function otherIncidentOf(branch: string, state: IncidentState, config: Config): number | null {
  const named = parseHotfixBranch(config.branches, branch)?.number;
  const opened = state.pullRequests
    .filter((each) => each.head === branch && each.state === "open" && each.author.login === state.app.login)
    .flatMap((each) => incidentsNamedIn(each.title).slice(0, 1))
    .map(({ number }) => number);
  return [named, ...opened].find((number) => number !== undefined && number !== state.issue.number) ?? null;
}

/** Cut from the integration branch, or brought there early: only its author knows, so it is said and not refused. */
function integrationWork(say: Say, branch: string, state: IncidentState): string {
  if (state.integration === null) return "";
  const there = new Set(state.integration.history.map(({ sha }) => sha));
  const commits = state.branches.find((each) => each.name === branch)?.commits ?? [];
  const count = commits.filter(
    (commit) => there.has(commit.sha) && !isOpeningCommit(commit, state.issue.number),
  ).length;
  return count === 0
    ? ""
    : say("; `{target}` has {count} of its commits already: look at what would ship with it", {
        count,
        target: state.integration.name,
      });
}
