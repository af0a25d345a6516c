/** A file in a repository of the incident's owner. */
export interface FilePlace {
  readonly repo: string;
  readonly path: string;
}

export type ParsedExtends =
  | { readonly ok: true; readonly place: FilePlace }
  | { readonly ok: false; readonly problem: string };

const FORM = "allowed is repository or repository:path, such as .github or settings:hotfix/base.yml";

/** Reads the value of `_extends`. Another owner's file could change what this app does here, so only `owner`'s are allowed. */
export function parseExtends(value: unknown, owner: string): ParsedExtends {
  if (typeof value !== "string") return { ok: false, problem: FORM };
  const match =
    /^(?:(?<owner>[A-Za-z0-9-]{1,39})\/)?(?<repo>[A-Za-z0-9._-]{1,100})(?::(?<path>[^:\s\\]{1,200}))?$/u.exec(
      value,
    );
  const { owner: named, repo, path = ".github/hotfix.yml" } = match?.groups ?? {};
  if (repo === undefined || repo === "." || repo === "..") {
    return { ok: false, problem: `found ${JSON.stringify(value.slice(0, 60))}; ${FORM}` };
  }
  if (named !== undefined && named.toLowerCase() !== owner.toLowerCase()) {
    return {
      ok: false,
      problem: `found a repository of ${named}; only repositories of ${owner} may be named`,
    };
  }
  if (
    path.split("/").some((part) => part === "" || part === "." || part === "..") ||
    !/\.ya?ml$/u.test(path)
  ) {
    return { ok: false, problem: `found the path ${JSON.stringify(path)}; allowed is a path to a .yml file` };
  }
  return { ok: true, place: { repo, path } };
}
