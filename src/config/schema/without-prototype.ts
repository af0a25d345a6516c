/** Names come from issues too, so a look-up of `constructor` must find nothing. */
export function withoutPrototype<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.assign(Object.create(null) as Record<string, Value>, record);
}
