import type { ConfigurationReader } from "../config/resolve.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** Files of other repositories and old revisions, kept between passes. One for the process. */
export class ConfigurationCache {
  readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }
}

/** Reads configuration files of one owner with the installation's client. */
export function configurationReader(
  client: RepositoryClient,
  _cache: ConfigurationCache,
): ConfigurationReader {
  return {
    repo: client.repo,
    readFile: () => Promise.resolve(null),
    async *readHistory() {},
  };
}
