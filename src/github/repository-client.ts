import type { ProbotOctokit } from "probot";

/** Octokit of one installation, with our throttle and retry policy, bound to one repository. Made by `github/client.ts`. */
export interface RepositoryClient {
  readonly octokit: InstanceType<typeof ProbotOctokit>;
  readonly installation: number;
  readonly owner: string;
  readonly repo: string;
  /** Identity of the app, for telling our own comments, pull requests and check runs. */
  readonly app: { readonly id: number; readonly slug: string; readonly login: string };
}
