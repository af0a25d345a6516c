import type { Config } from "../../config/schema.ts";
import type { Renderer } from "../../documents/renderer.ts";
import type { Action } from "../action.ts";
import type { Frozen } from "../comment-marker.ts";
import type { CommitGraph } from "../commit-graph.ts";
import type { IncidentFacts } from "../facts.ts";
import type { IncidentState } from "../state.ts";

/** What a rule looks at: the state, what follows from it, and what was decided once. */
export interface Situation {
  readonly state: IncidentState;
  readonly config: Config;
  readonly render: Renderer;
  readonly facts: IncidentFacts;
  readonly frozen: Frozen;
  readonly graph: CommitGraph;
}

/** One thing that the app brings about: which actions for it are missing now. */
export type Rule = (situation: Situation) => readonly Action[];
