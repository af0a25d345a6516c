import type { Address } from "./routing.ts";
import type { WorkKey } from "./work-key.ts";

export function incidentAt({ installation, owner, repo }: Address, issue: number): WorkKey {
  return { kind: "incident", installation, owner, repo, issue };
}

export function commitAt({ installation, owner, repo }: Address, sha: string): WorkKey {
  return { kind: "commit", installation, owner, repo, sha };
}

export function guardAt({ installation, owner, repo }: Address, sha: string): WorkKey {
  return { kind: "guard", installation, owner, repo, sha };
}

export function groupAt({ installation, owner, repo }: Address, sha: string): WorkKey {
  return { kind: "group", installation, owner, repo, sha };
}

export function fixAt(
  { installation, owner, repo }: Address,
  sha: string,
  { login, id }: { readonly login: string; readonly id: number },
): WorkKey {
  return { kind: "fix", installation, owner, repo, sha, login, account: id };
}

export function repositoryAt({ installation, owner, repo }: Address): WorkKey {
  return { kind: "repository", installation, owner, repo };
}
