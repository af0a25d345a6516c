import type { ConfigurationFacts } from "../incident/state.ts";
import { CONFIGURATION_PATH } from "./configuration-path.ts";
import type { ExplainedFile } from "./explain.ts";
import { parseExtends, type FilePlace } from "./extends.ts";
import { mergeFiles } from "./merge.ts";
import { validate } from "./parse.ts";
import { readYaml } from "./read-yaml.ts";
import { defaultConfig, type Config } from "./schema.ts";

export { CONFIGURATION_PATH };

/** Repository of an owner whose file holds where a repository has none of its own. */
const SHARED_REPOSITORY = ".github";

/** How many files may build on one another. */
const EXTENDS_LIMIT = 5;

export interface ConfigurationFile {
  /** Blob SHA. */
  readonly oid: string;
  /** null: GitHub did not give it as text (binary, or far too large). */
  readonly text: string | null;
}

/** What `resolveConfiguration` needs of GitHub. Repositories are named without the owner, which is always the incident's. */
export interface ConfigurationReader {
  readonly owner: string;
  /** Name of the repository whose configuration is wanted. */
  readonly repo: string;
  /** The file on the default branch; null when there is no such file, no such repository, or no access to it. */
  readFile(repo: string, path: string): Promise<ConfigurationFile | null>;
  /** The file at each revision on the default branch that touched it, newest first; null where the revision deleted it. */
  readHistory(repo: string, path: string): AsyncIterable<ConfigurationFile | null>;
}

export interface ResolvedConfiguration {
  readonly config: Config;
  readonly facts: ConfigurationFacts;
}

/**
 * The configuration in force. `current` is `CONFIGURATION_PATH` on the default branch as the caller has already read it (null: no file),
 * so that a repository with a valid file of its own costs no call.
 *
 * `facts.revision` is the blob SHA of the file in force, followed by those of the files it builds on (`sha+sha`), so that every change of
 * what holds changes it.
 */
export async function resolveConfiguration(
  reader: ConfigurationReader,
  current: ConfigurationFile | null,
): Promise<ResolvedConfiguration> {
  let place: FilePlace = { repo: reader.repo, path: CONFIGURATION_PATH };
  let file = current;
  if (file === null && reader.repo.toLowerCase() !== SHARED_REPOSITORY) {
    place = { repo: SHARED_REPOSITORY, path: CONFIGURATION_PATH };
    file = await reader.readFile(place.repo, place.path);
  }
  if (file === null) {
    return { config: defaultConfig, facts: { revision: "defaults", problems: [], usable: true } };
  }
  const settled = await settle(reader, place, file, []);
  const usable = settled.layer !== null;
  return {
    config: settled.layer?.config ?? defaultConfig,
    facts: { revision: settled.layer?.revision ?? file.oid, problems: settled.problems, usable },
  };
}

/** One file with everything that it builds on, valid. */
interface Layer {
  readonly config: Config;
  /** The merged data, before defaults, for files that build on this one. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly revision: string;
  readonly files: readonly ExplainedFile[];
}

interface Settled {
  /** null: there is no revision that validates. */
  readonly layer: Layer | null;
  /** Of newest revisions that are not in force. */
  readonly problems: readonly string[];
}

/** The newest revision that validates: `file`, or one of its history. A deletion ends the search: what was deleted does not come back. */
async function settle(
  reader: ConfigurationReader,
  place: FilePlace,
  file: ConfigurationFile,
  above: readonly FilePlace[],
): Promise<Settled> {
  const newest = await attempt(reader, place, file, above);
  if (newest.layer !== null) return newest;
  for await (const older of reader.readHistory(place.repo, place.path)) {
    if (older === null) break;
    if (older.oid === file.oid) continue;
    const { layer } = await attempt(reader, place, older, above);
    if (layer !== null) return { layer, problems: newest.problems };
  }
  return newest;
}

/** One revision of one file, with the files that it builds on. */
async function attempt(
  reader: ConfigurationReader,
  place: FilePlace,
  file: ConfigurationFile,
  above: readonly FilePlace[],
): Promise<Settled> {
  const name = samePlace(place, { repo: reader.repo, path: CONFIGURATION_PATH })
    ? null
    : `${reader.owner}/${place.repo}:${place.path}`;
  const wrong = (problems: readonly string[]): Settled => ({
    layer: null,
    problems: name === null ? problems : problems.map((problem) => `in ${name}, ${problem}`),
  });
  const reading = readYaml(file.text);
  if (!reading.ok) return wrong(reading.problems);

  const { _extends: extended, ...own } = reading.value;
  const line = `_extends, line ${reading.lineOf(["_extends"])}`;
  let base: Settled = { layer: null, problems: [] };
  if (extended !== undefined && extended !== null) {
    const target = parseExtends(extended, reader.owner);
    if (!target.ok) return wrong([`${line}: ${target.problem}`]);
    const loop = loopProblem([...above, place], target.place);
    if (loop !== null) return wrong([`${line}: ${loop}`]);
    const baseFile = await reader.readFile(target.place.repo, target.place.path);
    if (baseFile === null) {
      return wrong([
        `${line}: ${reader.owner}/${target.place.repo} has no ${target.place.path} on its default branch that this app may read`,
      ]);
    }
    base = await settle(reader, target.place, baseFile, [...above, place]);
    if (base.layer === null) return base;
  }

  const value = mergeFiles(base.layer?.value ?? {}, own);
  const files = [...(base.layer?.files ?? []), { name, lineOf: reading.lineOf }];
  const parsed = validate(value, files);
  if (!parsed.ok) return { layer: null, problems: [...base.problems, ...parsed.problems] };
  const revision = [file.oid, ...(base.layer === null ? [] : [base.layer.revision])].join("+");
  return { layer: { config: parsed.config, value, revision, files }, problems: base.problems };
}

function loopProblem(chain: readonly FilePlace[], next: FilePlace): string | null {
  const names = [...chain, next].map(({ repo, path }) => `${repo}:${path}`).join(" -> ");
  if (chain.some((place) => samePlace(place, next)))
    return `the files build on each other in a circle (${names})`;
  return chain.length > EXTENDS_LIMIT
    ? `more than ${EXTENDS_LIMIT} files build on one another (${names})`
    : null;
}

function samePlace(left: FilePlace, right: FilePlace): boolean {
  return left.repo.toLowerCase() === right.repo.toLowerCase() && left.path === right.path;
}
