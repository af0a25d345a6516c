import { eventually } from "./eventually.ts";
import type { Person } from "./person.ts";

const VERDICTS = ["properties", "scope", "tests", "migrations", "message", "review"];

type Place = { readonly owner: string; readonly repo: string };

/** What somebody who reloads the pages of the repository sees. */
export class Onlooker {
  readonly #person: Person;
  readonly #at: Place;

  constructor(person: Person, at: Place) {
    this.#person = person;
    this.#at = at;
  }

  async conversation(issue: number) {
    const { data } = await this.#rest.issues.listComments({
      ...this.#at,
      issue_number: issue,
      per_page: 100,
    });
    return data.map((comment) => ({ ...comment, body: comment.body ?? "" }));
  }

  async issue(number: number) {
    return (await this.#rest.issues.get({ ...this.#at, issue_number: number })).data;
  }

  /** First of this head and base, in any state. */
  async pullRequestOf(head: string, base: string) {
    const { data } = await this.#rest.pulls.list({
      ...this.#at,
      head: `${this.#at.owner}:${head}`,
      base,
      state: "all",
    });
    return data[0];
  }

  async pullRequest(number: number) {
    return (await this.#rest.pulls.get({ ...this.#at, pull_number: number })).data;
  }

  async branches(prefix: string): Promise<readonly string[]> {
    const { data } = await this.#rest.git.listMatchingRefs({ ...this.#at, ref: `heads/${prefix}` });
    return data.map(({ ref }) => ref.replace("refs/heads/", ""));
  }

  async release(tag: string) {
    const { data } = await this.#rest.repos.listReleases(this.#at);
    return data.find((each) => each.tag_name === tag);
  }

  /** Waits for the app's verdict on a commit. */
  async verdict(sha: string) {
    return eventually(`a finished check on ${sha.slice(0, 7)}`, async () => {
      const { data } = await this.#rest.checks.listForRef({
        ...this.#at,
        ref: sha,
        check_name: "hotfix/properties",
      });
      return data.check_runs.find(({ status }) => status === "completed");
    });
  }

  /** All verdicts of the app on a commit, once all of them are there. */
  async verdicts(sha: string) {
    await this.verdict(sha);
    return eventually(`all checks on ${sha.slice(0, 7)}`, async () => {
      const { data } = await this.#rest.checks.listForRef({ ...this.#at, ref: sha });
      const ours = data.check_runs.filter(({ app }) => app?.slug === "hotfix-responder");
      const order = (name: string): number => VERDICTS.findIndex((each) => name.startsWith(`hotfix/${each}`));
      const known = ours
        .filter(({ name }) => order(name) !== -1)
        .toSorted((one, other) => order(one.name) - order(other.name));
      return known.length >= VERDICTS.length && known.every(({ status }) => status === "completed")
        ? known
        : undefined;
    });
  }

  async annotations(run: number) {
    return (await this.#rest.checks.listAnnotations({ ...this.#at, check_run_id: run })).data;
  }

  get #rest() {
    return this.#person.octokit.rest;
  }
}
