import type { Action } from "../incident/action.ts";
import type { Problem } from "../incident/state/problem.ts";
import { statusOf } from "./http-status.ts";
import { ProblemError } from "./problem-error.ts";
import { refusalHeader, refusalText } from "./refusal-text.ts";
import { GraphqlFailure } from "./run-graphql.ts";
import { isServerFault } from "./server-fault.ts";

/**
 * What an error of a write means (design.md section 6): a problem that a person mends, a problem that passes by itself (`transient`), or null: our
 * bug, to be thrown on. Matched by status first and by text second, since GitHub documents no texts.
 */
export function problemOf(error: unknown, action: Action): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  const what = whatWas(action);
  if (isServerFault(error)) return unanswered(what);
  if (error instanceof GraphqlFailure) return graphqlProblem(error, what);
  const status = statusOf(error);
  if (status === null) return null;
  const text = refusalText(error);
  return (
    byText(text, what) ?? byStatus(status, text, refusalHeader(error, "x-accepted-github-permissions"), what)
  );
}

/** Refusals that mean the same whatever was asked. */
function byText(text: string, what: string): Problem | null {
  if (/archived|read-only/iu.test(text)) {
    return {
      code: "archived",
      sentence: `${what} was refused: the repository is archived`,
      nextStep: "Unarchive the repository, or go on elsewhere",
      transient: false,
    };
  }
  if (/issue is locked|conversation is locked/iu.test(text)) {
    return {
      code: "issue-locked",
      sentence: `${what} was refused: the conversation is locked`,
      nextStep: "Unlock the conversation",
      transient: false,
    };
  }
  if (/without `?workflows?`? permission/iu.test(text)) {
    return {
      code: "workflow-drift",
      sentence: `${what} was refused: it touches workflow files, for which this app has no permission`,
      nextStep:
        "Do it by hand once, or grant the app the permission Workflows and write `/hotfix sync` in a comment",
      transient: false,
    };
  }
  if (/repository rule violations?/iu.test(text)) return ruleViolation(what, text);
  if (/protected branch|BRANCH_PROTECTION_RULE_VIOLATION/iu.test(text)) return branchProtected(what);
  return null;
}

function byStatus(status: number, text: string, accepted: string | null, what: string): Problem | null {
  // Races: somebody else moved the same thing in the same moment (F1, F7).
  if (status === 409) {
    return /not accessible|permission|must have/iu.test(text)
      ? permissionMissing(what, accepted)
      : racing(what);
  }
  if (status === 403) return permissionMissing(what, accepted);
  // A token that is a second old is not known everywhere; what was just made is not shown everywhere (F1).
  if (status === 401 || status === 404) return lagging(what);
  if (status === 410) {
    return {
      code: "gone",
      sentence: `${what} was refused: the issue was deleted, or issues are switched off`,
      nextStep: "Switch issues on, or declare the incident again",
      transient: false,
    };
  }
  return null;
}

function graphqlProblem(failure: GraphqlFailure, what: string): Problem | null {
  const known = byText(failure.message, what);
  if (known !== null) return known;
  const types = new Set(failure.errors.map((error) => error.type));
  if (types.has("FORBIDDEN")) return permissionMissing(what, null);
  if (types.has("STALE_DATA")) return racing(what);
  // "Something went wrong while executing your query" comes without a type (F4).
  return /something went wrong|timed? ?out|timeout|loading/iu.test(failure.message) ? unanswered(what) : null;
}

/** The first rule that GitHub names, in its words; null where it names none. */
export function violatedRule(text: string): string | null {
  const rule = text
    .split(/[\n;]/u)
    .map((line) => line.trim())
    .find(
      (line) => line !== "" && !/^(?:.*repository rule violations? found|validation failed)/iu.test(line),
    );
  return rule === undefined ? null : rule.slice(0, 200).replace(/[.\s]+$/u, "");
}

export function ruleViolation(what: string, text: string): Problem {
  const rule = violatedRule(text);
  return {
    code: "rule-violation",
    sentence: `${what} was refused by a rule of the repository${rule === null ? "" : `: ${rule}`}`,
    nextStep: "Let this app bypass the ruleset and write `/hotfix sync` in a comment, or do it by hand",
    transient: false,
  };
}

export function branchProtected(what: string): Problem {
  return {
    code: "branch-protected",
    sentence: `${what} was refused: the branch is protected`,
    nextStep: "Let this app pass the protection and write `/hotfix sync` in a comment, or do it by hand",
    transient: false,
  };
}

/** `accepted`: GitHub's own list of what would have been enough, e.g. `contents=write; contents=write,workflows=write`. */
function permissionMissing(what: string, accepted: string | null): Problem {
  const wanted = accepted?.split(";")[0]?.trim().replace("=", ": ") ?? null;
  return {
    code: "permission-missing",
    sentence: `${what} was refused: this app lacks ${wanted === null || wanted === "" ? "a permission" : `the permission ${wanted}`}`,
    nextStep: "An owner accepts the app's permissions in the settings of the installation",
    transient: false,
  };
}

function unanswered(what: string): Problem {
  return {
    code: "github-unavailable",
    sentence: `${what} got no answer from GitHub`,
    nextStep: "Nothing: the app looks again and goes on by itself",
    transient: true,
  };
}

function lagging(what: string): Problem {
  return {
    code: "github-lagging",
    sentence: `${what} met a GitHub that does not show everything yet`,
    nextStep: "Nothing: the app looks again and goes on by itself",
    transient: true,
  };
}

function racing(what: string): Problem {
  return {
    code: "github-busy",
    sentence: `${what} met another change of the same thing`,
    nextStep: "Nothing: the app looks again and goes on by itself",
    transient: true,
  };
}

/** The action as the subject of a sentence. Names of branches and tags are ours; nothing here is text of people. */
export function whatWas(action: Action): string {
  switch (action.kind) {
    case "create-branch":
      return `Creating the branch ${action.branch}`;
    case "open-pull-request":
      return `Opening the pull request from ${action.head} to ${action.base}`;
    case "write-status":
      return "Writing the status comment";
    case "write-digest":
      return "Listing the incidents that are held back";
    case "post-comment":
      return "Writing a comment";
    case "mark-ready":
      return `Marking pull request ${action.pullRequest} ready`;
    case "request-review":
      return `Requesting review on pull request ${action.pullRequest}`;
    case "assign":
      return "Assigning the responder";
    case "create-tag":
      return `Creating the tag ${action.tag}`;
    case "publish-release":
      return `Publishing the release ${action.tag}`;
    case "merge-into-branch":
      return `Merging the release into ${action.branch}`;
    case "commit-merge":
      return `Resolving the conflict on ${action.branch}`;
    case "report-conflicts":
      return `Reporting on the conflicts of pull request ${action.pullRequest}`;
    case "report-forecast":
      return `Reporting what merging pull request ${action.pullRequest} into its targets gives`;
    case "merge-pull-request":
      return `Merging pull request ${action.pullRequest}`;
    case "commit-documents":
      return `Committing the documents to ${action.branch}`;
    case "propose-change":
      return `Proposing a change to ${action.base}`;
    case "withdraw-proposal":
      return `Closing pull request ${action.pullRequest}`;
    case "delete-branch":
      return `Deleting the branch ${action.branch}`;
    case "close-issue":
      return "Closing the incident";
    case "open-follow-up":
      return "Opening the issue of an action item";
    case "close-follow-up":
      return `Closing #${action.issue} as not planned`;
  }
}
