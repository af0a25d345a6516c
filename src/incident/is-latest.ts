import semver from "semver";
import type { Config } from "../config/schema.ts";
import { parseTagName } from "./names.ts";
import type { TagFacts } from "./state/release-facts.ts";

/** Whether a release of this version may be marked "latest": only if no full release of the repository is higher. */
export function isLatest(config: Config, tags: readonly TagFacts[], version: string): boolean {
  return tags
    .map((tag) => parseTagName(config.tag.format, tag.name))
    .every((other) => other === null || semver.prerelease(other) !== null || semver.lte(other, version));
}
