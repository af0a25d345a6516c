import { statusOf } from "../http-status.ts";
import { notYet, refused } from "../problem-error.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";

/**
 * Why GitHub does not create a ref that does not exist: its 422 is the same for a name in the way, a ruleset and a protection (F14), so what stands
 * there is looked up. Returns the error to throw.
 */
export async function refuseRef(client: RepositoryClient, ref: string, error: unknown): Promise<unknown> {
  const text = refusalText(error);
  // The text of a ruleset names its rule: `problemOf` reads it.
  if (/repository rule violations?/iu.test(text)) return error;
  // One server of GitHub has it and the one that was asked has not (F1).
  if (/already exists|object does not exist/iu.test(text)) {
    return notYet("github-lagging", `GitHub does not show ${ref} everywhere yet`);
  }
  const name = ref.replace(/^refs\/(?:heads|tags)\//u, "");
  const inTheWay = await nameInTheWay(client, ref);
  if (inTheWay !== null) {
    return refused(
      "name-taken",
      `${name} cannot be created because ${inTheWay} exists: git keeps no two names of which one is a folder of the other`,
      `Rename or delete ${inTheWay}, or choose another prefix in \`.github/hotfix.yml\``,
    );
  }
  const rules = ref.startsWith("refs/heads/") ? await rulesFor(client, name) : [];
  return refused(
    "rule-violation",
    `Creating ${name} was refused by a rule of the repository${rules.length === 0 ? "" : `: ${rules.join(", ")}`}`,
    "Let this app bypass the ruleset, or leave names like this out of it",
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
