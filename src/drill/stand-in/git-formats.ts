/** The text formats of git's own objects, both ways. Trees are lists of entries; commits and tags are headers and a message. */

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
  /** As git writes it: `+0200`. */
  readonly zone?: string;
}

export interface CommitContent {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

export interface Commit extends CommitContent {
  readonly oid: string;
  /** The signature that was stored in the commit, null without one. */
  readonly signature: string | null;
}

export interface TreeEntry {
  /** `100644`, `100755`, `040000`, `120000` or `160000`. */
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

export interface TagContent {
  readonly object: string;
  readonly type: "commit" | "tree" | "blob" | "tag";
  readonly tag: string;
  readonly tagger: Person | null;
  readonly message: string;
}

export function formatCommit(commit: CommitContent): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${formatPerson(commit.author)}`,
    `committer ${formatPerson(commit.committer)}`,
  ];
  return Buffer.from(`${lines.join("\n")}\n\n${commit.message}`);
}

export function parseCommit(oid: string, content: Buffer): Commit {
  const { headers, message } = splitHeaders(content.toString());
  return {
    oid,
    tree: headers.find(([key]) => key === "tree")?.[1] ?? "",
    parents: headers.filter(([key]) => key === "parent").map(([, value]) => value),
    author: parsePerson(headers.find(([key]) => key === "author")?.[1] ?? ""),
    committer: parsePerson(headers.find(([key]) => key === "committer")?.[1] ?? ""),
    signature: headers.find(([key]) => key === "gpgsig")?.[1] ?? null,
    message,
  };
}

export function formatTag(tag: TagContent): Buffer {
  const lines = [`object ${tag.object}`, `type ${tag.type}`, `tag ${tag.tag}`];
  if (tag.tagger !== null) lines.push(`tagger ${formatPerson(tag.tagger)}`);
  return Buffer.from(`${lines.join("\n")}\n\n${tag.message}`);
}

export function parseTag(content: Buffer): TagContent {
  const { headers, message } = splitHeaders(content.toString());
  const value = (key: string): string => headers.find(([name]) => name === key)?.[1] ?? "";
  const tagger = value("tagger");
  return {
    object: value("object"),
    type: value("type") as TagContent["type"],
    tag: value("tag"),
    tagger: tagger === "" ? null : parsePerson(tagger),
    message,
  };
}

export function formatTree(entries: readonly TreeEntry[]): Buffer {
  const sorted = entries.toSorted((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  return Buffer.concat(
    sorted.flatMap((entry) => [
      Buffer.from(`${entry.mode.replace(/^0/, "")} ${entry.name}\0`),
      Buffer.from(entry.oid, "hex"),
    ]),
  );
}

export function parseTree(content: Buffer): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const end = content.indexOf(0, at);
    const head = content.subarray(at, end).toString();
    const split = head.indexOf(" ");
    entries.push({
      mode: head.slice(0, split).padStart(6, "0"),
      name: head.slice(split + 1),
      oid: content.subarray(end + 1, end + 21).toString("hex"),
    });
    at = end + 21;
  }
  return entries;
}

/** git sorts a folder as if its name ended in a slash. */
function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(entry.mode === "040000" ? `${entry.name}/` : entry.name);
}

function splitHeaders(text: string): { headers: [string, string][]; message: string } {
  const end = text.indexOf("\n\n");
  const head = end < 0 ? text : text.slice(0, end);
  const headers: [string, string][] = [];
  for (const line of head.split("\n")) {
    const last = headers.at(-1);
    if (line.startsWith(" ") && last !== undefined) {
      last[1] += `\n${line.slice(1)}`;
      continue;
    }
    const split = line.indexOf(" ");
    headers.push([line.slice(0, split), line.slice(split + 1)]);
  }
  return { headers, message: end < 0 ? "" : text.slice(end + 2) };
}

/** Angle brackets and line ends would break the header apart; git itself drops them. */
function formatPerson(person: Person): string {
  const clean = (text: string): string => text.replace(/[<>\n\0]/g, "").trim();
  const seconds = Math.floor(person.date.getTime() / 1000);
  return `${clean(person.name)} <${clean(person.email)}> ${seconds} ${person.zone ?? "+0000"}`;
}

function parsePerson(text: string): Person {
  const match = /^(.*?) ?<(.*?)> (-?\d+) ([+-]\d{4})$/.exec(text);
  if (match === null) return { name: text, email: "", date: new Date(0) };
  const [, name = "", email = "", seconds = "0", zone = "+0000"] = match;
  return { name, email, date: new Date(Number(seconds) * 1000), zone };
}
