import type { Config } from "../../src/config/schema.ts";
import type { IncidentFacts } from "../../src/incident/facts.ts";
import { factsOf } from "../../src/incident/facts-of.ts";
import type { IncidentState } from "../../src/incident/state.ts";
import { settle } from "./ideal-world.ts";
import { plainRenderer } from "./plain-renderer.ts";
import { aComment, at, fixPushed, leo, permission, shopConfig } from "./state-builder.ts";

/** The state after the app has answered these comments of leo, one a minute from 14:45 on. */
export function afterComments(
  state: IncidentState,
  bodies: readonly string[],
  config: Config = shopConfig,
): IncidentState {
  const world = { context: { config, render: plainRenderer } };
  return bodies.reduce((so, body, index) => {
    const comment = aComment(9100 + index, { author: leo, body, createdAt: at(`14:${45 + index}`) });
    const heard = {
      ...so,
      comments: [...so.comments, comment],
      permissions: { leo: permission("maintain") },
    };
    return settle(heard, world).state;
  }, state);
}

/** A fix was pushed and nothing merged when leo ended it; `before` is what was said until then. */
export function resolvedFacts(before: readonly string[] = [], config: Config = shopConfig): IncidentFacts {
  const state = afterComments(
    fixPushed(),
    [...before, "/hotfix resolved because the flag was switched off"],
    config,
  );
  return factsOf(state, config);
}
