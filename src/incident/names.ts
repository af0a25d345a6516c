import type { Config } from "../config/schema.ts";

/** Every name with a meaning is built and parsed here, and nowhere else. */

type Branches = Config["branches"];

const SLUG_LENGTH = 40;

/**
 * `[a-z0-9-]{1,40}`, deterministic, safe in a shell, in a ref and in a URL; `incident` where the title has no usable letter.
 */
export function slugOf(title: string): string {
  const words = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .slice(0, SLUG_LENGTH * 4)
    .replace(/^-+|-+$/gu, "");
  const cut =
    words.length <= SLUG_LENGTH
      ? words
      : words.slice(0, SLUG_LENGTH + 1).includes("-", 20)
        ? words.slice(0, words.slice(0, SLUG_LENGTH + 1).lastIndexOf("-"))
        : words.slice(0, SLUG_LENGTH);
  const slug = cut.replace(/-+$/u, "");
  return slug === "" || /^[0-9a-f]{40}$/u.test(slug) ? "incident" : slug;
}

/** Branch of a round: `hotfix/7-checkout-fails`, from round 2 on `hotfix/7-checkout-fails-2`. */
export function hotfixBranch(branches: Branches, number: number, slug: string, round = 1): string {
  return `${branches.hotfixPrefix}${number}-${slug}${round === 1 ? "" : `-${round}`}`;
}

/** The issue number of a hotfix branch and what follows it (slug, and the round's suffix). null: not one of ours by name. */
export function parseHotfixBranch(
  branches: Pick<Branches, "hotfixPrefix">,
  name: string,
): { number: number; rest: string } | null {
  if (!name.startsWith(branches.hotfixPrefix)) return null;
  const match = /^([1-9]\d{0,9})-([a-z0-9-]+)$/u.exec(name.slice(branches.hotfixPrefix.length));
  return match === null ? null : { number: Number(match[1]), rest: match[2]! };
}

/** `backmerge/7-develop`; from round 2 on `backmerge/7.2-develop`, so that no target name can be mistaken for a round. */
export function backMergeBranch(branches: Branches, number: number, target: string, round = 1): string {
  return `${branches.backMergePrefix}${number}${round === 1 ? "" : `.${round}`}-${target}`;
}

export function parseBackMergeBranch(
  branches: Pick<Branches, "backMergePrefix">,
  name: string,
): { number: number; round: number; target: string } | null {
  if (!name.startsWith(branches.backMergePrefix)) return null;
  const match = /^([1-9]\d{0,9})(?:\.([2-9]|[1-9]\d+))?-(.+)$/u.exec(
    name.slice(branches.backMergePrefix.length),
  );
  return match === null
    ? null
    : { number: Number(match[1]), round: Number(match[2] ?? 1), target: match[3]! };
}

/**
 * The issue that a branch would belong to under any configuration: `<prefix>/7-...`, `<prefix>/7.2-...` and `<prefix>/7`. For webhooks, which
 * are routed before the configuration is known; whether the branch is really one of ours is decided by `observe`. `release/2-beta` is a target.
 */
export function issueNumberInBranch(name: string): number | null {
  if (name.startsWith("release/")) return null;
  const match = /^[a-z0-9][a-z0-9._-]*\/([1-9]\d{0,9})(?:(?:\.\d+)?-.|$)/u.exec(name);
  return match === null ? null : Number(match[1]);
}

/**
 * The branch in which a merge queue builds a group: `gh-readonly-queue/main/pr-8-<40 digits>`, GitHub's own name. `number`: of the pull request that it
 * puts on top of those before it.
 */
export function parseQueueBranch(name: string): { number: number; base: string } | null {
  const match = /^gh-readonly-queue\/(.+)\/pr-([1-9]\d{0,9})-[0-9a-f]{40}$/u.exec(name);
  return match === null ? null : { number: Number(match[2]), base: match[1]! };
}

/** `PAYMENT-CRITICAL-042`; `INCIDENT-...` without a service. Frozen when first written. */
export function incidentId(service: string | null, severity: string, number: number): string {
  return `${(service ?? "incident").toUpperCase()}-${severity.toUpperCase()}-${String(number).padStart(3, "0")}`;
}

const INCIDENT_ID = /^([A-Z][A-Z0-9-]{0,30})-([A-Z][A-Z0-9-]{0,19})-(\d{3,10})$/u;

export function isIncidentId(text: string): boolean {
  return INCIDENT_ID.test(text);
}

/** Incidents that a person's text names by their id, each once: "PAYMENT-CRITICAL-042: carts lost their sum". `number`: of its issue. */
export function incidentsNamedIn(text: string): readonly { readonly id: string; readonly number: number }[] {
  const words = new Set(text.match(/(?<![\w-])[A-Z][A-Z0-9-]{0,70}-\d{3,10}(?![\w-])/gu));
  return [...words].flatMap((id) => {
    const number = INCIDENT_ID.exec(id)?.[3];
    return number === undefined ? [] : [{ id, number: Number(number) }];
  });
}

