import { fingerprint } from "../incident/fingerprint.ts";

/**
 * A file that is rendered again when facts change, while people write in it. Each generated part stands between two markers, and the first one carries
 * the fingerprint of what was generated: as long as it fits, the part is ours to replace; when it does not, somebody edited the part, so it becomes theirs
 * and the new text goes beside it. Front matter is one such part, in comments of YAML.
 */

export interface Rendered {
  /** YAML without its `---` lines. */
  readonly frontMatter: string;
  /** Markdown with `<!-- hotfix:begin name -->` and `<!-- hotfix:end name -->` around what is generated. */
  readonly body: string;
  /** Fingerprint of the facts that it tells. */
  readonly facts: string;
}

const FIRST_LINE = "---";
const DATA =
  /^# hotfix:begin generated facts=([0-9a-f]{8}) text=([0-9a-f]{8})\n((?:(?!# hotfix:).*\n)*)# hotfix:end generated\n/mu;
const PART =
  /^<!-- hotfix:begin ([a-z][a-z0-9-]{0,39})(?: text=([0-9a-f]{8}))? -->\n((?:(?!<!-- hotfix:(?:begin|end) ).*\n)*)<!-- hotfix:end \1 -->$/gmu;

/** The whole file, as it is committed first. */
export function newDocument({ frontMatter, body, facts }: Rendered): string {
  const parts = body.replace(PART, (_, name: string, __, content: string) => part(name, content));
  return `${FIRST_LINE}\n${data(facts, frontMatter)}${FIRST_LINE}\n\n${parts}\n`;
}

/** The facts that a file tells; null: the file is not one of ours, or somebody made it theirs by taking the marker away. */
export function factsToldBy(text: string): string | null {
  return DATA.exec(frontMatterOf(withLineFeeds(text)) ?? "")?.[1] ?? null;
}

/**
 * The file with its generated parts brought up to date. A part that somebody took out does not come back.
 * @param note Markdown that stands between a part that somebody edited and its new text
 */
export function updatedDocument(existing: string, rendered: Rendered, note: string): string {
  const text = withLineFeeds(existing);
  const old = frontMatterOf(text);
  if (old === null) return existing;
  const fresh = new Map(
    Array.from(rendered.body.matchAll(PART), ([, name = "", , content = ""]) => [name, content]),
  );
  const seen = new Set<string>();
  const body = text.slice(old.length).replace(PART, (whole, name: string, told: string, content: string) => {
    const next = fresh.get(name);
    // A pasted copy is somebody's.
    if (next === undefined || told === undefined || seen.has(name)) return whole;
    seen.add(name);
    if (nameOf(content) === told || nameOf(content) === nameOf(next)) return part(name, next);
    return nameOf(next) === told ? whole : `${content.trimEnd()}\n\n${note}\n\n${part(name, next)}`;
  });
  const updated = `${updatedData(old, rendered)}${body}`;
  return existing === text ? updated : updated.replaceAll("\n", "\r\n");
}

function updatedData(old: string, { frontMatter, facts }: Rendered): string {
  const found = DATA.exec(old);
  if (found === null) return old;
  const [whole, , told, content = ""] = found;
  const key = /^(generated(?:_\d+)?):\n/u.exec(content)?.[1];
  const stored = key === undefined ? frontMatter : nested(key, frontMatter);
  if (nameOf(content) === told) return old.replace(whole, () => data(facts, stored));
  const beside = data(facts, nested(freeKey(old.replace(whole, () => content)), frontMatter));
  return old.replace(
    whole,
    () =>
      `${content}# The lines above were edited by hand and stay; these are the newly generated ones:\n${beside}`,
  );
}

/** Twice the same key would make the YAML invalid. */
function freeKey(yaml: string): string {
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? "generated" : `generated_${count}`;
    if (!yaml.includes(`\n${key}:`)) return key;
  }
}

function nested(key: string, yaml: string): string {
  const lines = yaml.trimEnd().split("\n");
  return `${key}:\n${lines.map((line) => `  ${line}`).join("\n")}\n`;
}

function data(facts: string, yaml: string): string {
  const text = `${yaml.trimEnd()}\n`;
  return `# hotfix:begin generated facts=${facts} text=${nameOf(text)}\n${text}# hotfix:end generated\n`;
}

function part(name: string, content: string): string {
  const text = content.replace(/^\n+|\s+$/gu, "");
  return `<!-- hotfix:begin ${name} text=${nameOf(text)} -->\n${text === "" ? "" : `${text}\n`}<!-- hotfix:end ${name} -->`;
}

/** Empty lines at the ends and spaces at the ends of lines are none of the text: editors change them. */
function nameOf(text: string): string {
  return fingerprint(text.replace(/[^\S\n]+$/gmu, "").trim());
}

/** With both `---` lines. */
function frontMatterOf(text: string): string | null {
  return /^---\n(?:(?!---\n).*\n)*---\n/u.exec(text)?.[0] ?? null;
}

/** Only where every line ends in a carriage return, so that nothing is lost on the way back. */
function withLineFeeds(text: string): string {
  return /(?<!\r)\n/u.test(text) ? text : text.replaceAll("\r\n", "\n");
}
