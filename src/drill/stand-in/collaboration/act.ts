import { may } from "../access.ts";
import { unauthorized } from "../api-error.ts";
import type { Hub } from "../hub.ts";
import type { Issue, IssueEvent, Repository, Role } from "../model.ts";
import type { Account } from "../model/account.ts";
import type { AppRecord } from "../model/app-record.ts";
import type { Viewer } from "../model/viewer.ts";
import { nodeId } from "../node-id.ts";

/** Somebody does something in a repository: what every change of issues, pull requests and checks is made with. */
export interface Act {
  readonly hub: Hub;
  readonly repository: Repository;
  readonly actor: Account;
  /** Set when an app's token was used. */
  readonly viaApp: AppRecord | null;
}

/** Throws 401 for a viewer that is nobody, or an app that is not installed. */
export function actOf(context: {
  readonly hub: Hub;
  readonly viewer: Viewer;
  readonly repository: Repository;
}): Act {
  const { hub, viewer, repository } = context;
  switch (viewer.kind) {
    case "user":
      return { hub, repository, actor: viewer.account, viaApp: null };
    case "installation":
      return { hub, repository, actor: viewer.app.bot, viaApp: viewer.app };
    case "anonymous":
    case "app":
      throw unauthorized("Requires authentication");
  }
}

/** Adds an entry to the history of an issue or pull request. */
export function recordEvent(
  act: Act,
  issue: Issue,
  event: string,
  data: Readonly<Record<string, unknown>> = {},
): IssueEvent {
  const id = act.hub.nextId();
  const entry = {
    id,
    nodeId: nodeId("EV", id),
    event,
    actor: act.actor,
    viaApp: act.viaApp,
    createdAt: act.hub.now(),
    data,
  };
  issue.events.push(entry);
  issue.updatedAt = entry.createdAt;
  return entry;
}

/** True when a person has the role, or an app may write issues (or pull requests). */
export function mayManage(viewer: Viewer, repository: Repository, role: Role): boolean {
  return may(viewer, repository, {
    role,
    permissions: [{ issues: "write" }, { pull_requests: "write" }],
  });
}
