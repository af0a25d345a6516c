import type { Stats } from "node:fs";

/** Numbers that tell that a file on disk is the one that was checked: when it changed, its size, which file it is. */
export const SIGNATURE_LENGTH = 4;

export type Signature = readonly [mtimeMs: number, ctimeMs: number, size: number, ino: number];

export function signatureOf(stat: Stats): Signature {
  return [stat.mtimeMs, stat.ctimeMs, stat.size, stat.ino];
}

/** Numbers that a thread hands over for each file that it checked: which one it is, when it changed, its signature. */
export const CHECKED_NUMBERS = 2 + SIGNATURE_LENGTH;
