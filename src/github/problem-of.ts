import type { Action } from "../incident/action.ts";
import { problemIn } from "../incident/problem-in.ts";
import { type Saying, saying } from "../incident/say.ts";
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
function byText(text: string, what: Saying): Problem | null {
  if (/archived|read-only/iu.test(text)) {
    return problemIn({
      code: "archived",
      sentence: saying("{what} was refused: the repository is archived", { what }),
      nextStep: saying("Unarchive the repository, or go on elsewhere"),
      transient: false,
    });
  }
  if (/issue is locked|conversation is locked/iu.test(text)) {
    return problemIn({
      code: "issue-locked",
      sentence: saying("{what} was refused: the conversation is locked", { what }),
      nextStep: saying("Unlock the conversation"),
      transient: false,
    });
  }
  if (/without `?workflows?`? permission/iu.test(text)) {
    return problemIn({
      code: "workflow-drift",
      sentence: saying(
        "{what} was refused: it touches workflow files, for which this app has no permission",
        { what },
      ),
      nextStep: saying(
        "Do it by hand once, or grant the app the permission Workflows and write `/hotfix sync` in a comment",
      ),
      transient: false,
    });
  }
  if (/repository rule violations?/iu.test(text)) return ruleViolation(what, text);
  if (/protected branch|BRANCH_PROTECTION_RULE_VIOLATION/iu.test(text)) return branchProtected(what);
  return null;
}

function byStatus(status: number, text: string, accepted: string | null, what: Saying): Problem | null {
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
    return problemIn({
      code: "gone",
      sentence: saying("{what} was refused: the issue was deleted, or issues are switched off", { what }),
      nextStep: saying("Switch issues on, or declare the incident again"),
      transient: false,
    });
  }
  return null;
}

function graphqlProblem(failure: GraphqlFailure, what: Saying): Problem | null {
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

export function ruleViolation(what: Saying, text: string): Problem {
  const rule = violatedRule(text);
  return problemIn({
    code: "rule-violation",
    sentence:
      rule === null
        ? saying("{what} was refused by a rule of the repository", { what })
        : saying("{what} was refused by a rule of the repository: {rule}", { what, rule }),
    nextStep: saying(
      "Let this app bypass the ruleset and write `/hotfix sync` in a comment, or do it by hand",
    ),
    transient: false,
  });
}

export function branchProtected(what: Saying): Problem {
  return problemIn({
    code: "branch-protected",
    sentence: saying("{what} was refused: the branch is protected", { what }),
    nextStep: saying(
      "Let this app pass the protection and write `/hotfix sync` in a comment, or do it by hand",
    ),
    transient: false,
  });
}

/** `accepted`: GitHub's own list of what would have been enough, e.g. `contents=write; contents=write,workflows=write`. */
function permissionMissing(what: Saying, accepted: string | null): Problem {
  const wanted = accepted?.split(";")[0]?.trim().replace("=", ": ") ?? null;
  return problemIn({
    code: "permission-missing",
    sentence:
      wanted === null || wanted === ""
        ? saying("{what} was refused: this app lacks a permission", { what })
        : saying("{what} was refused: this app lacks the permission {wanted}", { what, wanted }),
    nextStep: saying("An owner accepts the app's permissions in the settings of the installation"),
    transient: false,
  });
}

function unanswered(what: Saying): Problem {
  return problemIn({
    code: "github-unavailable",
    sentence: saying("{what} got no answer from GitHub", { what }),
    nextStep: saying("Nothing: the app looks again and goes on by itself"),
    transient: true,
  });
}

function lagging(what: Saying): Problem {
  return problemIn({
    code: "github-lagging",
    sentence: saying("{what} met a GitHub that does not show everything yet", { what }),
    nextStep: saying("Nothing: the app looks again and goes on by itself"),
    transient: true,
  });
}

function racing(what: Saying): Problem {
  return problemIn({
    code: "github-busy",
    sentence: saying("{what} met another change of the same thing", { what }),
    nextStep: saying("Nothing: the app looks again and goes on by itself"),
    transient: true,
  });
}

/** The action as the subject of a sentence. Names of branches and tags are ours; nothing here is text of people. */
function whatWas(action: Action): Saying {
  switch (action.kind) {
    case "create-branch":
      return saying("Creating the branch {branch}", { branch: action.branch });
    case "open-pull-request":
      return saying("Opening the pull request from {head} to {base}", {
        head: action.head,
        base: action.base,
      });
    case "write-status":
      return saying("Writing the status comment");
    case "write-digest":
      return saying("Listing the incidents that are held back");
    case "post-comment":
      return saying("Writing a comment");
    case "mark-ready":
      return saying("Marking pull request {number} ready", { number: action.pullRequest });
    case "request-review":
      return saying("Requesting review on pull request {number}", { number: action.pullRequest });
    case "assign":
      return saying("Assigning the responder");
    case "create-tag":
      return saying("Creating the tag {tag}", { tag: action.tag });
    case "publish-release":
      return saying("Publishing the release {tag}", { tag: action.tag });
    case "merge-into-branch":
      return saying("Merging the release into {branch}", { branch: action.branch });
    case "commit-merge":
      return saying("Resolving the conflict on {branch}", { branch: action.branch });
    case "report-conflicts":
      return saying("Reporting on the conflicts of pull request {number}", { number: action.pullRequest });
    case "report-forecast":
      return saying("Reporting what merging pull request {number} into its targets gives", {
        number: action.pullRequest,
      });
    case "merge-pull-request":
      return saying("Merging pull request {number}", { number: action.pullRequest });
    case "commit-documents":
      return saying("Committing the documents to {branch}", { branch: action.branch });
    case "propose-change":
      return saying("Proposing a change to {base}", { base: action.base });
    case "withdraw-proposal":
      return saying("Closing pull request {number}", { number: action.pullRequest });
    case "delete-branch":
      return saying("Deleting the branch {branch}", { branch: action.branch });
    case "close-issue":
      return saying("Closing the incident");
    case "open-follow-up":
      return saying("Opening the issue of an action item");
    case "close-follow-up":
      return saying("Closing #{number} as not planned", { number: action.issue });
  }
}
