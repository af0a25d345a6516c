import { explainUrl } from "./explain-url.ts";
import type { Verdict } from "./verdict.ts";

/** GitHub's limit for a summary. */
const MAX_SUMMARY = 65_535;

export interface Explanation {
  /** Page of the documentation: `scope`. */
  readonly page: string;
  /** False: it never fails. */
  readonly blocks: boolean;
  /** Of the app; undefined: not known. */
  readonly homepage: string | undefined;
  readonly repositoryUrl: string;
}

/** The verdict with, below everything else, what kind of check it is and where it is explained. */
export function explained(verdict: Verdict, { page, blocks, homepage, repositoryUrl }: Explanation): Verdict {
  const url = explainUrl(homepage, page, repositoryUrl);
  const kind = blocks
    ? "This check blocks where branch rules require it."
    : "This check advises: it never blocks the merge.";
  const end = `\n\n${kind}${url === null ? "" : ` [Explain](${url})`}`;
  return {
    ...verdict,
    summary: `${verdict.summary.slice(0, MAX_SUMMARY - end.length)}${end}`,
    ...(url !== null && { detailsUrl: url }),
  };
}
