/** Tells on the terminal what happens, with the seconds since the scenario began. */
export class Narrator {
  readonly #write: (line: string) => void;
  #startedAt = performance.now();

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** The clock of the lines starts at the label, because that is what people under stress count from. */
  startClock(): void {
    this.#startedAt = performance.now();
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  heading(text: string): void {
    this.#write("");
    this.#write(`== ${text}`);
  }

  person(login: string, text: string): void {
    this.#line(`@${login}`, text);
  }

  app(text: string): void {
    this.#line("app", text);
  }

  /** Verbatim text, indented, for things that were read from GitHub or git. */
  quote(text: string): void {
    for (const line of text.replace(/\s+$/u, "").split("\n")) this.#write(`    ${line}`.trimEnd());
  }

  /** Markdown as a page shows it: without hidden comments. */
  quoteVisible(markdown: string): void {
    this.quote(
      markdown
        .replace(/<!--[\s\S]*?-->\n?/gu, "")
        .replace(/\n{3,}/gu, "\n\n")
        .trim(),
    );
  }

  #line(who: string, text: string): void {
    this.#write(`${this.seconds.toFixed(1).padStart(6)} s  ${who.padEnd(7)} ${text}`);
  }
}
