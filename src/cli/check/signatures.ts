import type { Stats } from "node:fs";

/** Numbers that tell that a file on disk is the one that was checked: when it changed (twice), its size, which file it is. */
export const SIGNATURE_LENGTH = 4;

/** Room for the signatures of so many files beside each other, to which several threads can write. A file without one was not looked at. */
export function newSignatures(files: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(files * SIGNATURE_LENGTH * Float64Array.BYTES_PER_ELEMENT));
}

/** Writes the signature of the file at `place`. */
export function sign(signatures: Float64Array, place: number, stat: Stats): void {
  const at = place * SIGNATURE_LENGTH;
  signatures[at] = stat.mtimeMs;
  signatures[at + 1] = stat.ctimeMs;
  signatures[at + 2] = stat.size;
  signatures[at + 3] = stat.ino;
}

/** Whether the file at `place` was looked at: no file has the number 0. */
export function hasSignature(signatures: Float64Array, place: number): boolean {
  return signatures[place * SIGNATURE_LENGTH + 3] !== 0;
}

/** Whether the file at `place` is as it was when its signature was written, and had not changed after `before` (milliseconds since the epoch). */
export function isSigned(signatures: Float64Array, place: number, stat: Stats, before: number): boolean {
  const at = place * SIGNATURE_LENGTH;
  return (
    signatures[at] === stat.mtimeMs &&
    signatures[at + 1] === stat.ctimeMs &&
    signatures[at + 2] === stat.size &&
    signatures[at + 3] === stat.ino &&
    Math.max(stat.mtimeMs, stat.ctimeMs) <= before
  );
}
