import { stringify } from "yaml";
import type { FullFrontMatter, PublicFrontMatter } from "../config/front-matter-schema.ts";
import type { IncidentFacts } from "../incident/facts.ts";
import type { MetricFacts, Quantity } from "../incident/facts/metric-facts.ts";
import { plain } from "./markdown.ts";
import { roundToMinorUnit } from "./money.ts";
import type { DocumentKind } from "./renderer.ts";

const MOST_METRICS = 50;

/** The YAML that tools read, without `---` lines. Times are ISO 8601 in UTC, durations seconds, money in units of the currency. */
export function frontMatter(facts: IncidentFacts, kind: DocumentKind): string {
  const data = kind === "public-update" ? publicData(facts) : fullData(facts, kind);
  // Readers of YAML 1.1 take an unquoted `no` or `on` for a boolean.
  return stringify(data, { lineWidth: 0, compat: "yaml-1.1" });
}

/** Without anything that somebody typed, and without names and money. */
function publicData({ id, service, severity, times }: IncidentFacts): PublicFrontMatter {
  return {
    schema: "hotfix-responder/public-update/1",
    incident: id,
    service,
    severity,
    times: { impact_started: times.impactStarted, declared: times.declared, released: times.released },
  };
}

function fullData(facts: IncidentFacts, kind: Exclude<DocumentKind, "public-update">): FullFrontMatter {
  const { times, durations, impact } = facts;
  return {
    schema: `hotfix-responder/${kind}/1`,
    incident: facts.id,
    issue: facts.number,
    url: plain(facts.url, 2_000).replaceAll("\u200B", ""),
    title: plain(facts.title),
    service: facts.service,
    severity: facts.severity,
    sla: { minutes: facts.sla.minutes, deadline: facts.sla.deadline, met: facts.sla.met },
    times: {
      impact_started: times.impactStarted,
      detected: times.detected,
      declared: times.declared,
      acknowledged: times.acknowledged,
      first_fix_pushed: times.firstFixPushed,
      merged: times.merged,
      released: times.released,
      deployed: times.deployed,
      recovered: times.recovered,
      verified: times.verified,
      landed: times.landed,
    },
    seconds: {
      to_detect: seconds(durations.toDetect),
      to_acknowledge: seconds(durations.toAcknowledge),
      to_fix: seconds(durations.toFix),
      to_review: seconds(durations.toReview),
      to_release: seconds(durations.toRelease),
      to_deploy: seconds(durations.toDeploy),
      to_recover: seconds(durations.toRecover),
      to_land: seconds(durations.toLand),
      declared_to_released: seconds(durations.total),
    },
    impact:
      impact === null
        ? null
        : {
            currency: impact.currency,
            revenue_per_hour: impact.revenuePerHour,
            seconds: impact.window === null ? null : seconds(impact.window.milliseconds),
            loss: impact.loss === null ? null : roundToMinorUnit(impact.loss, impact.currency),
            loss_range:
              impact.range === null
                ? null
                : [
                    roundToMinorUnit(impact.range.low, impact.currency),
                    roundToMinorUnit(impact.range.high, impact.currency),
                  ],
          },
    rounds: facts.rounds.map((round) => ({
      round: round.number,
      tag: round.tag,
      pull_request: round.pullRequest?.number ?? null,
      merge_commit: round.mergeCommit,
    })),
    cause:
      facts.cause === null
        ? null
        : facts.cause.kind === "text"
          ? { commit: null, tag: null }
          : { commit: facts.cause.commit.sha, tag: facts.cause.carriedBy?.tag ?? null },
    metrics: facts.metrics.slice(0, MOST_METRICS).map(metricData),
    retrospective_due: facts.obligations.retrospectiveDue,
    actions: facts.actions.map(({ issue, text, type, due, owner, state }) => ({
      issue: issue?.number ?? null,
      what: plain(text, 160),
      type,
      due,
      owner: owner !== null && (facts.mayNamePeople || owner.includes("/")) ? owner : null,
      state,
    })),
  };
}

/** In the unit of the first figure that is given; one in another unit is left out, because a tool would compare the two. */
function metricData({ name, before, after, target }: MetricFacts): FullFrontMatter["metrics"][number] {
  const unit = (before ?? after ?? target)?.unit ?? "";
  const value = (quantity: Quantity | null): number | null =>
    quantity === null || quantity.unit !== unit ? null : quantity.value;
  return {
    name: plain(name),
    unit: plain(unit, 20),
    before: value(before),
    after: value(after),
    target: value(target),
  };
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds / 1_000);
}
