import { OWNER, REPO, type World } from "./world.ts";

const at = { owner: OWNER, repo: REPO };

/** What the scenarios about checks do and look at. */

/** Check runs of the app on a commit, the newest of each name. */
export async function ownRuns(world: World, sha: string) {
  const { data } = await world
    .person("ben")
    .octokit.rest.checks.listForRef({ ...at, ref: sha, per_page: 100 });
  return data.check_runs.filter(({ app }) => app?.slug === "hotfix-responder");
}

/** The newest check run of that name; undefined: there is none. */
export async function ownRun(world: World, sha: string, name: string) {
  return (await ownRuns(world, sha)).find((run) => run.name === name);
}

/** Parts of `external_id` by their names: what a verdict derives from. */
export function basisOf(run: { readonly external_id: string | null } | undefined): Record<string, string> {
  const parts = (run?.external_id ?? "").split(";").slice(1);
  return Object.fromEntries(parts.map((part) => part.split(/=(.*)/su, 2) as [string, string]));
}

/** Somebody writes on the incident. */
export async function say(world: World, login: "sara" | "olga", issue: number, body: string): Promise<void> {
  await world.person(login).octokit.rest.issues.createComment({ ...at, issue_number: issue, body });
  await world.settled();
}

/** The configuration of the shop with more text under `checks:`. */
export async function pushConfiguration(world: World, change: (text: string) => string): Promise<void> {
  const { data } = await world.person("olga").octokit.rest.repos.getContent({
    ...at,
    path: ".github/hotfix.yml",
    ref: world.defaultBranch,
  });
  const content = Array.isArray(data) || data.type !== "file" ? "" : data.content;
  const text = change(Buffer.from(content, "base64").toString("utf8"));
  await world.push("olga", world.defaultBranch, { ".github/hotfix.yml": text }, "chore: other checks");
  await world.settled();
}
