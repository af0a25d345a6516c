import { coerce, gt, valid } from "semver";
import type { VersionFileKind } from "./state/forecast-facts.ts";

/**
 * For conflicts that have one right answer: the target keeps the higher version. Everything else is left to people.
 *
 * The file as the target should have it after the merge, or null where the policy does not settle it.
 * Both sides must differ from each other only in what the policy covers.
 */
export function resolveVersionFile(
  kind: VersionFileKind,
  sides: { readonly base: string; readonly hotfix: string; readonly target: string },
): string | null {
  switch (kind) {
    case "package":
    case "package-lock":
      return resolveVersionFields(sides, kind === "package" ? 1 : 2);
    case "changelog":
      return resolveChangelog(sides);
  }
}

/** The first `count` lines `"version": "..."` of a package file: its own version stands before those of dependencies. */
function resolveVersionFields(
  sides: { readonly base: string; readonly hotfix: string; readonly target: string },
  count: number,
): string | null {
  const [base, hotfix, target] = [sides.base, sides.hotfix, sides.target].map((text) =>
    ownVersions(text, count),
  );
  if (base == null || hotfix == null || target == null) return null;
  // With one version everywhere, whatever still differs is not about versions.
  const plain = base.version;
  if (hotfix.withVersion(plain) !== sides.base) return null;
  const higher = gt(target.version, hotfix.version) ? target.version : hotfix.version;
  return target.withVersion(higher);
}

function ownVersions(
  text: string,
  count: number,
): { readonly version: string; readonly withVersion: (version: string) => string } | null {
  const field = /^(\s{2,6}"version"\s*:\s*")([^"]*)(")/gmu;
  const version = field.exec(text)?.[2];
  if (version === undefined || valid(version) === null) return null;
  return {
    version,
    withVersion(next) {
      let seen = 0;
      return text.replace(/^(\s{2,6}"version"\s*:\s*")([^"]*)(")/gmu, (all, before, old, after) =>
        seen++ < count && old === version ? `${before}${next}${after}` : all,
      );
    },
  };
}

/** Both sides only added sections at the head: the higher version first. */
function resolveChangelog(sides: {
  readonly base: string;
  readonly hotfix: string;
  readonly target: string;
}): string | null {
  const [base, hotfix, target] = [sides.base, sides.hotfix, sides.target].map(changelog);
  if (base === undefined || hotfix === undefined || target === undefined) return null;
  if (hotfix.intro !== base.intro) return null;
  const known = new Set(base.sections);
  const ofHotfix = hotfix.sections.filter((section) => !known.has(section));
  const onlyAdded = base.sections.every(
    (section) => hotfix.sections.includes(section) && target.sections.includes(section),
  );
  if (!onlyAdded) return null;
  const missing = ofHotfix.filter((section) => !target.sections.includes(section));
  const sections = [...target.sections];
  for (const section of missing) {
    const version = versionOf(section);
    if (version === null || sections.some((each) => versionOf(each) === version)) return null;
    const place = sections.findIndex((each) => {
      const other = versionOf(each);
      return other !== null && gt(version, other);
    });
    sections.splice(place === -1 ? sections.length : place, 0, section);
  }
  return target.intro + sections.join("");
}

function changelog(text: string): { readonly intro: string; readonly sections: readonly string[] } {
  const parts = text.split(/^(?=## )/mu);
  const intro = parts[0]?.startsWith("## ") === false ? parts[0] : "";
  return { intro, sections: intro === "" ? parts.filter((part) => part !== "") : parts.slice(1) };
}

/** The version in a section's heading; null for `Unreleased` and the like. */
function versionOf(section: string): string | null {
  const heading = /^## .*?(\d+\.\d+\.\d+[^\s\])]*)/u.exec(section)?.[1];
  return heading === undefined ? null : (coerce(heading, { includePrerelease: true })?.version ?? null);
}
