import type { Action, ActionKind } from "../incident/action.ts";

/** The action of one kind. */
export type ActionOf<K extends ActionKind> = Extract<Action, { readonly kind: K }>;
