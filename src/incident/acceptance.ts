import type { Config } from "../config/schema.ts";
import type { PermissionLevel } from "../config/schema/permission-level.ts";
import { frozenOf, UNNAMED } from "./comment-marker.ts";
import { parseCommands } from "./parse-commands.ts";
import { declarationOf, isLabelled } from "./declaration.ts";
import { decisionsOf } from "./decisions.ts";
import { ownHotfixBranches } from "./own-branches.ts";
import { permitted } from "./permitted.ts";
import { unansweredComments } from "./replies.ts";
import { isHeldBack } from "./storm.ts";
import type { IncidentState } from "./state.ts";
import { type Actor, GHOST } from "./state/actor.ts";

/** One call for each. */
const MOST_OWNERS = 10;

/** Whether this issue is an incident that the app acts on. Decided once: what was accepted stays accepted. */
export type Acceptance =
  | { readonly kind: "accepted"; readonly by: string }
  /** Not known yet: the permission was not asked for, or the label event is not visible. */
  | { readonly kind: "waiting" }
  /** One of too many that were declared at once (`incident/storm.ts`): nobody is asked whether it counts until somebody wants it. */
  | { readonly kind: "held" }
  | { readonly kind: "refused"; readonly actor: Actor; readonly needed: PermissionLevel }
  /** No label, and never accepted. */
  | { readonly kind: "none" };

/**
 * Acceptance is recorded in our own comments; branches and pull requests of ours prove it too where those were deleted. Otherwise the person who put
 * the label must have the permission now, or somebody who has it wrote `/hotfix start` (faults.md S11).
 */
export function acceptanceOf(state: IncidentState, config: Config): Acceptance {
  const declaration = declarationOf(state, config);
  const recorded = frozenOf(state).acceptedBy;
  const { start } = decisionsOf(state);
  if (recorded === UNNAMED) {
    return { kind: "accepted", by: start?.actor ?? declaration?.actor.login ?? GHOST };
  }
  if (recorded !== undefined) return { kind: "accepted", by: recorded };
  if (start !== null) return { kind: "accepted", by: start.actor };
  if (ownHotfixBranches(state, config).length > 0) {
    return { kind: "accepted", by: declaration?.actor.login ?? state.app.login };
  }
  if (!isLabelled(state, config)) return { kind: "none" };
  if (isHeldBack(state, config)) return { kind: "held" };
  return declaration === null ? { kind: "waiting" } : judge(state, config, declaration.actor);
}

/** Logins whose live permission `observe` has to read before anything can be decided. */
export function loginsToAuthorise(state: IncidentState, config: Config): readonly string[] {
  const declaration = declarationOf(state, config);
  const isWaiting = acceptanceOf({ ...state, permissions: {} }, config).kind === "waiting";
  const actors = [
    ...(isWaiting && declaration !== null ? [declaration.actor] : []),
    ...unansweredComments(state, config).map((comment) => comment.author),
  ];
  const logins = actors.filter((actor) => actor.kind === "user").map((actor) => actor.login);
  return [...new Set([...logins, ...namedOwners(state, config)])];
}

/** Whom waiting commands want to give something to do. */
function namedOwners(state: IncidentState, config: Config): readonly string[] {
  return unansweredComments(state, config)
    .flatMap((comment) => parseCommands(comment.body))
    .flatMap((parsed) => (parsed.ok && parsed.command.name === "action" ? (parsed.command.owner ?? []) : []))
    .filter((owner) => owner.toLowerCase() !== "me" && !owner.includes("/"))
    .slice(0, MOST_OWNERS);
}

function judge(state: IncidentState, config: Config, actor: Actor): Acceptance {
  const needed = config.trigger.label;
  switch (permitted(state, config, actor, needed)) {
    case "yes":
      return { kind: "accepted", by: actor.login };
    case "no":
      return { kind: "refused", actor, needed };
    case "unknown":
      return { kind: "waiting" };
  }
}
