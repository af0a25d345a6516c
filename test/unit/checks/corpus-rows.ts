/**
 * What the short form `forbid: totalAmount` must see and must not see. To add a case, add a row. In `code` each «totalAmount» is a
 * use that must be found at exactly that place (the marks are taken out first); every other mention must stay unfound.
 */
export interface CorpusRow {
  readonly name: string;
  /** Decides the language. */
  readonly path: string;
  readonly code: string;
  /** Forms of the findings, in order. Left out: only the places count. */
  readonly forms?: readonly string[];
}

export function rows(
  path: string,
  cases: readonly (readonly [name: string, code: string, ...forms: string[]])[],
): CorpusRow[] {
  return cases.map(([name, code, ...forms]) => ({
    name: `${path.slice(path.lastIndexOf(".") + 1)}: ${name}`,
    path,
    code,
    ...(forms.length === 0 ? {} : { forms }),
  }));
}

/** The name, marked as a use. */
export const N = "«totalAmount»";