/** `v1.2.4` for format `v{{version}}`. */
export function tagName(format: string, version: string): string {
  return format.replace("{{version}}", version);
}

/** The version in a tag of this format, strict semver without build metadata; null for every other tag. */
export function parseTagName(format: string, tag: string): string | null {
  const start = format.slice(0, -"{{version}}".length);
  if (!tag.startsWith(start)) return null;
  const version = tag.slice(start.length);
  return /^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})(?:-[0-9A-Za-z.-]{1,50})?$/u.test(
    version,
  )
    ? version
    : null;
}

/** `incidents/PAYMENT-CRITICAL-042.md`, or `...-public.md`. Folder comes from validated configuration, id must be an incident id. */
export function documentPath(folder: string, id: string, variant: "" | "-public" = ""): string {
  if (!isIncidentId(id)) throw new Error(`not an incident id: ${JSON.stringify(id)}`);
  return `${folder.replace(/\/+$/u, "")}/${id}${variant}.md`;
}

/** Trailer of every commit that the app makes for an incident: tells our commits from those of people. */
export const INCIDENT_TRAILER = "Hotfix-Incident";

/** Branch of the documents pull request where direct commits are refused. */
export function documentsBranch(number: number): string {
  return `hotfix-documents/${number}`;
}

/** Branch of the pull request that brings the index of incidents where direct commits are refused. */
export const INDEX_BRANCH = "hotfix-documents/index";

/** Name of the index in the folder of reports. */
export const INDEX_NAME = "README.md";

/** What a pull request to the default branch proposes. */
export type ProposalKind = "forbid" | "retire" | "setup";

const PROPOSALS = "hotfix-proposals/";
const DOCUMENTS = "hotfix-documents/";

/** Whether it is where branches of the app are: one that carries a number there belongs to that incident. */
export function isAmongOurs(
  { hotfixPrefix, backMergePrefix }: Pick<Branches, "hotfixPrefix" | "backMergePrefix">,
  name: string,
): boolean {
  return [hotfixPrefix, backMergePrefix, DOCUMENTS, PROPOSALS].some((prefix) => name.startsWith(prefix));
}

/** Where the branches of all proposals of an incident are: their names begin with it. */
export function proposalBranches(number: number): { readonly prefix: string; readonly query: string } {
  return { prefix: PROPOSALS, query: `${number}-` };
}

/**
 * `hotfix-proposals/7-forbid-totalamount-1a2b3c4d`, `hotfix-proposals/7-setup`.
 * @param about the rule's name, and the fingerprint of all of it: two rules never share a branch
 */
export function proposalBranch(
  number: number,
  kind: ProposalKind,
  about: { readonly name: string; readonly mark: string } | null,
): string {
  const rest = about === null ? "" : `-${slugOf(about.name)}-${about.mark}`;
  return `${PROPOSALS}${number}-${kind}${rest}`;
}

/** `slug`: of the rule's name; null where it is about none. null: no branch of a proposal. */
export function parseProposalBranch(
  name: string,
): { readonly number: number; readonly kind: ProposalKind; readonly slug: string | null } | null {
  const match =
    /^hotfix-proposals\/([1-9]\d{0,9})-(?:(forbid|retire)-([a-z0-9][a-z0-9-]*)-[0-9a-f]{8}|setup)$/u.exec(
      name,
    );
  if (match === null) return null;
  return {
    number: Number(match[1]),
    kind: (match[2] as "forbid" | "retire" | undefined) ?? "setup",
    slug: match[3] ?? null,
  };
}

/** Where `/hotfix setup` puts the check for pushes to hotfix branches. */
export const VALIDATION_PATH = ".github/workflows/emergency-validation.yml";

/**
 * Hidden marker in a comment of ours: `<!-- hotfix:incident=7;kind=status;... -->`. Trusted only in comments that this app wrote.
 * Values are encoded, so that nothing in them can end the comment or start a pair.
 */
export interface Marker {
  readonly incident: number;
  readonly kind: string;
  readonly fields: Readonly<Record<string, string>>;
}

export function buildMarker(marker: Marker): string {
  const pairs = Object.entries({ kind: marker.kind, ...marker.fields }).map(
    ([key, value]) => `${key}=${encode(value)}`,
  );
  return `<!-- hotfix:incident=${marker.incident};${pairs.join(";")} -->`;
}

/** The first marker in a text, or null. */
export function parseMarker(text: string): Marker | null {
  const match = /<!-- hotfix:incident=([1-9]\d{0,9});kind=([^;\s]+)((?:;[a-z-]+=[^;\s]*)*) -->/u.exec(text);
  if (match === null) return null;
  const fields: Record<string, string> = {};
  for (const pair of match[3]!.split(";").filter(Boolean)) {
    const at = pair.indexOf("=");
    fields[pair.slice(0, at)] = decode(pair.slice(at + 1));
  }
  return { incident: Number(match[1]), kind: decode(match[2]!), fields };
}

function encode(value: string): string {
  return encodeURIComponent(value).replaceAll("-", "%2D");
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return value;
    throw error;
  }
}
