import { announceLabels, attachLabels } from "./collaboration/labels.ts";
import type { Act } from "./collaboration/act.ts";
import { deleteIssue } from "./collaboration/delete-issue.ts";
import { dequeue, enqueue } from "./collaboration/merge-queue.ts";
import { proposeFromFork } from "./collaboration/propose-from-fork.ts";
import { addIssue, emitIssue } from "./collaboration/issues.ts";
import { transferIssue } from "./collaboration/transfer-issue.ts";
import type { Hub } from "./hub.ts";
import type { Issue, Repository } from "./model.ts";
import type { Account } from "./model/account.ts";

/** What people do in GitHub's web pages and the app's API has no call for. Full names are `owner/name`. */
export class Browser {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /**
   * An issue form puts its labels on whoever fills it in, also for people who may not label; the label's event names them.
   */
  async openWithForm(
    login: string,
    fullName: string,
    form: { readonly title: string; readonly body: string; readonly labels: readonly string[] },
  ): Promise<number> {
    const act = this.#act(login, fullName);
    const issue = addIssue(act, form, null);
    const labels = attachLabels(act, issue, form.labels);
    emitIssue(act, issue, "opened");
    await announceLabels(act, issue, labels);
    return issue.number;
  }

  /** "Merge when ready" where the branch has a merge queue. Returns the commit of the group. */
  enqueue(login: string, fullName: string, number: number): Promise<string> {
    const act = this.#act(login, fullName);
    return enqueue(act, issueOf(act, number));
  }

  dequeue(login: string, fullName: string, number: number): Promise<void> {
    const act = this.#act(login, fullName);
    return dequeue(act, issueOf(act, number));
  }

  /** A pull request from a branch of another repository, whose history is this one's. Returns its number. */
  async proposeFromFork(
    login: string,
    fullName: string,
    from: { readonly fork: string; readonly branch: string; readonly base: string; readonly title: string },
  ): Promise<number> {
    const { fork, ...content } = from;
    return (await proposeFromFork(this.#act(login, fullName), this.#repository(fork), content)).number;
  }

  deleteIssue(login: string, fullName: string, number: number): void {
    const act = this.#act(login, fullName);
    deleteIssue(act, issueOf(act, number));
  }

  /** Returns the new number. */
  transferIssue(login: string, fullName: string, number: number, to: string): number {
    const act = this.#act(login, fullName);
    return transferIssue(act, issueOf(act, number), this.#repository(to)).number;
  }

  /** The old name goes on leading here, as long as nobody takes it. */
  renameRepository(login: string, fullName: string, name: string): void {
    const { actor, repository } = this.#act(login, fullName);
    const from = repository.name;
    this.#hub.formerNames.set(fullName.toLowerCase(), repository);
    repository.name = name;
    const changes = { repository: { name: { from } } };
    this.#hub.emit("repository", "renamed", { changes }, { sender: actor, repository });
  }

  /** What the account did stays and belongs to nobody: `ghost`. Its tokens end, and its roles. */
  deleteAccount(login: string): void {
    const account = this.#account(login);
    this.#hub.accounts.delete(login.toLowerCase());
    this.#hub.deletedAccounts.add(account);
    for (const repository of this.#hub.repositories.values()) {
      repository.collaborators.delete(login.toLowerCase());
      for (const issue of repository.issues.values()) {
        issue.assignees = issue.assignees.filter((each) => each !== account);
      }
    }
  }

  #act(login: string, fullName: string): Act {
    return {
      hub: this.#hub,
      repository: this.#repository(fullName),
      actor: this.#account(login),
      viaApp: null,
    };
  }

  #account(login: string): Account {
    const account = this.#hub.findAccount(login);
    if (account === undefined) throw new Error(`no account ${login}`);
    return account;
  }

  #repository(fullName: string): Repository {
    const [owner = "", name = ""] = fullName.split("/");
    const repository = this.#hub.findRepository(owner, name);
    if (repository === undefined) throw new Error(`no repository ${fullName}`);
    return repository;
  }
}

function issueOf({ repository }: Act, number: number): Issue {
  const issue = repository.issues.get(number);
  if (issue === undefined) throw new Error(`no issue ${number}`);
  return issue;
}
