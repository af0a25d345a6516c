import { applyFixes } from "../checks/apply-fixes.ts";
import { type IncidentCommit, isOfIncident } from "../checks/commit-state.ts";
import type { Fix } from "../checks/finding.ts";
import { compileRules } from "../checks/rule-set.ts";
import { usableRulesOf } from "../checks/usable-rules.ts";
import { type JudgedFinding, judgedFindings } from "../checks/judged-findings.ts";
import { CODE_CHECK } from "../checks/wanted-checks.ts";
import type { Config } from "../config/schema.ts";
import { counted } from "../documents/counted.ts";
import { code, mention, prose } from "../documents/markdown.ts";
import { observeCommit } from "../github/observe-commit.ts";
import { readBlobs } from "../github/read-blobs.ts";
import { readChanges } from "../github/read-changes.ts";
import { readConversation } from "../github/read-conversation.ts";
import { readPermissions } from "../github/read-permissions.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import { commitFixes, isFixCommitted, tellOnCheckRun } from "../github/writers/commit-fixes.ts";
import { checkDecisionsOf } from "../incident/check-decisions.ts";
import { frozenOf } from "../incident/comment-marker.ts";
import { satisfies } from "../incident/permitted.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { checkCode } from "./check-code.ts";
import { type CommitPassCaches, withRules } from "./commit.ts";
import { fixMessage } from "./fix-message.ts";
import type { PassResult } from "./worker.ts";

interface Click {
  readonly sha: Sha;
  /** Who pressed the button. */
  readonly login: string;
  readonly account?: number;
}

/** Commits what the rules write instead of the code that fails, as the app, for somebody who may push. Says on the check run what became of it. */
export async function applyFix(
  client: RepositoryClient,
  { sha, ...who }: Click,
  caches: CommitPassCaches,
): Promise<PassResult> {
  const { login } = who;
  const [observed, permissions] = await Promise.all([
    observeCommit(client, sha, caches.configurations, caches.adoptions),
    readPermissions(client, [login]),
  ]);
  if (observed.kind !== "seen") return outcome(observed.kind);
  const { state, config } = observed;
  // Elsewhere the app changes nobody's branch.
  if (!isOfIncident(state)) return outcome("not-ours");
  const run = state.runs.findLast(({ name }) => name === CODE_CHECK);
  if (run === undefined) return outcome("no-run");
  const { told, what } = satisfies(permissions[login]!, config.trigger.commands)
    ? observed.isMerged
      ? nothing(`The pull request is merged: a commit on \`${state.subject.branch}\` would reach nobody.`)
      : await fixed(client, state, config, who, caches)
    : {
        what: "not-permitted",
        told: `**Nothing was applied.** ${state.mayNamePeople ? mention(login).markdown : "Who pressed the button"} would need the permission ${code(config.trigger.commands).markdown} in this repository.`,
      };
  await tellOnCheckRun(client, run, told);
  return outcome(what);
}

function outcome(what: string): PassResult {
  return { wakeAt: null, fields: { outcome: what } };
}

interface Told {
  readonly what: string;
  /** Markdown. */
  readonly told: string;
}

async function fixed(
  client: RepositoryClient,
  state: IncidentCommit,
  given: Config,
  who: Omit<Click, "sha">,
  caches: CommitPassCaches,
): Promise<Told> {
  const { sha, targetHead, subject } = state;
  const by = state.mayNamePeople ? who.login : null;
  const conversation = await readConversation(client, subject.incident);
  const id = conversation === null ? undefined : frozenOf(conversation).id;
  const config = withRules(given, conversation === null ? [] : checkDecisionsOf(conversation).rules);
  const changes = targetHead === null ? Promise.resolve(null) : readChanges(client, targetHead, state);
  const ruleSet = compileRules(usableRulesOf(config));
  const input = await checkCode(client, state, config, ruleSet, caches.results, changes);
  const fixable = judgedFindings(input).filter(({ fails, finding }) => fails && finding.fix !== null);
  const files = await mendedFiles(client, state, fixable);
  if (files.length === 0) return nothing("There is nothing that the rules can mend by themselves.");
  const commit = {
    files,
    branch: subject.branch,
    expectedHead: sha,
    message: fixMessage(
      { number: subject.incident, id: id ?? String(subject.incident) },
      config.checks.message,
      fixable.map(({ finding }) => finding),
      who,
    ),
  };
  const result = state.isHead ? await commitFixes(client, commit) : ({ kind: "moved" } as const);
  switch (result.kind) {
    case "committed":
      return done(by, files.length);
    case "moved":
      return (await isFixCommitted(client, commit))
        ? done(by, files.length)
        : nothing(`\`${subject.branch}\` has moved on since this check; look at the check of its new head.`);
    case "refused":
      return nothing(`GitHub refused the commit: ${result.because}`);
  }
}

/** `by`: who pressed the button, where that may be said. */
function done(by: string | null, files: number): Told {
  return {
    what: "committed",
    told: `**Applied** to ${counted(files, "file")}${by === null ? "" : ` for ${mention(by).markdown}`}. The new head has its own checks.`,
  };
}

function nothing(because: string): Told {
  return { what: "nothing", told: `**Nothing was applied.** ${prose(because).markdown}` };
}

/** Files with their fixes. */
async function mendedFiles(
  client: RepositoryClient,
  state: IncidentCommit,
  fixable: readonly JudgedFinding[],
): Promise<readonly { readonly path: string; readonly bytes: Uint8Array }[]> {
  const fixes = Map.groupBy(fixable, ({ finding }) => finding.path);
  const wanted = state.entries.filter(({ path }) => fixes.has(path));
  const contents = new Map<string, Uint8Array>();
  await readBlobs(client, [...new Map(wanted.map((entry) => [entry.oid, entry])).values()], (oid, bytes) => {
    contents.set(oid, bytes);
    return Promise.resolve();
  });
  return wanted.flatMap(({ path, oid }) => {
    const ofFile = fixes.get(path)!.map(({ finding }): Fix => finding.fix!);
    const bytes = applyFixes(contents.get(oid)!, ofFile);
    return bytes === null ? [] : [{ path, bytes }];
  });
}
