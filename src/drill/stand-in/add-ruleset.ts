import type { Hub } from "./hub.ts";
import type { Repository } from "./model.ts";
import type { Ruleset } from "./model/ruleset.ts";
import { nodeId } from "./node-id.ts";

export interface RulesetOptions {
  readonly name: string;
  readonly target?: "branch" | "tag";
  readonly enforcement?: Ruleset["enforcement"];
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly rules: Ruleset["rules"];
  /** App ids that may bypass it. */
  readonly bypassApps?: readonly number[];
}

export function addRuleset(hub: Hub, repository: Repository, options: RulesetOptions): Ruleset {
  const id = hub.nextId();
  const ruleset: Ruleset = {
    id,
    nodeId: nodeId("RRS", id),
    name: options.name,
    target: options.target ?? "branch",
    enforcement: options.enforcement ?? "active",
    include: options.include,
    exclude: options.exclude ?? [],
    bypassApps: options.bypassApps ?? [],
    rules: options.rules,
    createdAt: hub.now(),
  };
  repository.rulesets.set(id, ruleset);
  return ruleset;
}
