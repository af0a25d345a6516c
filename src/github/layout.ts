import type { Config } from "../config/schema.ts";
import { documentsBranch, proposalBranches, VALIDATION_PATH } from "../incident/names.ts";

/** The names that the first question to GitHub needs. They come from configuration, which comes with the answer. */
export interface Layout {
  readonly production: string;
  readonly integration: string;
  /** Glob. */
  readonly release: string;
  readonly hotfixPrefix: string;
  readonly backMergePrefix: string;
  readonly tagFormat: string;
  /** Only how many issues have it hangs on this one: where it is another, nothing is asked again. */
  readonly incidentLabel: string;
}

export function layoutOf(config: Config): Layout {
  const { production, integration, release, hotfixPrefix, backMergePrefix } = config.branches;
  return {
    production,
    integration,
    release,
    hotfixPrefix,
    backMergePrefix,
    tagFormat: config.tag.format,
    incidentLabel: config.labels.incident,
  };
}

export function isSameLayout(one: Layout, other: Layout): boolean {
  return (
    one.production === other.production &&
    one.integration === other.integration &&
    one.release === other.release &&
    one.hotfixPrefix === other.hotfixPrefix &&
    one.backMergePrefix === other.backMergePrefix &&
    one.tagFormat === other.tagFormat
  );
}

/** Where branches of one kind are looked for: `query` is GitHub's substring filter, so what comes back is filtered again. */
export interface BranchSearch {
  readonly prefix: string;
  readonly query: string | null;
}

export function branchSearches(layout: Layout, number: number) {
  return {
    hotfixBranches: { prefix: `refs/heads/${layout.hotfixPrefix}`, query: `${number}-` },
    backMergeBranches: { prefix: `refs/heads/${layout.backMergePrefix}`, query: `${number}-` },
    laterBackMergeBranches: { prefix: `refs/heads/${layout.backMergePrefix}`, query: `${number}.` },
    releaseBranches: searchOfGlob(layout.release),
  } satisfies Record<string, BranchSearch>;
}

/** The part of a glob before its first special character, cut at the last slash: `release/*` is looked for below `refs/heads/release/`. */
function searchOfGlob(glob: string): BranchSearch {
  const fixed = /^[^*?[\]{}()!+@|\\]*/u.exec(glob)?.[0] ?? "";
  const slash = fixed.lastIndexOf("/") + 1;
  return { prefix: `refs/heads/${fixed.slice(0, slash)}`, query: fixed.slice(slash) || null };
}

/** Variables of `INCIDENT_QUERY`. */
export function incidentVariables(
  layout: Layout,
  number: number,
  configurationPath: string,
): Record<string, unknown> {
  const searches = branchSearches(layout, number);
  const proposals = proposalBranches(number);
  return {
    number,
    configuration: `HEAD:${configurationPath}`,
    production: `refs/heads/${layout.production}`,
    integration: `refs/heads/${layout.integration}`,
    documentsBranch: `refs/heads/${documentsBranch(number)}`,
    proposalPrefix: `refs/heads/${proposals.prefix}`,
    proposalQuery: proposals.query,
    validation: `HEAD:${VALIDATION_PATH}`,
    hotfixPrefix: searches.hotfixBranches.prefix,
    hotfixQuery: searches.hotfixBranches.query,
    backMergePrefix: searches.backMergeBranches.prefix,
    backMergeQuery: searches.backMergeBranches.query,
    laterBackMergeQuery: searches.laterBackMergeBranches.query,
    releasePrefix: searches.releaseBranches.prefix,
    releaseQuery: searches.releaseBranches.query,
    incidentLabel: layout.incidentLabel,
    tagQuery: layout.tagFormat.replace("{{version}}", "") || null,
  };
}
