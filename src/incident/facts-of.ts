import type { Config } from "../config/schema.ts";
import { acceptanceOf } from "./acceptance.ts";
import { frozenOf } from "./comment-marker.ts";
import { commitGraphOf } from "./commit-graph.ts";
import { after, slaMinutesOf } from "./deadlines.ts";
import { decisionFactsOf, endedOf } from "./decision-facts.ts";
import { decisionsOf } from "./decisions.ts";
import { declarationOf } from "./declaration.ts";
import type { IncidentFacts } from "./facts.ts";
import type { IncidentTimes } from "./facts/incident-times.ts";
import { earlierOf } from "./earlier-incidents.ts";
import { failedRulesOf } from "./failed-rules.ts";
import { actionFactsOf, updatesOf } from "./follow-ups.ts";
import { parseForm } from "./form.ts";
import { formStart } from "./form-start.ts";
import { causeOf } from "./cause.ts";
import { impactOf, impactWindowOf } from "./impact.ts";
import { sharesIn } from "./shares.ts";
import { statedFactsOf } from "./stated-facts.ts";
import { goBackTo, rollbackTag } from "./roll-back.ts";
import { rankedSuspects } from "./suspects.ts";
import { mediansOf } from "./medians.ts";
import { incidentId } from "./names.ts";
import { nextStepOf } from "./next-step.ts";
import { noticedIn } from "./noticed.ts";
import { obligationsOf } from "./obligations.ts";
import { parseOpeningMessage } from "./opening-commit.ts";
import { phaseOf } from "./phase.ts";
import { proposalFactsOf } from "./proposal-facts.ts";
import { problemsOf } from "./problems.ts";
import { newestReplyTo } from "./replies.ts";
import { roundsOf } from "./rounds.ts";
import { sayIn } from "./say.ts";
import { serviceOf } from "./service.ts";
import { severityOf } from "./severity.ts";
import type { IncidentState } from "./state.ts";
import { excludedReleasesOf } from "./targets.ts";
import { timelineOf } from "./timeline.ts";
import { durationsOf, shippedAt, timesOf } from "./times.ts";

/** What the incident is, from what was observed. Pure, and the same for the same state. */
export function factsOf(state: IncidentState, config: Config): IncidentFacts {
  const acceptance = acceptanceOf(state, config);
  const { declaration, declared, form, start, severity, service, rounds, stated, times } = basisOf(
    state,
    config,
  );
  const impactWindow = impactWindowOf(times);
  const mayNamePeople = state.repository.isPrivate || config.public.people;
  const acceptedBy = acceptance.kind === "accepted" ? acceptance.by : null;
  const owners = ownersOf(config, service.service);
  const phase = phaseOf(state, rounds, times);
  const formProblems = [...form.problems, ...start.problems, ...severity.problems, ...service.problems];
  const problems = problemsOf(state, config, rounds, formProblems);
  const ended = endedOf(state, rounds);
  const updates = updatesOf(state);
  const earlier = earlierOf(state, service.service);
  const id =
    frozenOf(state).id ??
    openingId(state) ??
    incidentId(service.service, severity.severity, state.issue.number);
  return {
    id,
    number: state.issue.number,
    title: state.issue.title,
    url: state.issue.url,
    repository: { owner: state.repository.owner, name: state.repository.name, url: state.repository.url },
    service: service.service,
    severity: severity.severity,
    phase,
    description: form.description,
    usersAffected: stated.users ?? form.usersAffected,
    declaredBy: declaration?.actor ?? null,
    acceptedBy,
    owners,
    branches: { production: config.branches.production, integration: config.branches.integration },
    timezone: config.timezone ?? null,
    times,
    statedTimes: stated.times,
    corrections: stated.corrections,
    durations: durationsOf(times),
    sla: slaOf(state, config, times),
    impact: impactOf(config, state.repository, form, service.service, { times, stated }),
    impactWindow,
    shares: impactWindow === null ? [] : sharesIn(impactWindow, stated.shares),
    tickets: stated.tickets,
    metrics: stated.metrics,
    suspects: rankedSuspects(state, config, service.service, times),
    cause: causeOf(state, config, stated),
    deployments: state.deployments ?? [],
    rollbackTag: rollbackTag(state, config, rounds),
    goBackTo: goBackTo(state, config, rounds),
    rounds,
    excludedReleases: excludedReleasesOf(state, config),
    timeline: timelineOf(
      state,
      config,
      rounds,
      { at: declared, actor: declaration?.actor.login ?? null },
      { stated, fromForm: start.impactStarted, acknowledged: times.acknowledged },
    ),
    decisions: decisionFactsOf(state, config),
    ...proposalFactsOf(state, id),
    actions: actionFactsOf(state, config),
    draft: newestReplyTo(state, "report"),
    updates,
    earlier,
    failedRules: failedRulesOf(state, config, earlier),
    ended,
    obligations: obligationsOf(state, config, severity.severity, {
      times,
      sent: updates,
      ended,
    }),
    medians: mediansOf(state, declared),
    problems,
    noticed: noticedIn(state, config, rounds, mayNamePeople),
    next: nextStepOf(state, config, acceptance, {
      owners,
      acceptedBy,
      problems,
      phase,
      rounds,
      ended,
    }),
    locale: config.locale,
    mayNamePeople,
  };
}

/** What most facts are computed from. */
function basisOf(state: IncidentState, config: Config) {
  const declaration = declarationOf(state, config);
  const form = parseForm(state.issue.body, sayIn(config.locale));
  const severity = severityOf(
    config,
    state.issue.labels,
    form.severity,
    decisionsOf(state).severity?.command.level ?? null,
  );
  const service = serviceOf(config, state.issue.labels, form.service);
  const rounds = roundsOf(state, config);
  // Not declared yet: the issue's own time stands in; nothing that uses it is written then.
  const declared = declaration?.at ?? state.issue.createdAt;
  const round = rounds.at(-1)!.number;
  const said = statedFactsOf(state, form.impactStarted, round);
  const start = formStart(form, said, declaration?.at ?? null, config.locale);
  const stated = statedFactsOf(state, start.impactStarted, round);
  const times = timesOf(state, config, rounds, declared, {
    impactStarted: stated.times.impactStarted?.time ?? start.impactStarted,
    detected: stated.times.detected?.time ?? null,
    recovered: stated.times.recovered?.time ?? null,
    verified: stated.times.verified?.time ?? null,
  });
  return { declaration, declared, form, start, severity, service, rounds, stated, times };
}

/** The id that our opening commit carries: it outlives every comment. */
function openingId(state: IncidentState): string | null {
  for (const commit of commitGraphOf(state).values()) {
    const opening = parseOpeningMessage(commit.message);
    if (opening?.number === state.issue.number) return opening.id;
  }
  return null;
}

function ownersOf(config: Config, service: string | null): readonly string[] {
  const owners = service === null ? [] : (config.services[service]?.owners ?? []);
  return owners.map((owner) => owner.replace(/^@/u, ""));
}

function slaOf(state: IncidentState, config: Config, times: IncidentTimes): IncidentFacts["sla"] {
  const minutes = slaMinutesOf(state, config);
  const deadline = after(times.declared, minutes);
  const shipped = shippedAt(times);
  const isPassed = state.deadlines.some((each) => each.name === "sla" && each.at === deadline && each.passed);
  const met = shipped === null ? (isPassed ? false : null) : Date.parse(shipped) <= Date.parse(deadline);
  return { minutes, deadline, met };
}
