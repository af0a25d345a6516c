import type { Config, PermissionLevel } from "../config/schema.ts";
import { frozenOf } from "./comment-marker.ts";
import { declarationOf, isLabelled } from "./declaration.ts";
import { ownHotfixBranches } from "./own-branches.ts";
import type { Actor, IncidentState, PermissionFacts } from "./state.ts";

/** Whether this issue is an incident that the app acts on. Decided once: what was accepted stays accepted. */
export type Acceptance =
  | { readonly kind: "accepted"; readonly by: string }
  /** Not known yet: the permission was not asked for, or the label event is not visible. */
  | { readonly kind: "waiting" }
  | { readonly kind: "refused"; readonly actor: Actor; readonly needed: PermissionLevel }
  /** No label, and never accepted. */
  | { readonly kind: "none" };

/**
 * Acceptance is recorded in our own comments; branches and pull requests of ours prove it too where those were deleted. Otherwise the person who put
 * the label must have the permission now. Seam: an accepted `/hotfix start` (faults.md S11) will count like the label of whoever wrote it.
 */
export function acceptanceOf(state: IncidentState, config: Config): Acceptance {
  const declaration = declarationOf(state, config);
  const recorded = frozenOf(state).acceptedBy;
  if (recorded !== undefined) return { kind: "accepted", by: recorded };
  if (ownHotfixBranches(state, config).length > 0) {
    return { kind: "accepted", by: declaration?.actor.login ?? state.app.login };
  }
  if (!isLabelled(state, config)) return { kind: "none" };
  if (declaration === null) return { kind: "waiting" };
  return judge(state, config, declaration.actor);
}

/** Logins whose live permission `observe` has to read before anything can be decided. */
export function loginsToAuthorise(state: IncidentState, config: Config): readonly string[] {
  const declaration = declarationOf(state, config);
  return acceptanceOf({ ...state, permissions: {} }, config).kind === "waiting" && declaration !== null
    ? [declaration.actor.login]
    : [];
}

export function satisfies(permission: PermissionFacts, needed: PermissionLevel): boolean {
  return permission[needed];
}

function judge(state: IncidentState, config: Config, actor: Actor): Acceptance {
  const needed = config.trigger.label;
  const refused: Acceptance = { kind: "refused", actor, needed };
  switch (actor.kind) {
    case "ghost":
      return refused;
    case "bot":
      return config.trigger.apps.some((slug) => sameLogin(`${slug}[bot]`, actor.login))
        ? { kind: "accepted", by: actor.login }
        : refused;
    case "user": {
      const found = Object.entries(state.permissions).find(([login]) => sameLogin(login, actor.login));
      if (found === undefined) return { kind: "waiting" };
      return satisfies(found[1], needed) ? { kind: "accepted", by: actor.login } : refused;
    }
  }
}

function sameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
