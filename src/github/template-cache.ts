import { TEMPLATES_EXPRESSION, TEMPLATES_QUERY } from "./documents/templates-query.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isNotFound, runGraphql } from "./run-graphql.ts";

type Templates = Readonly<Record<string, string>>;

interface Entry {
  readonly name: string;
  readonly object: {
    readonly __typename: string;
    readonly text?: string | null;
    readonly isTruncated?: boolean;
    readonly entries?: readonly Entry[] | null;
  } | null;
}

const ENDING = ".hbs";
/** More than the app has texts. */
const MOST_TEMPLATES = 100;
const MOST_FOLDERS = 50;

/** Templates of repositories, by the tree that holds them: a tree never changes. One for the process. */
export class TemplateCache {
  readonly #known = new Map<string, Templates>();

  /** Text by path below the folder, without `.hbs`. @param tree of the folder; null: there is none */
  async read(client: RepositoryClient, tree: string | null): Promise<Templates> {
    if (tree === null) return {};
    const key = `${client.owner}/${client.repo}@${tree}`.toLowerCase();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const templates = await readTemplates(client);
    this.#known.set(key, templates);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > MOST_FOLDERS && oldest !== undefined) this.#known.delete(oldest);
    return templates;
  }
}

async function readTemplates(client: RepositoryClient): Promise<Templates> {
  const { repository } = await runGraphql<{
    repository: { templates: { readonly entries?: readonly Entry[] | null } | null } | null;
  }>(client, TEMPLATES_QUERY, { folder: TEMPLATES_EXPRESSION }, isNotFound);
  const entries = repository?.templates?.entries ?? [];
  const files = entries.flatMap((entry) => filesIn(entry, ""));
  return Object.fromEntries(files.slice(0, MOST_TEMPLATES));
}

/** A file whose text GitHub does not give whole is too large for a template: an empty one would be taken for a wish. */
function filesIn({ name, object }: Entry, folder: string): readonly (readonly [string, string])[] {
  if (object?.__typename === "Tree" && folder === "") {
    return (object.entries ?? []).flatMap((entry) => filesIn(entry, `${name}/`));
  }
  const text = object?.__typename === "Blob" && object.isTruncated !== true ? object.text : null;
  return typeof text === "string" && name.endsWith(ENDING)
    ? [[`${folder}${name.slice(0, -ENDING.length)}`, text]]
    : [];
}
