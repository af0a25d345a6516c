import type { WorkKey } from "./work-key.ts";

/** What follows from a delivery. `because` is for the log and the answer; it holds nothing of the body. */
export type Routing =
  | {
      readonly kind: "work";
      readonly keys: readonly string[];
      readonly priority: number;
      /** Milliseconds for which it may wait. */
      readonly inMs: number;
      /** To be looked at where an incident has adopted the branch. With no keys this may turn out to be about nothing. */
      readonly adoptable: readonly (Address & Adoptable)[];
      /** What of `keys` hangs on the name of a branch. */
      readonly named: readonly (Address &
        Adoptable & { readonly whose: Whose; readonly keys: readonly string[] })[];
    }
  | { readonly kind: "ignored"; readonly because: string }
  | { readonly kind: "malformed"; readonly because: string };

/** A row of the table: which bodies the event can have, and what to look at. */
export interface Route<Payload> {
  readonly body: BodyShape;
  readonly work: (payload: Payload, at: Address) => Work;
}

export interface BodyShape {
  /** Dotted path -> the type that must be there. Enough to tell the body from those of the other events. */
  readonly has: Readonly<Record<string, "number" | "string" | "object" | "array">>;
  /** Paths that only bodies of other events have. */
  readonly lacks: readonly string[];
}

export interface Work {
  readonly keys: readonly WorkKey[];
  readonly adoptable?: readonly Adoptable[];
  readonly named?: readonly Named[];
  /** Default 0. */
  readonly priority?: number;
  /** Milliseconds for which it may wait, because more of the same is expected. Default 0. */
  readonly inMs?: number;
}

/** A branch whose name says nothing of an incident: one may have adopted it. `sha`: the commit whose checks are concerned too, if any. */
export interface Adoptable {
  readonly branch: string;
  readonly sha: string | null;
}

/** A branch of the app for an incident, or any other. */
export type Whose = "ours" | "others";

/** Keys, among those of the work, that are about something only if the branch is what its name seems to say: the prefixes are configuration. */
export interface Named extends Adoptable {
  readonly whose: Whose;
  readonly keys: readonly WorkKey[];
}

/** Where the delivery comes from. `owner` and `repo` are empty where the event is about a whole installation. */
export interface Address {
  readonly installation: number;
  readonly owner: string;
  readonly repo: string;
}

/** null: a webhook of a repository or organisation, not of the app. */
export function addressOf(payload: unknown): Address | null {
  const installation = valueAt(payload, "installation.id");
  if (typeof installation !== "number") return null;
  const owner = valueAt(payload, "repository.owner.login");
  const repo = valueAt(payload, "repository.name");
  return {
    installation,
    owner: typeof owner === "string" ? owner : "",
    repo: typeof repo === "string" ? repo : "",
  };
}

/** Own properties only, so that no path reaches a prototype. */
export function valueAt(payload: unknown, path: string): unknown {
  let value = payload;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
