import { type Saying, saying } from "../../incident/say.ts";
import { statusOf } from "../http-status.ts";
import { notYet, refused } from "../problem-error.ts";
import type { ShellCommand } from "../../incident/state/problem.ts";
import { violatedRule } from "../problem-of.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";

/**
 * Why GitHub does not create a ref that does not exist: its 422 is the same for a name in the way, a ruleset and a protection (F14), so what stands
 * there is looked up. Returns the error to throw.
 */
export async function refuseRef(
  client: RepositoryClient,
  ref: string,
  error: unknown,
  commands: readonly ShellCommand[] = [],
): Promise<unknown> {
  const text = refusalText(error);
  const name = ref.replace(/^refs\/(?:heads|tags)\//u, "");
  const kind = ref.startsWith("refs/tags/") ? "tag" : "branch";
  const what =
    kind === "tag"
      ? saying("Creating the tag {tag}", { tag: name })
      : saying("Creating the branch {branch}", { branch: name });
  if (/repository rule violations?/iu.test(text)) {
    return byRule(what, violatedRule(text) ?? "", commands);
  }
  // One server of GitHub has it and the one that was asked has not (F1).
  if (/already exists|object does not exist/iu.test(text)) {
    return notYet("github-lagging", saying("GitHub does not show {what} everywhere yet", { what: ref }));
  }
  const inTheWay = await nameInTheWay(client, ref);
  if (inTheWay !== null) {
    return refused(
      "name-taken",
      saying(
        "{name} cannot be created because {other} exists: git keeps no two names of which one is a folder of the other",
        { name, other: inTheWay },
      ),
      saying("Rename or delete {other}, or choose another prefix in `.github/hotfix.yml`", {
        other: inTheWay,
      }),
    );
  }
  const rules = kind === "branch" ? await rulesFor(client, name) : [];
  return byRule(what, rules.join(", "), commands);
}

/** Whoever may do it does it with the commands; or the rule is changed, and the app does it. */
function byRule(what: Saying, rule: string, commands: readonly ShellCommand[]): Error {
  return refused(
    "rule-violation",
    rule === ""
      ? saying("{what} was refused by a rule of the repository", { what })
      : saying("{what} was refused by a rule of the repository: {rule}", { what, rule }),
    commands.length === 0
      ? saying(
          "Let this app bypass the rule (Settings, Rules), or leave names like this out of it, and write `/hotfix sync` in a comment",
        )
      : saying(
          "Somebody who may runs the commands of the status comment in a clone, or an administrator lets this app bypass the rule (Settings, Rules) and writes `/hotfix sync` in a comment; the app goes on from there",
        ),
    commands,
  );
}

/** `hotfix` where `hotfix/x` is wanted, or `hotfix/x/y`. */
async function nameInTheWay(client: RepositoryClient, ref: string): Promise<string | null> {
  const kind = ref.startsWith("refs/tags/") ? "tags" : "heads";
  const name = ref.slice(`refs/${kind}/`.length);
  const folders = name.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));
  const { data } = await client.octokit.rest.git.listMatchingRefs({
    owner: client.owner,
    repo: client.repo,
    ref: `${kind}/${folders[0]}`,
  });
  const names = data.map((each) => each.ref.slice(`refs/${kind}/`.length));
  return names.find((each) => each.startsWith(`${name}/`) || folders.slice(0, -1).includes(each)) ?? null;
}

/** Types of the rules for a branch of that name, which need not exist. Classic protection is not among them. */
async function rulesFor(client: RepositoryClient, branch: string): Promise<string[]> {
  try {
    const { data } = await client.octokit.rest.repos.getBranchRules({
      owner: client.owner,
      repo: client.repo,
      branch,
    });
    return [...new Set(data.flatMap((rule) => rule.type ?? []))];
  } catch (error) {
    // Hosts without rulesets.
    if (statusOf(error) === 404 || statusOf(error) === 403) return [];
    throw error;
  }
}
