import { notFound } from "../api-error.ts";
import { isoTime } from "../hub.ts";
import type { Hub } from "../hub.ts";
import type { Repository } from "../model.ts";
import type { Ruleset, RulesetRule } from "../model/ruleset.ts";
import { paginate } from "../pagination.ts";
import { fullName, repositoryPage, repositoryUrl } from "../present-repository.ts";
import { rulesFor } from "../protection-rules.ts";
import type { JsonObject } from "../router.ts";

const DOCS = "https://docs.github.com/rest/repos/rules";
const BASE = "/repos/{owner}/{repo}";

export function registerRules(hub: Hub): void {
  const { router } = hub;
  router.repository({
    method: "GET",
    path: `${BASE}/rules/branches/{branch}`,
    greedy: ["branch"],
    docs: `${DOCS}#get-rules-for-a-branch`,
    // The branch need not exist.
    handler: (context) =>
      paginate(context, rulesFor(context.repository, `refs/heads/${context.params.branch}`), (it) => ({
        ...ruleBody(it.rule),
        ruleset_source_type: "Repository",
        ruleset_source: fullName(context.repository),
        ruleset_id: it.ruleset.id,
      })),
  });
  router.repository({
    method: "GET",
    path: `${BASE}/rulesets`,
    docs: `${DOCS}#get-all-repository-rulesets`,
    handler: (context) =>
      paginate(context, [...context.repository.rulesets.values()], (it) =>
        rulesetBody(hub, context.repository, it, false),
      ),
  });
  router.repository({
    method: "GET",
    path: `${BASE}/rulesets/{ruleset_id}`,
    docs: `${DOCS}#get-a-repository-ruleset`,
    handler: ({ repository, params }) => {
      const found = repository.rulesets.get(Number(params.ruleset_id));
      if (found === undefined) throw notFound();
      return { status: 200, body: rulesetBody(hub, repository, found, true) };
    },
  });
}

function ruleBody(rule: RulesetRule): JsonObject {
  return { type: rule.type, ...(rule.parameters === undefined ? {} : { parameters: rule.parameters }) };
}

function rulesetBody(hub: Hub, repository: Repository, ruleset: Ruleset, whole: boolean): JsonObject {
  return {
    id: ruleset.id,
    node_id: ruleset.nodeId,
    name: ruleset.name,
    target: ruleset.target,
    source_type: "Repository",
    source: fullName(repository),
    enforcement: ruleset.enforcement,
    created_at: isoTime(ruleset.createdAt),
    updated_at: isoTime(ruleset.createdAt),
    _links: {
      self: { href: `${repositoryUrl(hub, repository)}/rulesets/${ruleset.id}` },
      html: { href: `${repositoryPage(hub, repository)}/rules/${ruleset.id}` },
    },
    ...(whole
      ? {
          conditions: { ref_name: { include: ruleset.include, exclude: ruleset.exclude } },
          rules: ruleset.rules.map(ruleBody),
        }
      : {}),
  };
}
