import type { FileResult } from "../../checks/file-result.ts";

/** Files of a working tree and what was found in them. Numbers beside each other: ten thousand objects take longer to keep than to make. */
export interface ScannedFiles {
  readonly paths: readonly string[];
  /** By place in `paths`; none where a file was not looked at. */
  readonly signatures: Float64Array;
  readonly filesChecked: number;
  /** Of the files that are not clean, by their place in `paths`. */
  readonly results: ReadonlyMap<number, FileResult>;
}
