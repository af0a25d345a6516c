import { Document, isMap, type Scalar, visit } from "yaml";
import type { Config } from "./schema.ts";

/** By commit, with the version that a person knows it by. */
const CHECKOUT = ["actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "v6.0.2"] as const;
const SETUP_NODE = ["actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238", "v6.2.0"] as const;

/** Names of the variables that say where the repository's owner keeps the app, and at which commit it was read. */
export const VALIDATION_VARIABLES = ["HOTFIX_RESPONDER_REPOSITORY", "HOTFIX_RESPONDER_COMMIT"] as const;

const [REPOSITORY, COMMIT] = VALIDATION_VARIABLES;

const SCRIPT = `if [ -f rules/.github/hotfix.yml ]; then
  node hotfix-responder/bin/hotfix.js check repository --config rules/.github/hotfix.yml --format github
else
  echo "There is no .github/hotfix.yml on the default branch, so no rule is in force."
fi
`;

/**
 * The workflow that runs `hotfix check` on pushes to hotfix branches. Made by a serializer from fixed text and the validated prefix; it may read and nothing
 * else, executes nothing of the hotfix, and takes the rules from the default branch, so that a hotfix cannot change its own.
 */
export function validationWorkflow({ hotfixPrefix }: Pick<Config["branches"], "hotfixPrefix">): string {
  const document = new Document({
    name: "Emergency validation",
    on: { push: { branches: [`${escaped(hotfixPrefix)}**`] } },
    permissions: { contents: "read" },
    jobs: {
      check: {
        if: `vars.${REPOSITORY} != '' && vars.${COMMIT} != ''`,
        "runs-on": "ubuntu-24.04",
        "timeout-minutes": 5,
        steps: [
          checkout("The hotfix: looked at, never executed.", { path: "repository" }),
          checkout("The rules.", {
            ref: "${{ github.event.repository.default_branch }}",
            path: "rules",
            "sparse-checkout": ".github",
          }),
          checkout("Your copy of the app.", {
            repository: `\${{ vars.${REPOSITORY} }}`,
            ref: `\${{ vars.${COMMIT} }}`,
            path: "hotfix-responder",
          }),
          {
            name: "Node",
            uses: SETUP_NODE[0],
            with: { "node-version": 24, "package-manager-cache": false },
          },
          {
            name: "The app's packages",
            run: "npm ci --omit=dev --ignore-scripts",
            "working-directory": "hotfix-responder",
          },
          { name: "Check", run: SCRIPT },
        ],
      },
    },
  });
  document.commentBefore = ` The check of forbidden code on pushes to hotfix branches, without the app or beside it.
 Set the variables ${REPOSITORY} and ${COMMIT} (Settings, Actions, Variables) to your copy of the app and to
 a commit of it that you have read; until then the job is skipped.`;
  nameVersions(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function checkout(name: string, inputs: Readonly<Record<string, string>>) {
  return { name, uses: CHECKOUT[0], with: { "persist-credentials": false, ...inputs } };
}

function nameVersions(document: Document): void {
  visit(document, {
    Pair(_, { key, value }) {
      const version = [CHECKOUT, SETUP_NODE].find(([action]) => (value as Scalar | null)?.value === action);
      if ((key as Scalar).value === "uses" && version !== undefined)
        (value as Scalar).comment = ` ${version[1]}`;
    },
    Map(_, map) {
      for (const each of map.items)
        if ((each.key as Scalar).value === "branches" && !isMap(each.value))
          (each.value as { flow?: boolean }).flow = true;
    },
  });
}

/** Filters are patterns: what is special in them stands for itself. */
function escaped(prefix: string): string {
  return prefix.replace(/[*?+[\]!\\]/gu, "\\$&");
}
