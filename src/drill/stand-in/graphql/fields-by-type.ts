import { commitFields } from "./git-object.ts";
import { issueFields } from "./issue.ts";
import { pullRequestFields } from "./pull-request.ts";
import { refByName } from "./ref.ts";
import { repositoryFields } from "./repository.ts";
import type { Types } from "./scope.ts";

export const fieldsByType: Types = {
  commit: commitFields,
  issue: issueFields,
  pullRequest: pullRequestFields,
  ref: refByName,
  repository: repositoryFields,
};
