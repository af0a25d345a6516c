import { OWNER, REPO, type World } from "./world.ts";

/** At a time, so that it does not take a minute; which of them comes first does not matter. */
const AT_ONCE = 25;

/** Ben says things on an issue, until it has so many comments more. */
export async function talk(world: World, issue: number, comments: number): Promise<void> {
  const { rest } = world.person("ben").octokit;
  for (let said = 0; said < comments; said += AT_ONCE) {
    const some = Math.min(AT_ONCE, comments - said);
    await Promise.all(
      Array.from({ length: some }, (_, index) =>
        rest.issues.createComment({
          owner: OWNER,
          repo: REPO,
          issue_number: issue,
          body: `Looked at server ${said + index}, it is not that.`,
        }),
      ),
    );
  }
}

/** Ben pushes again and again. Returns the last commit. */
export async function pushOften(world: World, branch: string, pushes: number): Promise<string> {
  const text = (attempt: number) => `export const read = (order) => order.amount + ${attempt};\n`;
  let sha = await world.push("ben", branch, { "src/payment/processor.js": text(0) });
  const ben = world.person("ben");
  for (let attempt = 1; attempt < pushes; attempt += 1) {
    await ben.write("src/payment/processor.js", text(attempt));
    sha = await ben.commit(`fix: try ${attempt}`);
    await ben.git("push", "--quiet", "origin", branch);
  }
  return sha;
}
