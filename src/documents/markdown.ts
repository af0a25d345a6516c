/**
 * The one module that turns text of people into text that GitHub shows and does nothing else with. A document is made of `SafeMarkdown`
 * only: whatever is not, is escaped on its way in (`compile-template.ts`).
 *
 * GitHub looks for mentions, issue references and bare links in the rendered text, where a backslash or an entity is already undone, and for
 * closing keywords in raw commit messages, which a squash makes of titles and bodies. Only a character in between breaks both: U+200B.
 */

import { GHOST } from "../incident/state/actor.ts";

const SAFE = Symbol("safe Markdown");

/** Markdown that does only what this app means it to do. Made in this module alone. */
export interface SafeMarkdown {
  readonly [SAFE]: true;
  readonly markdown: string;
}

export function isSafeMarkdown(value: unknown): value is SafeMarkdown {
  return typeof value === "object" && value !== null && SAFE in value;
}

function safe(markdown: string): SafeMarkdown {
  return { [SAFE]: true, markdown };
}

const GAP = "\u200B";

/** Text that nobody sees but that reorders, hides or joins what they see. Joiners U+200C and U+200D stay: scripts and emoji need them. */
const INVISIBLE =
  /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** Well-formed text with `\n` line ends and without invisible characters. */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u000B\u000C\u0085\u2028\u2029]/gu, "\n")
    .replace(INVISIBLE, "");
}

