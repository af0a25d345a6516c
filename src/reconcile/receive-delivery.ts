import { routeEvent } from "../webhooks/route-event.ts";
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
export async function receiveDelivery(queue: Pick<Queue, "add">, delivery: Delivery): Promise<Reception> {
  const routing = routeEvent(delivery.event, delivery.payload);
  if (routing.kind !== "work") return routing;
  const isNew = await queue.add({
    keys: routing.keys,
    delivery: delivery.id,
    priority: routing.priority,
  });
  return { kind: isNew ? "accepted" : "duplicate" };
}
