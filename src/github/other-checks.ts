import type { CheckRunState, OtherCheck } from "../checks/commit-state.ts";
import type { AssociatedPullRequest, ContextAnswer } from "./documents/commit-query.ts";
import { nodesOf } from "./read-commit.ts";

/** Those of others that have begun, and those that the target's rules wait for. */
export function otherChecksOf(
  app: number,
  contexts: readonly ContextAnswer[],
  pullRequest: AssociatedPullRequest | null,
): readonly OtherCheck[] {
  const required = new Set(requiredChecks(pullRequest?.baseRef ?? null));
  const ours = new Set(
    contexts.flatMap((each) =>
      each.__typename === "CheckRun" && each.checkSuite.app?.databaseId === app ? [each.name] : [],
    ),
  );
  const begun = contexts
    .map((each) => otherCheckOf(each, required))
    .filter(({ name }) => !ours.has(name))
    .toSorted((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  const names = new Set(begun.map(({ name }) => name));
  const expected = [...required]
    .filter((name) => !names.has(name) && !ours.has(name) && !name.startsWith("hotfix/"))
    .toSorted()
    .map((name): OtherCheck => ({ name, isRequired: true, status: "queued", conclusion: null, url: null }));
  return [...begun, ...expected];
}

function otherCheckOf(answer: ContextAnswer, required: ReadonlySet<string>): OtherCheck {
  if (answer.__typename === "CheckRun") {
    const { name, url } = answer;
    const status = checkStatusOf(answer.status.toLowerCase());
    return {
      name,
      url,
      status,
      isRequired: required.has(name),
      conclusion: answer.conclusion?.toLowerCase() ?? null,
    };
  }
  const name = answer.context;
  const state = answer.state.toLowerCase();
  const isRunning = state === "pending" || state === "expected";
  return {
    name,
    url: null,
    status: isRunning ? "in_progress" : "completed",
    isRequired: required.has(name),
    conclusion: isRunning ? null : state,
  };
}

/** Names of the checks that the rules of a branch wait for, as far as the app may read them. */
export function requiredChecks(base: AssociatedPullRequest["baseRef"]): readonly string[] {
  return [
    ...(base?.refUpdateRule?.requiredStatusCheckContexts ?? []).filter((name) => name !== null),
    ...nodesOf(base?.rules).flatMap(({ parameters }) =>
      (parameters?.requiredStatusChecks ?? []).map(({ context }) => context),
    ),
  ];
}

/** An app can only make these three; GitHub's own words for Actions mean that the run has not ended. */
export function checkStatusOf(status: string): CheckRunState["status"] {
  return status === "completed" || status === "queued" ? status : "in_progress";
}
