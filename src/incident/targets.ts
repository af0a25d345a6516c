import type { Config } from "../config/schema.ts";
import { decisionsOf } from "./decisions.ts";
import { parseBackMergeBranch } from "./names.ts";
import { isOwnBackMergeBranch } from "./own-branches.ts";
import { said, type Saying } from "./say.ts";
import type { IncidentState } from "./state.ts";

/** Branches, production apart, that the fix must reach: integration and the release branches that may be targeted. */
export function targetsOf(state: IncidentState, config: Config): readonly string[] {
  const { production } = config.branches;
  const integration = state.integration === null ? [] : [state.integration.name];
  const releases = state.releaseBranches
    .filter((branch) => branch.excludedBecause === null || isTargeted(state, config, branch.name))
    .map((branch) => branch.name);
  const { targets } = decisionsOf(state);
  return [...new Set([...integration, ...releases])].filter(
    (name) => name !== production && targets.get(name)?.command.name !== "skip",
  );
}

/** Release branches that are not targets, with the reason. */
export function excludedReleasesOf(
  state: IncidentState,
  config: Config,
): readonly { readonly name: string; readonly because: string }[] {
  return state.releaseBranches.flatMap((branch) =>
    branch.excludedBecause === null || isTargeted(state, config, branch.name)
      ? []
      : [{ name: branch.name, because: inWords(branch.excludedBecause, config.locale) }],
  );
}

function inWords(because: Saying | string, locale: Config["locale"]): string {
  return typeof because === "string" ? because : said(because, locale);
}

function isTargeted(state: IncidentState, config: Config, name: string): boolean {
  return decisionsOf(state).targets.has(name) || wasTargeted(state, config, name);
}

/** A branch that became a target stays one: what production brings with it later must not make the app forget what it owes. */
function wasTargeted(state: IncidentState, config: Config, target: string): boolean {
  const names = [
    ...state.branches.map((branch) => branch.name),
    ...state.pullRequests.map((pull) => pull.head),
  ];
  return names.some(
    (name) =>
      parseBackMergeBranch(config.branches, name)?.target === target &&
      isOwnBackMergeBranch(state, config, name),
  );
}
