import { spawn } from "node:child_process";

/** Options of every git call: no hooks, no background work, nothing read from the user's own settings. */
export const gitOptions: readonly string[] = [
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "gc.auto=0",
  "-c",
  "core.quotePath=false",
  "-c",
  "uploadpack.allowFilter=true",
  "-c",
  "uploadpack.allowAnySHA1InWant=true",
];

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export class GitError extends Error {
  override readonly name = "GitError";
  readonly result: GitResult;

  constructor(args: readonly string[], result: GitResult) {
    super(`git ${args.join(" ")} ended with ${result.code}: ${result.stderr.trim()}`);
    this.result = result;
  }
}

/** What of the environment git may see. */
export function gitEnvironment(
  home: string,
  extra: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    LC_ALL: "C",
    TZ: "UTC",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    ...extra,
  };
}

/** Runs git in a repository and waits. Never throws for an exit code: the caller knows which ones are answers. */
export function runGit(
  path: string,
  args: readonly string[],
  options: { input?: Buffer | string; env?: Readonly<Record<string, string>> } = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...gitOptions, ...args], {
      cwd: path,
      env: gitEnvironment(path, options.env),
    });
    const output: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
    // git may end before it has read all of its input; its exit code says why.
    child.stdin.on("error", () => undefined);
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(output),
        stderr: Buffer.concat(complaints).toString(),
      }),
    );
    child.stdin.end(options.input ?? "");
  });
}
