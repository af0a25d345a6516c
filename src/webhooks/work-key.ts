/**
 * What a webhook, the sweep or a command asks to look at. A key carries no payload: the worker reads the state itself.
 * Text form (the queue's key): `incident|<installation>|<owner>/<name>|<issue number>` and so on.
 */
export type WorkKey =
  | {
      readonly kind: "incident";
      readonly installation: number;
      readonly owner: string;
      readonly repo: string;
      readonly issue: number;
    }
  /** A commit whose checks are looked at: of an incident's branch, or of any other on which somebody asked for a check of ours again. */
  | {
      readonly kind: "commit";
      readonly installation: number;
      readonly owner: string;
      readonly repo: string;
      readonly sha: string;
    }
  /**
   * Somebody pressed "Apply fix" on a check run of this commit. GitHub keeps no record of a click, so that this key is the only one that says what
   * somebody wants; what may be done is read when it is.
   */
  | {
      readonly kind: "fix";
      readonly installation: number;
      readonly owner: string;
      readonly repo: string;
      readonly sha: string;
      readonly login: string;
      /** Of that account, for the credit; left out in keys of before. */
      readonly account?: number;
    }
  /** Head of any pull request: looked at where all of them are guarded, and costs nothing elsewhere. */
  | {
      readonly kind: "guard";
      readonly installation: number;
      readonly owner: string;
      readonly repo: string;
      readonly sha: string;
    }
  /** What a merge queue wants to put on a branch. */
  | {
      readonly kind: "group";
      readonly installation: number;
      readonly owner: string;
      readonly repo: string;
      readonly sha: string;
    }
  /** Something that touches every open incident of a repository: a push to a trunk, a new tag, a new configuration. */
  | {
      readonly kind: "repository";
      readonly installation: number;
      readonly owner: string;
      readonly repo: string;
    }
  /** All repositories of an installation: after install, unsuspend, and on each sweep. */
  | { readonly kind: "installation"; readonly installation: number };

export type KeyOf<Kind extends WorkKey["kind"]> = Extract<WorkKey, { kind: Kind }>;

export function buildWorkKey(key: WorkKey): string {
  switch (key.kind) {
    case "installation":
      return `installation|${key.installation}`;
    case "repository":
      return `repository|${key.installation}|${key.owner}/${key.repo}`;
    case "incident":
      return `incident|${key.installation}|${key.owner}/${key.repo}|${key.issue}`;
    case "fix":
      return `fix|${key.installation}|${key.owner}/${key.repo}|${key.sha}.${key.login}${key.account === undefined ? "" : `.${key.account}`}`;
    case "commit":
    case "guard":
    case "group":
      return `${key.kind}|${key.installation}|${key.owner}/${key.repo}|${key.sha}`;
  }
}

/** The inverse of `buildWorkKey`; null for anything else. */
export function parseWorkKey(text: string): WorkKey | null {
  const match =
    /^(?:installation\|(?<only>\d+)|(?<kind>repository|incident|commit|guard|group|fix)\|(?<installation>\d+)\|(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)(?:\|(?<last>[\w.-]+))?)$/u.exec(
      text,
    );
  const groups = match?.groups;
  if (groups === undefined) return null;
  if (groups.only !== undefined) return { kind: "installation", installation: Number(groups.only) };
  const repository = { installation: Number(groups.installation), owner: groups.owner!, repo: groups.repo! };
  switch (groups.kind) {
    case "repository":
      return groups.last === undefined ? { kind: "repository", ...repository } : null;
    case "incident":
      return /^[1-9]\d*$/u.test(groups.last ?? "")
        ? { kind: "incident", ...repository, issue: Number(groups.last) }
        : null;
    case "fix": {
      const [, sha, login, account] =
        /^([0-9a-f]{40})\.([\w-]+)(?:\.([1-9]\d*))?$/u.exec(groups.last ?? "") ?? [];
      if (sha === undefined || login === undefined) return null;
      const click = { kind: "fix", ...repository, sha, login } as const;
      return account === undefined ? click : { ...click, account: Number(account) };
    }
    case "commit":
    case "guard":
    case "group":
      return /^[0-9a-f]{40}$/u.test(groups.last ?? "")
        ? { kind: groups.kind, ...repository, sha: groups.last! }
        : null;
    default:
      return null;
  }
}
