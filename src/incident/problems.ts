import { disabledRules } from "../checks/properties/pattern-rules.ts";
import type { Config } from "../config/schema.ts";
import { capitalised } from "./capitalised.ts";
import { commitGraphOf } from "./commit-graph.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { verifyMerge } from "./merge.ts";
import { missingPermission } from "./missing-permission.ts";
import { isForPerson } from "./is-for-person.ts";
import { type Say, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { Problem } from "./state/problem.ts";

/** Everything that stands in the way now and that somebody can mend, the most general first. */
export function problemsOf(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
  formProblems: readonly string[],
): readonly Problem[] {
  const say = sayIn(config.locale);
  const refused = Object.entries(state.refusals)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, problem]) => problem)
    // The next version is tried at once; nobody has to do anything.
    .filter((problem) => problem.code !== "tag-taken");
  return unique([
    ...configurationProblems(say, state),
    ...templateProblems(say, state),
    ...ruleProblems(config),
    ...repositoryProblems(state, config),
    ...permissionProblems(state, config),
    ...rounds.flatMap((round) => mergeProblems(say, state, round)),
    ...refused,
    ...rounds.flatMap((round) => blockedProblems(state, config, round)),
    ...formProblems.map((sentence) =>
      problem("form", capitalised(sentence), say("Edit the issue's first comment; it is read again at once")),
    ),
  ]);
}

function configurationProblems(say: Say, state: IncidentState): readonly Problem[] {
  return state.configuration.problems.map((sentence) =>
    problem(
      "configuration-invalid",
      sentence,
      state.configuration.usable
        ? say(
            "Correct `.github/hotfix.yml` on the default branch; its last valid revision is in force until then",
          )
        : say("Correct `.github/hotfix.yml` on the default branch; no branch is made before that"),
    ),
  );
}

function ruleProblems(config: Config): readonly Problem[] {
  const say = sayIn(config.locale);
  return disabledRules(config.checks.rules).map(({ sentence }) =>
    problem("rule-disabled", sentence, say("Correct the rule in `.github/hotfix.yml` on the default branch")),
  );
}

function templateProblems(say: Say, { brokenTemplates = {} }: IncidentState): readonly Problem[] {
  return Object.entries(brokenTemplates).map(([name, sentence]) =>
    problem(
      "template-broken",
      say("The template `.github/hotfix-templates/{name}.hbs` is not used: {sentence}", {
        name,
        sentence: sentence.replaceAll("`", "'").slice(0, 300),
      }),
      say(
        "Correct it on the default branch (`hotfix validate` tries it); the app's own text is used until then",
      ),
    ),
  );
}

function permissionProblems({ app, repository }: IncidentState, { locale }: Config): readonly Problem[] {
  return (app.lacks ?? []).map((permission) => missingPermission(permission, repository.owner, locale));
}

function repositoryProblems(state: IncidentState, config: Config): readonly Problem[] {
  const say = sayIn(config.locale);
  const { production, integration } = config.branches;
  if (state.repository.isArchived) {
    return [
      problem(
        "repository-archived",
        say("The repository is archived, so nothing can be written"),
        say("Unarchive it"),
      ),
    ];
  }
  if (state.repository.isEmpty) {
    return [
      problem(
        "repository-empty",
        say("The repository has no commit yet, so there is nothing to make a hotfix of"),
        say("Push a first commit to `{production}`", { production }),
      ),
    ];
  }
  return [
    ...(state.production === null
      ? [
          problem(
            "production-missing",
            say("The production branch {production} does not exist, so no hotfix branch can start from it", {
              production,
            }),
            say("Create it, or name the right one as `branches.production` in `.github/hotfix.yml`"),
          ),
        ]
      : []),
    ...(state.integration === null && integration !== production
      ? [
          problem(
            "integration-missing",
            say(
              "The integration branch {integration} does not exist, so the fix is only brought to {production} and the incident stays open",
              { integration, production },
            ),
            say(
              "Create it, or name the right one as `branches.integration` in `.github/hotfix.yml` (`{production}` where there is no other)",
              { production },
            ),
          ),
        ]
      : []),
  ];
}

function mergeProblems(say: Say, state: IncidentState, round: RoundFacts): readonly Problem[] {
  if (round.pullRequest === null || round.mergeCommit === null || round.tag !== null || round.isEmptyMerge)
    return [];
  const branch = state.branches.find((each) => each.name === round.hotfixBranch) ?? null;
  const verdict = verifyMerge(state, commitGraphOf(state), round.pullRequest, branch, say);
  return verdict.kind === "refused" ? [verdict.problem] : [];
}

/** Where GitHub wants a person first and the app was not refused, because it does not even ask. */
function blockedProblems(state: IncidentState, config: Config, round: RoundFacts): readonly Problem[] {
  const say = sayIn(config.locale);
  return round.backMerges.flatMap(({ state: stands, pullRequest, target }) =>
    stands === "blocked" &&
    pullRequest !== null &&
    pullRequest.mergeState === "blocked" &&
    isForPerson(state, config, pullRequest, target)
      ? [
          problem(
            "back-merge-blocked",
            say("GitHub does not let #{number} be merged into {target} without a person", {
              number: pullRequest.number,
              target,
            }),
            say("Review and merge {name}", { name: `#${pullRequest.number}` }),
          ),
        ]
      : [],
  );
}

function problem(code: string, sentence: string, nextStep: string): Problem {
  return { code, sentence, nextStep, transient: false };
}

/** One permission that is missing refuses several actions in the same words. */
function unique(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    (one, index) =>
      problems.findIndex(
        (other) =>
          other.code === one.code && other.sentence === one.sentence && other.nextStep === one.nextStep,
      ) === index,
  );
}
