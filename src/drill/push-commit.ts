import type { Stage } from "./stage.ts";

export interface Push {
  readonly branch: string;
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the narrator says of it. */
  readonly what: string;
}

/** Ben edits files on a branch, commits and pushes with real git. Returns the commit. */
export async function pushCommit(stage: Stage, { branch, message, files, what }: Push): Promise<string> {
  const ben = stage.person("ben");
  await stage.pace.pause();
  await ben.git("fetch", "--quiet", "--prune", "origin");
  await ben.git("switch", "--quiet", "--force-create", branch, `origin/${branch}`);
  for (const [path, text] of Object.entries(files)) await ben.write(path, text);
  const sha = await ben.commit(message);
  await ben.git("push", "--quiet", "origin", branch);
  stage.narrator.person("ben", `pushes ${sha.slice(0, 7)}: ${what}`);
  return sha;
}
