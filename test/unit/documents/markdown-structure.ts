import { parseMarker } from "../../../src/incident/names.ts";

/** What a finished text would do on GitHub, read off its characters: no Markdown parser is at hand, so the rules err on the strict side. */

/** Each line's kind. Two texts that differ only in what people typed have the same skeleton. */
export function skeletonOf(markdown: string): readonly string[] {
  const kinds: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split("\n")) {
    const marks = /^(`{3,}|~{3,})/u.exec(line)?.[1];
    if (fence !== null) {
      if (marks !== undefined && marks.length >= fence.length && line.trim() === marks) fence = null;
      kinds.push(fence === null ? "fence end" : "fenced");
    } else if (marks !== undefined) {
      fence = marks;
      kinds.push("fence");
    } else {
      kinds.push(kindOf(line));
    }
  }
  // A quote of a person has as many lines as they wrote.
  return kinds.filter((kind, index) => kind !== "quote" || kinds[index - 1] !== "quote");
}

function kindOf(line: string): string {
  if (line.trim() === "") return "blank";
  if (/^ {0,3}#{1,6}(?:\s|$)/u.test(line)) return `heading ${/#+/u.exec(line)![0].length}`;
  if (/^ {0,3}>/u.test(line)) return "quote";
  if (/^ {0,3}\|/u.test(line)) return `row of ${line.match(/\|/gu)!.length}`;
  if (/^ {0,3}(?:[-*_] *){3,}$/u.test(line)) return "rule";
  if (/^ {0,3}=+\s*$/u.test(line)) return "setext";
  if (/^ {0,3}[-+*]\s/u.test(line)) return "item";
  if (/^ {0,3}\d{1,9}[.)]\s/u.test(line)) return "numbered item";
  if (/^(?: {4}|\t)/u.test(line)) return "indented code";
  if (/^ {0,3}<!-- hotfix:(?:begin|end) [a-z-]+ -->$/u.test(line)) return line;
  return "text";
}

/** Everything in the text that would act: ping, link, close, embed, forge. Mentions in `meant` are on purpose. */
export function liveThingsIn(
  markdown: string,
  repositoryUrl: string,
  meant: readonly string[] = [],
): readonly string[] {
  const outsideCode = markdown
    .replace(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gmu, "")
    .replace(/<!-- hotfix:(?:begin|end) [a-z-]+ -->/gu, "")
    .replace(/<\/?(?:code|sub)>/gu, "")
    .replaceAll(/(?<!\\)`[^`\n]+`/gu, "CODE");
  const withoutLinks = outsideCode
    .replaceAll("- [ ] ", "- ")
    .replace(/(?<!\\)\[(?:[^\]\\]|\\.)*\]\(([^()\s]*)\)/gu, (whole, url: string) =>
      url.startsWith(repositoryUrl) ? "LINK" : whole,
    );
  const withoutMeant = meant.reduce((text, who) => text.replaceAll(`@${who}`, "MENTION"), withoutLinks);
  const found = [
    ...all(/@[\w-]/gu, withoutMeant),
    ...all(/#\d/gu, withoutMeant),
    ...all(/(?<![a-z0-9])GH-\d/giu, withoutMeant),
    ...all(/:\/\//gu, withoutMeant),
    ...all(/www\./giu, withoutMeant),
    ...all(/[<>]/gu, withoutMeant.replace(/^> ?/gmu, "")),
    ...all(/(?<!\\)(?:\\\\)*[[\]]/gu, withoutMeant),
    ...all(/(?<!\\)(?:\\\\)*`/gu, withoutMeant),
    ...all(/(?<!\\)(?:\\\\)*~/gu, withoutMeant),
    ...all(/(?:^|[^\\*])(?:\\\\)*\*(?!\*)(?<!\*\*)/gu, withoutMeant),
    ...all(/&(?!amp;|lt;|gt;|vert;)/gu, withoutMeant),
    ...hiddenIn(markdown),
  ];
  if (parseMarker(markdown) !== null) found.push("a marker");
  return found;
}

/** What a title, tag message or commit message would do: GitHub reads them raw. Addresses in `meant` are ours. */
export function liveThingsInPlainText(text: string, meant: readonly string[] = []): readonly string[] {
  const rest = meant.reduce((result, address) => result.replaceAll(address, "ADDRESS"), text);
  return [
    ...all(/@[\w-]/gu, rest),
    ...all(/#\d/gu, rest),
    ...all(/(?<![a-z0-9])GH-\d/giu, rest),
    ...all(/:\/\//gu, rest),
    ...all(/::/gu, rest),
    ...all(/<!--/gu, rest),
    ...all(/\[\s*(?:skip|ci|no|actions)\b/giu, rest),
    ...hiddenIn(text),
  ];
}

/** Control, direction and hidden characters; U+200B is the gap that the app itself puts in. */
function hiddenIn(text: string): readonly string[] {
  return all(
    /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]|\p{Cs}/gu,
    text,
  );
}

function all(pattern: RegExp, text: string): readonly string[] {
  return Array.from(text.matchAll(pattern), (match) =>
    JSON.stringify(text.slice(Math.max(0, match.index - 20), match.index + 20)),
  );
}
