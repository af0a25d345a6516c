import { CONFIGURATION_PATH, resolveConfiguration } from "../config/resolve.ts";
import type { Config } from "../config/schema.ts";
import { type ConfigurationCache, configurationReader } from "../github/read-configuration.ts";
import type { RepositoryClient } from "../github/repository-client.ts";

/** The configuration that is in force in a repository now. */
export async function configurationOf(
  client: RepositoryClient,
  configurations: ConfigurationCache,
): Promise<Config> {
  const reader = configurationReader(client, configurations);
  const { config } = await resolveConfiguration(
    reader,
    await reader.readFile(client.repo, CONFIGURATION_PATH),
  );
  return config;
}
