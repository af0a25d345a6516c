import { compare } from "semver";
import { parseTagName } from "../incident/names.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import type { TagFacts } from "../incident/state/release-facts.ts";
import type { TagAnswer } from "./documents/answers.ts";

export type Tag = Omit<TagFacts, "onProduction">;

/** A tag of an annotated tag is peeled twice; deeper nesting, or a tag of a file, is no version. */
function tagOf(answer: TagAnswer): Tag | null {
  const { target } = answer;
  if (target === null) return null;
  const name = answer.name.replace(/^refs\/tags\//u, "");
  if (target.__typename === "Commit") {
    return { name, commit: target.oid, isAnnotated: false, taggedAt: null };
  }
  const commit = target.target?.__typename === "Tag" ? target.target.target?.oid : target.target?.oid;
  if (target.__typename !== "Tag" || commit === undefined) return null;
  return { name, commit, isAnnotated: true, taggedAt: target.tagger?.date ?? null };
}

/** Tags that are a version in the configured format, the highest version first and at most 100, then every other tag on one of `merges`. */
export function relevantTags(answers: readonly TagAnswer[], format: string, merges: ReadonlySet<Sha>): Tag[] {
  const tags = new Map<string, Tag>();
  for (const answer of answers) {
    const tag = tagOf(answer);
    if (tag !== null) tags.set(tag.name, tag);
  }
  const versions = [...tags.values()]
    .map((tag) => ({ tag, version: parseTagName(format, tag.name) }))
    .filter((entry): entry is { tag: Tag; version: string } => entry.version !== null)
    .sort((one, other) => compare(other.version, one.version));
  const chosen = versions.slice(0, 100).map(({ tag }) => tag);
  const others = [...tags.values()].filter((tag) => merges.has(tag.commit) && !chosen.includes(tag));
  return [...chosen, ...others];
}
