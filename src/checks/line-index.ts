import type { Place } from "./finding.ts";

const EXCERPT_LENGTH = 160;

/** Finds lines and columns in a text. Lines end at `\n`, as on GitHub; a `\r` before it belongs to neither line. */
export class LineIndex {
  readonly #text: string;
  readonly #starts: number[] = [0];
  /** Where the last column was counted to: keeps a file that is one long line linear when asked in order. */
  #counted = { line: 0, offset: 0, column: 1 };

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
    const from =
      this.#counted.line === line && this.#counted.offset <= offset
        ? this.#counted
        : { line, offset: start, column: 1 };
    let column = from.column;
    for (let at = from.offset; at < offset; at += 1) {
      const unit = this.#text.charCodeAt(at);
      // The second half of a surrogate pair is not a character of its own.
      if (unit < 0xdc00 || unit > 0xdfff) column += 1;
    }
    this.#counted = { line, offset, column };
    return column;
  }
}
