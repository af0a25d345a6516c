import type { Place } from "./finding.ts";

const EXCERPT_LENGTH = 160;

const STRIDE = 1_024;

/** Finds lines and columns in a text. Lines end at `\n`, as on GitHub; a `\r` before it belongs to neither line. */
export class LineIndex {
  readonly #text: string;
  readonly #starts: number[] = [0];
  /** Characters before every `STRIDE`th unit: a file that is one long line is counted once, in whatever order it is asked. */
  #counts: readonly number[] | null = null;

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** Line of an offset (UTF-16 units), counted from 1. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Offsets of a line (from 1) without its line end. */
  rangeOf(line: number): { readonly start: number; readonly end: number } {
    const start = this.#starts[line - 1] ?? this.#text.length;
    const next = this.#starts[line];
    const end = next === undefined ? this.#text.length : next - 1;
    return { start, end: end > start && this.#text[end - 1] === "\r" ? end - 1 : end };
  }

  place(start: number, end: number): Place {
    const line = this.lineAt(start);
    const endLine = this.lineAt(end);
    const column = this.#columnOf(line, start);
    return { line, endLine, column, endColumn: this.#columnOf(endLine, end) };
  }

  /** The line around an offset, cut to a readable length with an ellipsis where something was left out. */
  excerpt(offset: number): string {
    const { start, end } = this.rangeOf(this.lineAt(offset));
    if (end - start <= EXCERPT_LENGTH) return this.#text.slice(start, end).trim();
    const from = Math.max(start, offset - EXCERPT_LENGTH / 2);
    const to = Math.min(end, from + EXCERPT_LENGTH);
    return `${from > start ? "…" : ""}${this.#text.slice(from, to).trim()}${to < end ? "…" : ""}`.toWellFormed();
  }

  #columnOf(line: number, offset: number): number {
    const start = this.#starts[line - 1]!;
    // A line that people write: counted faster than the text around it.
    if (offset - start <= STRIDE) return charactersIn(this.#text, start, offset) + 1;
    return this.#charactersBefore(offset) - this.#charactersBefore(start) + 1;
  }

  #charactersBefore(offset: number): number {
    this.#counts ??= countsOf(this.#text);
    const stride = Math.floor(offset / STRIDE);
    return this.#counts[stride]! + charactersIn(this.#text, stride * STRIDE, offset);
  }
}

function countsOf(text: string): readonly number[] {
  const counts = [0];
  for (let at = STRIDE; at <= text.length; at += STRIDE) {
    counts.push(counts.at(-1)! + charactersIn(text, at - STRIDE, at));
  }
  return counts;
}

function charactersIn(text: string, from: number, to: number): number {
  let characters = 0;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    // The second half of a surrogate pair is not a character of its own.
    if (unit < 0xdc00 || unit > 0xdfff) characters += 1;
  }
  return characters;
}
