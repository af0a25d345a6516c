import type { Hub } from "../hub.ts";
import type { Repository } from "../model.ts";
import { requestAction } from "./checks.ts";

export interface ButtonPress {
  /** Id of the check run. */
  readonly checkRun: number;
  readonly identifier: string;
  readonly login: string;
}

/** @throws {Error} when there is no such check run, button or account */
export async function pressButton(
  hub: Hub,
  repository: Repository,
  { checkRun, identifier, login }: ButtonPress,
): Promise<void> {
  const run = repository.checkRuns.get(checkRun);
  const actor = hub.findAccount(login);
  if (run === undefined || actor === undefined) throw new Error(`no check run ${checkRun}, or no ${login}`);
  if (!run.actions.some((action) => action.identifier === identifier)) {
    throw new Error(`check run ${checkRun} has no button ${identifier}`);
  }
  await requestAction({ hub, repository, actor, viaApp: null }, run, identifier);
}
