import { OWNER, REPO, type World } from "./world.ts";

/** Numbers of the issues that have a hotfix branch. */
export function branchNumbers(world: World): readonly number[] {
  const refs = [...world.standIn.repository(`${OWNER}/${REPO}`).git.refs.keys()];
  return refs.flatMap((ref) => {
    const number = /^refs\/heads\/hotfix\/(\d+)-/u.exec(ref)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** All comments of these issues, with the issue that they stand on. */
export async function everyComment(world: World, issues: readonly number[]) {
  const { rest } = world.person("olga").octokit;
  const lists = await Promise.all(
    issues.map(async (issue) => {
      const { data } = await rest.issues.listComments({ owner: OWNER, repo: REPO, issue_number: issue });
      return data.map(({ body }) => ({ issue, body: body ?? "" }));
    }),
  );
  return lists.flat();
}

/** The comment that lists what is held back. */
export function isDigest({ body }: { readonly body: string }): boolean {
  return body.includes("kind=digest");
}
