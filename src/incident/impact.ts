import type { Config } from "../config/schema.ts";
import type { ImpactFacts, ImpactWindow, LossRange, ShareFacts } from "./facts/impact-facts.ts";
import type { IncidentTimes } from "./facts/incident-times.ts";
import type { Form } from "./form.ts";
import { sharesIn } from "./shares.ts";
import type { RepositoryFacts } from "./state.ts";
import type { StatedFacts } from "./stated-facts.ts";
import { between, recoveredAt, shippedAt } from "./times.ts";

const HOUR = 3_600_000;

/**
 * What the incident costs: what a person said before the figure, before the service's, before the configured one. Nothing here is rounded, and
 * nothing is computed from what was rounded for display. null: no figure is known, or a public repository may not show it.
 */
export function impactOf(
  config: Config,
  repository: RepositoryFacts,
  form: Form,
  service: string | null,
  { times, stated }: { readonly times: IncidentTimes; readonly stated: StatedFacts },
): ImpactFacts | null {
  if (!repository.isPrivate && !config.public.money) return null;
  const revenue = revenueOf(config, form, service, stated);
  if (revenue === null) return null;
  const window = impactWindowOf(times);
  const cost = (share: number, milliseconds: number) =>
    (revenue.revenuePerHour * share * milliseconds) / HOUR;
  const pieces = (window === null ? [] : sharesIn(window, stated.shares)).map((piece) => ({
    ...piece,
    loss: cost(piece.share, piece.milliseconds),
  }));
  return {
    ...revenue,
    perMinute: revenue.revenuePerHour / 60,
    window,
    loss: window === null ? null : sum(pieces.map((piece) => piece.loss)),
    range: window === null ? null : rangeOf(window, times, stated, cost),
    pieces,
  };
}

function revenueOf(
  config: Config,
  form: Form,
  service: string | null,
  { revenue }: StatedFacts,
): Pick<ImpactFacts, "revenuePerHour" | "currency" | "statedPer" | "source" | "statedBy"> | null {
  const configured = service === null ? undefined : config.services[service];
  const currency = configured?.currency ?? config.revenue.currency;
  const byTheHour = { statedPer: "hour", statedBy: null } as const;
  if (revenue !== null) {
    const { perHour: revenuePerHour, statedPer, said: statedBy } = revenue;
    const own = revenue.currency ?? form.currency ?? currency;
    return { revenuePerHour, currency: own, statedPer, source: "command", statedBy };
  }
  if (form.revenuePerHour !== null) {
    const own = form.currency ?? currency;
    const statedPer = form.revenuePer ?? "hour";
    return { revenuePerHour: form.revenuePerHour, currency: own, statedPer, source: "issue", statedBy: null };
  }
  if (configured?.revenuePerHour !== undefined) {
    return { revenuePerHour: configured.revenuePerHour, currency, ...byTheHour, source: "service" };
  }
  return config.revenue.perHour === undefined
    ? null
    : {
        revenuePerHour: config.revenue.perHour,
        currency: config.revenue.currency,
        ...byTheHour,
        source: "configuration",
      };
}

/** From the start of the impact, or the declaration where nobody said or what they said cannot be, to the recovery, else to what shipped. */
export function impactWindowOf(times: IncidentTimes): ImpactWindow | null {
  const recovered = recoveredAt(times);
  const to = recovered ?? shippedAt(times);
  if (to === null) return null;
  const toIs = recovered === null ? "release" : "recovery";
  const sinceStart = between(times.impactStarted, to);
  if (sinceStart !== null && times.impactStarted !== null) {
    return { from: times.impactStarted, to, milliseconds: sinceStart, fromIsDeclaration: false, toIs };
  }
  const sinceDeclaration = between(times.declared, to);
  return sinceDeclaration === null
    ? null
    : { from: times.declared, to, milliseconds: sinceDeclaration, fromIsDeclaration: true, toIs };
}

/**
 * The least and the most that it can have been by what people said. The start lies between the stated one and the first time that somebody had noticed; the
 * end between the times given as recovered and as verified; a share between its bounds.
 */
function rangeOf(
  window: ImpactWindow,
  times: IncidentTimes,
  stated: StatedFacts,
  cost: (share: number, milliseconds: number) => number,
): LossRange | null {
  const ends = window.toIs === "release" ? [window.to] : [window.to, times.verified ?? window.to];
  const firstEnd = latest(window.from, ends.reduce(earlier));
  const noticed = times.detected ?? times.declared;
  // What was noticed only when it was over says nothing of its start.
  const isBound = !window.fromIsDeclaration && Date.parse(noticed) < Date.parse(firstEnd);
  const latestStart = isBound ? latest(window.from, noticed) : window.from;
  const lastEnd = ends.reduce(latest);
  const total = (from: string, to: string, which: "least" | "most") =>
    sum(sharesIn(span(from, to), stated.shares).map((each) => cost(each[which], each.milliseconds)));
  const low = total(latestStart, firstEnd, "least");
  const high = total(window.from, lastEnd, "most");
  const because: LossRange["because"] = [
    ...(latestStart === window.from ? [] : (["start"] as const)),
    ...(firstEnd === lastEnd ? [] : (["end"] as const)),
    ...(sharesIn(window, stated.shares).some((each) => each.least !== each.most) ? (["share"] as const) : []),
  ];
  return because.length === 0 ? null : { low, high, because };
}

function span(from: string, to: string): Pick<ShareFacts, "from" | "to"> {
  return { from, to };
}

function earlier(one: string, other: string): string {
  return Date.parse(one) <= Date.parse(other) ? one : other;
}

function latest(one: string, other: string): string {
  return Date.parse(one) >= Date.parse(other) ? one : other;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
