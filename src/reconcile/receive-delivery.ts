import type { AdoptedBranches } from "../github/adopted-branches.ts";
import { routeEvent, UNTOUCHED } from "../webhooks/route-event.ts";
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

/** The one webhook handler: stores which things to look at. Resolves when that is durable; does nothing else. */
export async function receiveDelivery(
  queue: Pick<Queue, "add">,
  adoptions: Pick<AdoptedBranches, "incidentOf">,
  delivery: Delivery,
): Promise<Reception> {
  const routing = routeEvent(delivery.event, delivery.payload);
  if (routing.kind !== "work") return routing;
  const adopted = routing.adoptable.flatMap(({ branch, sha, ...place }): readonly WorkKey[] => {
    const issue = adoptions.incidentOf(place, branch);
    if (issue === null) return [];
    const { installation, owner, repo } = place;
    const at = { installation, owner, repo };
    return [
      { kind: "incident", ...at, issue },
      ...(sha === null ? [] : [{ kind: "commit", ...at, sha } as const]),
    ];
  });
  const keys = [...new Set([...routing.keys, ...adopted.map((key) => buildWorkKey(key))])];
  if (keys.length === 0) return { kind: "ignored", because: UNTOUCHED };
  const isNew = await queue.add({
    keys,
    delivery: delivery.id,
    priority: routing.priority,
    inMs: routing.inMs,
  });
  return { kind: isNew ? "accepted" : "duplicate" };
}
