import type { Octokit } from "@octokit/rest";
import type { CallCounter } from "./call-counter.ts";
import type { LackingPermissions } from "./lacking-permissions.ts";

/** The part of Octokit that the adapter uses. Made by `client.ts` from Probot's, with our throttle and retry policy around each call. */
export type GitHubApi = Pick<Octokit, "rest" | "graphql" | "request" | "paginate">;

/** Identity of the app, for telling our own comments, pull requests and check runs. */
export interface AppIdentity {
  readonly id: number;
  readonly slug: string;
  /** `<slug>[bot]` */
  readonly login: string;
  /** As its owner registered it. Absent: not known. */
  readonly homepage?: string;
}

/** GitHub as one installation, for one pass. */
export interface InstallationClient {
  readonly octokit: GitHubApi;
  readonly installation: number;
  readonly app: AppIdentity;
  /** Calls made through this client: for the log line of the pass. */
  readonly calls: CallCounter;
  /** What the installation is not granted now. Absent: nobody looked, and all is taken to be granted. */
  readonly lacking?: (refresh?: boolean) => Promise<LackingPermissions>;
}

/** The same, bound to one repository. */
export interface RepositoryClient extends InstallationClient {
  readonly owner: string;
  readonly repo: string;
}
