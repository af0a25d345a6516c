import type { AdoptedBranches } from "../github/adopted-branches.ts";
import type { Layout } from "../github/layout.ts";
import { isAmongOurs, parseBackMergeBranch, parseHotfixBranch } from "../incident/names.ts";
import { routeEvent, UNTOUCHED } from "../webhooks/route-event.ts";
import type { Routing } from "../webhooks/routing.ts";
import { buildWorkKey, type WorkKey } from "../webhooks/work-key.ts";
import type { Queue } from "./queue.ts";

/** A webhook whose signature was right. */
export interface Delivery {
  /** GUID. Not signed. */
  readonly id: string;
  /** Not signed: the body may be one of another event. */
  readonly event: string;
  readonly payload: unknown;
}

export type Reception =
  | { readonly kind: "accepted" }
  | { readonly kind: "duplicate" }
  | { readonly kind: "ignored"; readonly because: string }
  | { readonly kind: "malformed"; readonly because: string };

/** What was seen of repositories before, by which the names of branches are told apart. */
export interface ReceptionHints {
  readonly adoptions: Pick<AdoptedBranches, "incidentOf">;
  /** By `owner/repo`, lower case. */
  readonly layouts: { get(place: string): Layout | undefined };
}

type RoutedWork = Extract<Routing, { kind: "work" }>;
type Named = RoutedWork["named"][number];

/** The one webhook handler: stores which things to look at. Resolves when that is durable; does nothing else. */
export async function receiveDelivery(
  queue: Pick<Queue, "add">,
  hints: ReceptionHints,
  delivery: Delivery,
): Promise<Reception> {
  const routing = routeEvent(delivery.event, delivery.payload);
  if (routing.kind !== "work") return routing;
  const keys = [...new Set([...keysThatHold(routing, hints), ...keysOfAdopted(routing, hints)])];
  if (keys.length === 0) return { kind: "ignored", because: UNTOUCHED };
  const isNew = await queue.add({
    keys,
    delivery: delivery.id,
    priority: routing.priority,
    inMs: routing.inMs,
  });
  return { kind: isNew ? "accepted" : "duplicate" };
}

/** Without those of branches of which it is known that they are not what their names seem to say: each would cost a look at the whole tree. */
function keysThatHold({ keys, named }: RoutedWork, hints: ReceptionHints): readonly string[] {
  const doubted = new Set(named.flatMap((each) => each.keys));
  const held = new Set(named.filter((each) => holds(each, hints)).flatMap((each) => each.keys));
  return keys.filter((key) => !doubted.has(key) || held.has(key));
}

function holds({ owner, repo, branch, whose }: Named, { adoptions, layouts }: ReceptionHints): boolean {
  const layout = layouts.get(`${owner}/${repo}`.toLowerCase());
  if (whose === "ours") return layout === undefined || isAmongOurs(layout, branch);
  if (adoptions.incidentOf({ owner, repo }, branch) !== null) return false;
  // The push, or the pass over its incident, has the commit checked.
  const isOfIncident =
    layout !== undefined &&
    (parseHotfixBranch(layout, branch) !== null || parseBackMergeBranch(layout, branch) !== null);
  return !isOfIncident;
}

/** A branch that somebody adopted may carry any name, a number of something else too. */
function keysOfAdopted({ adoptable, named }: RoutedWork, { adoptions }: ReceptionHints): readonly string[] {
  return [...adoptable, ...named].flatMap(({ branch, sha, ...place }) => {
    const issue = adoptions.incidentOf(place, branch);
    if (issue === null) return [];
    const { installation, owner, repo } = place;
    const at = { installation, owner, repo };
    const keys: readonly WorkKey[] = [
      { kind: "incident", ...at, issue },
      ...(sha === null ? [] : [{ kind: "commit", ...at, sha } as const]),
    ];
    return keys.map((key) => buildWorkKey(key));
  });
}
