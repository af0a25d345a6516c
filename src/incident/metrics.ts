import type { CommandOf } from "./command.ts";
import type { MetricFacts } from "./facts/metric-facts.ts";
import type { Target } from "./quantity.ts";
import type { AcceptedCommand } from "./replies.ts";

/** What was said of each metric, put together by its name: later figures take the place of earlier ones. */
export function metricsOf(commands: readonly AcceptedCommand[]): readonly MetricFacts[] {
  const metrics = new Map<string, MetricFacts & { readonly target: Target | null }>();
  for (const each of commands) {
    if (each.command.name !== "metric") continue;
    const key = metricKey(each.command.metric);
    const merged = mergedMetric(metrics.get(key) ?? null, each.command);
    metrics.set(key, { ...merged, by: each.actor, at: each.at, url: each.url });
  }
  return [...metrics.values()].map(({ target, ...metric }) => ({
    ...metric,
    target: target === null ? null : { value: target.value, unit: target.unit },
  }));
}

export function metricKey(name: string): string {
  return name.toLowerCase();
}

function mergedMetric(
  known: (MetricFacts & { readonly target: Target | null }) | null,
  { metric, before, after, target }: CommandOf<"metric">,
): Pick<MetricFacts, "name" | "before" | "after" | "met"> & { readonly target: Target | null } {
  const merged = {
    name: known?.name ?? metric,
    before: before ?? known?.before ?? null,
    after: after ?? known?.after ?? null,
    target: target ?? known?.target ?? null,
  };
  return { ...merged, met: isMet(merged) };
}

/** Better is where the target lies from the value before, where nobody wrote which way. */
function isMet({
  before,
  after,
  target,
}: Pick<MetricFacts, "before" | "after"> & { readonly target: Target | null }): boolean | null {
  if (after === null || target === null) return null;
  if (target.direction === "at least") return after.value >= target.value;
  if (target.direction === "at most") return after.value <= target.value;
  if (before === null || before.value === target.value) return null;
  return before.value < target.value ? after.value >= target.value : after.value <= target.value;
}
