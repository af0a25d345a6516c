/**
 * The part of a comment or file that is ours to rewrite, between two markers each on a line of its own. Text around it belongs to people and
 * is kept byte for byte.
 */

/** Lower-case word, for example `status`. */
type SectionName = string;

export interface ManagedSection {
  /** With `\n` line ends, without the empty lines at its ends. */
  readonly content: string;
  readonly before: string;
  readonly after: string;
}

function beginMarker(name: SectionName): string {
  return `<!-- hotfix:begin ${checked(name)} -->`;
}

function endMarker(name: SectionName): string {
  return `<!-- hotfix:end ${checked(name)} -->`;
}

function checked(name: SectionName): SectionName {
  if (!/^[a-z][a-z0-9-]{0,39}$/u.test(name))
    throw new RangeError(`not a section name: ${JSON.stringify(name)}`);
  return name;
}

/** The first whole section of that name, or null: no markers, or none that pair up. */
export function parseManagedSection(text: string, name: SectionName): ManagedSection | null {
  const [first] = findSections(text, name);
  if (first === undefined) return null;
  return {
    content: normalise(text.slice(first.contentStart, first.contentEnd)),
    before: text.slice(0, first.start),
    after: text.slice(first.end),
  };
}

/**
 * `text` with its section replaced. Without a whole section the new one goes to the end. Further copies of the section (a pasted comment) are
 * removed, and markers that lost their partner too: what stood beside them may be somebody's, so it stays.
 * @throws RangeError if `content` holds a marker of this section
 */
export function replaceManagedSection(text: string, name: SectionName, content: string): string {
  const section = wrapSection(name, content);
  const sections = findSections(text, name);
  const [first] = sections;
  if (first === undefined) return appendSection(dropMarkers(text, name), section);
  const before = dropMarkers(text.slice(0, first.start), name);
  const kept = sections.map((each, index) => text.slice(each.end, sections[index + 1]?.start));
  return `${before}${section}${dropMarkers(kept.join(""), name)}`;
}

/** Whether the text already says it, apart from line ends and empty lines that GitHub or an editor changed. */
export function hasManagedSection(text: string, name: SectionName, content: string): boolean {
  return (
    parseManagedSection(text, name)?.content === normalise(content) && findSections(text, name).length === 1
  );
}

function wrapSection(name: SectionName, content: string): string {
  const inside = normalise(content);
  if (inside.includes(beginMarker(name)) || inside.includes(endMarker(name))) {
    throw new RangeError(`the section ${name} cannot hold its own markers`);
  }
  return [beginMarker(name), ...(inside === "" ? [] : [inside]), endMarker(name)].join("\n");
}

/** The text without the markers of any section: for a copy that nobody keeps up to date. */
export function withoutSections(text: string): string {
  return text.replace(/^<!-- hotfix:(?:begin|end) [a-z][a-z0-9-]{0,39} -->\n?/gmu, "");
}

interface Span {
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
}

/** Each end marker with the nearest begin marker before it. */
function findSections(text: string, name: SectionName): readonly Span[] {
  const begin = beginMarker(name);
  const end = endMarker(name);
  const spans: Span[] = [];
  let from = 0;
  for (let close = text.indexOf(end); close !== -1; close = text.indexOf(end, from)) {
    const open = text.lastIndexOf(begin, close);
    if (open >= from) {
      spans.push({
        start: open,
        contentStart: open + begin.length,
        contentEnd: close,
        end: close + end.length,
      });
    }
    from = close + end.length;
  }
  return spans;
}

/** Until none is left: taking one out can join the halves of another. */
function dropMarkers(text: string, name: SectionName): string {
  const without = text.replaceAll(beginMarker(name), "").replaceAll(endMarker(name), "");
  return without === text ? text : dropMarkers(without, name);
}

function appendSection(text: string, section: string): string {
  const above = text.replace(/\s+$/u, "");
  return above === "" ? section : `${above}\n\n${section}`;
}

function normalise(content: string): string {
  return content.replace(/\r\n?/gu, "\n").replace(/^\n+|\s+$/gu, "");
}
