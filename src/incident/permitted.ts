import type { Config } from "../config/schema.ts";
import type { PermissionLevel } from "../config/schema/permission-level.ts";
import type { IncidentState, PermissionFacts } from "./state.ts";
import type { Actor } from "./state/actor.ts";

/** Whether somebody may do what needs this permission, by a live look at it. Apps count only where the configuration names them. */
export function permitted(
  state: IncidentState,
  config: Config,
  actor: Actor,
  needed: PermissionLevel,
): "yes" | "no" | "unknown" {
  switch (actor.kind) {
    case "ghost":
      return "no";
    case "bot":
      return isTrustedApp(config, actor) ? "yes" : "no";
    case "user": {
      const found = Object.entries(state.permissions).find(([login]) => sameLogin(login, actor.login));
      if (found === undefined) return "unknown";
      return satisfies(found[1], needed) ? "yes" : "no";
    }
  }
}

export function isTrustedApp(config: Config, actor: Actor): boolean {
  return actor.kind === "bot" && config.trigger.apps.some((slug) => sameLogin(`${slug}[bot]`, actor.login));
}

export function satisfies(permission: PermissionFacts, needed: PermissionLevel): boolean {
  return permission[needed];
}

function sameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
