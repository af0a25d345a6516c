import type { ConfigurationFacts } from "../incident/state.ts";
import { defaultConfig, type Config } from "./schema.ts";

/** Where the configuration stands in a repository. */
export const CONFIGURATION_PATH = ".github/hotfix.yml";

export interface ConfigurationFile {
  /** Blob SHA. */
  readonly oid: string;
  /** null: GitHub did not give it as text (binary, or far too large). */
  readonly text: string | null;
}

/** What `resolveConfiguration` needs of GitHub. Repositories are named without the owner, which is always the incident's. */
export interface ConfigurationReader {
  /** Name of the repository whose configuration is wanted. */
  readonly repo: string;
  /** The file on the default branch; null when there is no such file, no such repository, or no access to it. */
  readFile(repo: string, path: string): Promise<ConfigurationFile | null>;
  /** The file at each revision on the default branch that touched it, newest first; null where the revision deleted it. */
  readHistory(repo: string, path: string): AsyncIterable<ConfigurationFile | null>;
}

export interface ResolvedConfiguration {
  readonly config: Config;
  readonly facts: ConfigurationFacts;
}

/**
 * The configuration in force. `current` is `CONFIGURATION_PATH` on the default branch as the caller has already read it (null: no file),
 * so that a repository with a valid file of its own costs no call.
 */
export async function resolveConfiguration(
  _reader: ConfigurationReader,
  _current: ConfigurationFile | null,
): Promise<ResolvedConfiguration> {
  return { config: defaultConfig, facts: { revision: "defaults", problems: [], usable: true } };
}
