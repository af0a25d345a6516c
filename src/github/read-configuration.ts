import type { ConfigurationFile, ConfigurationReader } from "../config/resolve.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** How long a file of another repository is taken as unchanged: no webhook of an incident's repository tells of it. */
const FRESH_MS = 60_000;
/** Old revisions kept; each is at most as large as GitHub gives in one answer. */
const REVISION_LIMIT = 100;
/** How far back a revision that validates is looked for. */
const HISTORY_LIMIT = 30;

/** Files of other repositories and old revisions, kept between passes. One for the process. */
export class ConfigurationCache {
  readonly #now: () => number;
  readonly #shared = new Map<string, { readonly file: ConfigurationFile | null; readonly until: number }>();
  readonly #revisions = new Map<string, ConfigurationFile | null>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What `read` gave for `key` less than a minute ago, or gives now. */
  async shared(
    key: string,
    read: () => Promise<ConfigurationFile | null>,
  ): Promise<ConfigurationFile | null> {
    const known = this.#shared.get(key);
    if (known !== undefined && known.until > this.#now()) return known.file;
    const file = await read();
    remember(this.#shared, key, { file, until: this.#now() + FRESH_MS });
    return file;
  }

  /** A file at a commit never changes. */
  async revision(
    key: string,
    read: () => Promise<ConfigurationFile | null>,
  ): Promise<ConfigurationFile | null> {
    const known = this.#revisions.get(key);
    if (known !== undefined) return known;
    const file = await read();
    remember(this.#revisions, key, file);
    return file;
  }
}

/** Reads configuration files of the repository's owner with the installation's client. */
export function configurationReader(
  client: RepositoryClient,
  cache: ConfigurationCache,
): ConfigurationReader {
  const keyOf = (...parts: readonly string[]): string =>
    JSON.stringify([client.installation, client.owner.toLowerCase(), ...parts]);
  return {
    owner: client.owner,
    repo: client.repo,
    // Webhooks tell of changes in the repository itself, so there the answer must be the newest.
    readFile: (repo, path) =>
      repo.toLowerCase() === client.repo.toLowerCase()
        ? readFile(client, repo, path, null)
        : cache.shared(keyOf(repo.toLowerCase(), path), () => readFile(client, repo, path, null)),
    async *readHistory(repo, path) {
      for (const commit of await listCommits(client, repo, path)) {
        yield await cache.revision(keyOf(repo.toLowerCase(), path, commit), () =>
          readFile(client, repo, path, commit),
        );
      }
    },
  };
}

/** Without a ref GitHub reads the default branch. */
async function readFile(
  { octokit, owner }: RepositoryClient,
  repo: string,
  path: string,
  ref: string | null,
): Promise<ConfigurationFile | null> {
  try {
    const { data } = await octokit.rest.repos.getContent({
      owner,
      repo,
      path,
      ...(ref === null ? {} : { ref }),
    });
    if (Array.isArray(data)) return null;
    if (data.type !== "file") return { oid: data.sha, text: null };
    return { oid: data.sha, text: data.encoding === "base64" ? decode(data.content) : null };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** Commits of the default branch that touched the file, newest first. */
async function listCommits(
  { octokit, owner }: RepositoryClient,
  repo: string,
  path: string,
): Promise<string[]> {
  const { data } = await octokit.rest.repos.listCommits({ owner, repo, path, per_page: HISTORY_LIMIT });
  return data.map(({ sha }) => sha);
}

/** null: the bytes are not UTF-8. */
function decode(content: string): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(content, "base64"));
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "status" in error && error.status === 404;
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > REVISION_LIMIT && oldest !== undefined) map.delete(oldest);
}