/** Every place where GitHub, an Actions log or a CI system would act on text; what follows the match is pushed away from it. */
const LIVE = [
  /@/gu,
  /#(?=\d|\[|$)/gu,
  /(?<![a-z0-9])GH-(?=\d|$)/giu,
  /:(?=\/\/|:)/gu,
  /www(?=\.)/giu,
  /\[(?=\s*(?:skip|ci|no|actions)\b)/giu,
  /<!(?=--)/gu,
] as const;

function disarm(text: string, gap: string): string {
  return LIVE.reduce((result, pattern) => result.replace(pattern, (found) => found + gap), text);
}

function oneLine(text: string): string {
  return visibleText(text).replace(/\s+/gu, " ");
}

/** At most `length` characters; a cut shows as an ellipsis and never splits a character. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

/** For titles, tag and commit messages: one line in which nothing is live. Not Markdown. */
export function plain(text: string, length = 250): string {
  return disarm(shorten(oneLine(text).trim(), length), GAP);
}

function escapeCharacters(text: string): string {
  return disarm(text, GAP)
    .replace(/[\\`*_[\]~$#]/gu, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("|", "&vert;");
}

/** Where the text may be first in its block: no list, heading underline, table or front matter starts. */
function escapeBlockStart(markdown: string): string {
  return markdown.replace(/^[-+=:]/u, "\\$&").replace(/^(\d{1,9})([.)])/u, "$1\\$2");
}

/** One line, safe in a paragraph, list item, heading, table cell or link text. */
export function inline(text: string): SafeMarkdown {
  return safe(escapeBlockStart(escapeCharacters(oneLine(text).trim())));
}

/** As it is where it ends like a sentence, else with a full stop. */
export function withStop<T extends string | SafeMarkdown>(text: T): T | string | SafeMarkdown {
  const words = typeof text === "string" ? text : text.markdown;
  if (words === "" || /[.!?…]$/u.test(words)) return text;
  return typeof text === "string" ? `${text}.` : safe(`${words}.`);
}

/** One line in code type, safe in a table too, where a backslash inside backticks would show. */
export function code(text: string): SafeMarkdown {
  const line = oneLine(text).trim();
  const needsNoEscape = /^[\w.,;:/+=%^(){}'"?!-]+(?: [\w.,;:/+=%^(){}'"?!-]+)*$/u.test(line);
  if (needsNoEscape && disarm(line, GAP) === line) return safe(`\`${line}\``);
  return safe(`<code>${escapeCharacters(line)}</code>`);
}

/**
 * A plain sentence of this app with commands and names in backticks; whatever was put into it stays inert.
 * @param links addresses of the issues and pull requests of this incident by number: their `#12` may be a link
 */
export function prose(text: string, links: ReadonlyMap<number, SafeMarkdown> = new Map()): SafeMarkdown {
  const parts = oneLine(text).trim().split("`");
  // An odd number of backticks: the last one opens nothing.
  const closed = parts.length % 2 === 1 ? parts.length : parts.length - 1;
  const pieces = parts.map((part, index) => {
    if (index >= closed) return `\\\`${escapeCharacters(part)}`;
    if (index % 2 === 1) return code(part).markdown;
    const escaped = linkNumbers(part, links);
    return index === 0 ? escapeBlockStart(escaped) : escaped;
  });
  return safe(pieces.join(""));
}

function linkNumbers(text: string, links: ReadonlyMap<number, SafeMarkdown>): string {
  return text
    .split(/(?<![\w/&])#([1-9]\d{0,9})\b/u)
    .map((part, index) => {
      if (index % 2 === 0) return escapeCharacters(part);
      return links.get(Number(part))?.markdown ?? escapeCharacters(`#${part}`);
    })
    .join("");
}

/** Lines of a person as a block quote; cut after `length` characters. Empty text gives an empty quote. */
export function quote(text: string, length = 2_000): SafeMarkdown {
  const kept = shorten(visibleText(text).trim(), length).replace(/\n\s*\n\s*/gu, "\n\n");
  const lines = kept.split("\n").map((line) => inline(line).markdown);
  return safe(
    lines
      .map((line, index) => {
        if (line === "") return ">";
        const next = lines[index + 1] ?? "";
        return `> ${line}${next === "" ? "" : "\\"}`;
      })
      .join("\n"),
  );
}

/** A fenced block whose fence is longer than any run of backticks inside; nothing inside is live, in raw text either. */
export function fence(text: string, language: "text" | "mermaid" | "diff"): SafeMarkdown {
  return fenced(disarm(visibleText(text), GAP).replace(/^\n+|\n+$/gu, ""), language);
}

function fenced(inside: string, language: string): SafeMarkdown {
  const longest = Math.max(2, ...Array.from(inside.matchAll(/`+/gu), ([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return safe(`${marks}${language}\n${inside}\n${marks}`);
}

/**
 * A file to copy, as a serializer of this app wrote it: not disarmed, because a character that nobody sees would break it, and a fence keeps mentions and links
 * from being live. What would end a hidden comment of ours is no part of such a file.
 */
export function fileBlock(text: string): SafeMarkdown {
  return fenced(visibleText(text).replaceAll("<!--", `<!${GAP}--`).replace(/\n+$/u, ""), "yaml");
}

const COMMAND = Symbol("shell command");

/** A line that can be copied into a shell. */
export interface Command {
  readonly [COMMAND]: string;
}

/** @param program ours, with its options; @param words of anybody, each quoted where needed */
export function command(program: string, words: readonly string[]): Command {
  if (!/^[a-z][\w ./&-]*$/u.test(program)) throw new RangeError(`not a command: ${JSON.stringify(program)}`);
  return { [COMMAND]: [program, ...words.map(shellWord)].join(" ") };
}

export function isCommand(value: unknown): value is Command {
  return typeof value === "object" && value !== null && COMMAND in value;
}

/** Commands one below the other. Not disarmed: a character that nobody sees would break them, and `shellWord` has done it already. */
export function shellBlock(commands: readonly Command[]): SafeMarkdown {
  return fenced(commands.map((each) => each[COMMAND]).join("\n"), "sh");
}

/**
 * One word for a shell: quoted where needed, so that a branch named `$(id)` stays a name. Live characters are split by an empty pair of
 * quotes, which the shell drops: the command still works when copied.
 */
export function shellWord(text: string): string {
  const word = oneLine(text).trim();
  if (/^(?:[A-Za-z0-9_][\w./+-]*|-[a-z])$/u.test(word) && disarm(word, GAP) === word) return word;
  return disarm(`'${word.replaceAll("'", "'\\''")}'`, "''");
}

const USER = /^[a-z\d](?:[a-z\d-]{0,37}[a-z\d])?(?:_[a-z\d]{1,20})?$/iu;
const TEAM = /^[a-z\d](?:[a-z\d-]{0,37}[a-z\d])?\/[a-z\d][a-z\d._-]{0,99}$/iu;

/** Notifies a user (`login`) or team (`org/team`), on purpose. What is neither (a bot, a ghost, anything else) is only named. */
export function mention(who: string): SafeMarkdown {
  // There is an account of that name, and it is nobody of here.
  return who !== GHOST && (USER.test(who) || TEAM.test(who)) ? safe(`@${who}`) : inline(who);
}

/** `[text](url)`; the text alone where the address does not lie inside the repository. */
export function link(text: string | SafeMarkdown, url: string | null, repositoryUrl: string): SafeMarkdown {
  return linkOrNull(text, url, repositoryUrl) ?? labelOf(text);
}

/** The same, or nothing at all. */
export function linkOrNull(
  text: string | SafeMarkdown,
  url: string | null,
  repositoryUrl: string,
): SafeMarkdown | null {
  const own = url === null ? null : ownUrl(url, repositoryUrl);
  return own === null ? null : safe(`[${labelOf(text).markdown}](${own})`);
}

function labelOf(text: string | SafeMarkdown): SafeMarkdown {
  return isSafeMarkdown(text) ? text : inline(text);
}

/** `[#12](url)` for an issue or pull request of the repository. */
export function numberLink(number: number, url: string, repositoryUrl: string): SafeMarkdown {
  return link(safe(`#${number}`), url, repositoryUrl);
}

/** The address, encoded, if it is in this repository on its own host by its own (https) scheme; else null. */
export function ownUrl(url: string, repositoryUrl: string): string | null {
  const repository = URL.parse(repositoryUrl);
  const address = URL.parse(url);
  if (repository === null || address === null) return null;
  if (address.origin !== repository.origin || address.username !== "" || address.password !== "") return null;
  // A GitHub Enterprise host or a stand-in without TLS is still the repository's own host.
  if (!["https:", "http:"].includes(address.protocol)) return null;
  const root = repository.pathname.replace(/\/+$/u, "").toLowerCase();
  const path = address.pathname.toLowerCase();
  if (path !== root && !path.startsWith(`${root}/`)) return null;
  return address.href
    .replace(/[()<>[\]|\\`'"*_~$@]/gu, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("&", "&amp;");
}

const ADDRESS = Symbol("own address");

/** A bare address for plain text: a tag message has no links. */
export interface Address {
  readonly [ADDRESS]: string;
}

export function address(url: string, repositoryUrl: string): Address | null {
  const own = ownUrl(url, repositoryUrl);
  return own === null ? null : { [ADDRESS]: own.replaceAll("&amp;", "&") };
}

/** The text of an address; null for anything else. */
export function addressText(value: unknown): string | null {
  return typeof value === "object" && value !== null && ADDRESS in value ? (value as Address)[ADDRESS] : null;
}

/** Parts side by side, with `separator` (Markdown of ours) between them. */
export function join(parts: readonly SafeMarkdown[], separator: string): SafeMarkdown {
  return safe(parts.map((part) => part.markdown).join(separator));
}
