import { routes } from "./routes.ts";
import { addressOf, type BodyShape, type Route, type Routing, valueAt } from "./routing.ts";
import { buildWorkKey, parseWorkKey } from "./work-key.ts";

export const UNTOUCHED = "nothing of an incident is touched";

/**
 * Which things a delivery is about. Pure, and the only place that reads payloads: an event says where to look and nothing
 * more, so a late, doubled or reordered one does no harm.
 */
export function routeEvent(event: string, payload: unknown): Routing {
  if (!Object.hasOwn(routes, event)) return { kind: "ignored", because: "no work follows from this event" };
  const route: Route<never> = routes[event as keyof typeof routes];
  const complaint = complaintAbout(route.body, payload);
  if (complaint !== null) return { kind: "malformed", because: `not the body of ${event}: ${complaint}` };
  const address = addressOf(payload);
  if (address === null) return { kind: "ignored", because: "not sent for an installation of the app" };

  // The shape was just compared with the row that the type stands for.
  const work = route.work(payload as never, address);
  const adoptable = (work.adoptable ?? []).map((each) => ({ ...address, ...each }));
  if (work.keys.length + adoptable.length === 0) return { kind: "ignored", because: UNTOUCHED };
  const keys = [...new Set(work.keys.map((key) => buildWorkKey(key)))];
  const named = (work.named ?? []).map((each) => ({
    ...address,
    ...each,
    keys: each.keys.map((key) => buildWorkKey(key)),
  }));
  const commits = [...adoptable, ...named].flatMap(({ sha }) =>
    sha === null ? [] : [buildWorkKey({ kind: "commit", ...address, sha })],
  );
  if ([...keys, ...commits].some((key) => parseWorkKey(key) === null))
    return { kind: "malformed", because: `not the body of ${event}: a name or number in it is impossible` };
  return { kind: "work", keys, adoptable, named, priority: work.priority ?? 0, inMs: work.inMs ?? 0 };
}

/** GitHub signs the body but not the event's name: the body must be one that this event can have. */
function complaintAbout(shape: BodyShape, payload: unknown): string | null {
  for (const [path, type] of Object.entries(shape.has)) {
    const value = valueAt(payload, path);
    const actual = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    if (actual !== type) return `${path} is ${actual}`;
  }
  const unexpected = shape.lacks.find((path) => valueAt(payload, path) !== undefined);
  return unexpected === undefined ? null : `it has ${unexpected}`;
}
