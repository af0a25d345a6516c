import type { Config } from "../config/schema.ts";
import type { IncidentFacts } from "../incident/facts.ts";
import { TemplateError } from "./compile-templates.ts";
import { createRenderer } from "./create-renderer.ts";
import type { DocumentKind, ProposalPoint, Renderer, TurningPoint } from "./renderer.ts";
import { sampleIncident } from "./sample-incident.ts";

/** Every name that a template may have, below `.github/hotfix-templates/` as below `templates/`. */
const NAME = /^(?:partials\/|turning-point\/)?[a-z][a-z-]{0,60}(?:\.txt)?$/u;

/** At most this many characters: a template that is longer is no text for people. */
const MOST_CHARACTERS = 50_000;

const KINDS: readonly DocumentKind[] = [
  "incident-report",
  "retrospective",
  "stakeholder-update",
  "public-update",
];

const PROPOSALS = [
  { kind: "forbid", name: "x", rule: { forbid: "x", use: "y", in: ["src/**"], because: "x" } },
  { kind: "retire", name: "x", rule: null },
  { kind: "setup", name: "x.yml", rule: null },
] as const satisfies readonly Pick<ProposalPoint, "kind" | "name" | "rule">[];

/**
 * What is wrong with the templates of a repository, one sentence for each that cannot be used. They are tried on a sample, and on the incident itself
 * where there is one. Costs what the templates cost: run it where that can be ended.
 */
export function tryTemplates(
  builtIn: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
  locale: Config["locale"],
  incident: IncidentFacts | null = null,
): Readonly<Record<string, string>> {
  const broken: Record<string, string> = {};
  for (const [name, text] of Object.entries(own)) {
    const problem =
      nameProblem(builtIn, name, text) ?? renderProblem(builtIn, { [name]: text }, locale, incident);
    if (problem !== null) broken[name] = problem;
  }
  return broken;
}

function nameProblem(builtIn: Readonly<Record<string, string>>, name: string, text: string): string | null {
  if (!NAME.test(name) || !Object.hasOwn(builtIn, name)) return "no text of the app has this name";
  if (text.length > MOST_CHARACTERS) return `it is longer than ${MOST_CHARACTERS} characters`;
  return null;
}

function renderProblem(
  builtIn: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
  locale: Config["locale"],
  incident: IncidentFacts | null,
): string | null {
  try {
    const renderer = createRenderer(builtIn, locale, own);
    for (const facts of [sampleIncident(), ...(incident === null ? [] : [incident])])
      renderAll(renderer, facts);
    return null;
  } catch (error) {
    if (error instanceof TemplateError) return error.sentence;
    throw error;
  }
}

/** Every text that these facts can be told in. */
export function renderAll(renderer: Renderer, facts: IncidentFacts): readonly string[] {
  const points: readonly TurningPoint[] = [
    { kind: "blocked", code: "x", sentence: "x", nextStep: "x", commands: [] },
    { kind: "not-accepted", actor: "dana", needed: "triage" },
    { kind: "configuration", problems: ["x"], codeIsOff: false },
    ...facts.rounds.flatMap((round): readonly TurningPoint[] => [
      { kind: "ready", round: round.number },
      { kind: "released", round: round.number },
      { kind: "landed", round: round.number },
      { kind: "empty-merge", round: round.number },
    ]),
  ];
  return [
    renderer.statusSection(facts),
    renderer.override({
      check: "hotfix/scope",
      found: "x",
      by: "dana",
      because: "x",
      url: facts.url,
      incident: facts.number,
      repositoryUrl: facts.repository.url,
      mayNamePeople: facts.mayNamePeople,
    }),
    ...points.map((point) => renderer.turningPoint(facts, point)),
    ...KINDS.map((kind) => renderer.document(facts, kind)),
    renderer.documentsPullRequest(facts).body,
    ...facts.actions.map((action) => renderer.followUp(facts, action, "x").body),
    ...PROPOSALS.map(
      (point) => renderer.proposal(facts, { ...point, base: "main", by: "dana", url: facts.url }).body,
    ),
    renderer.withdrawal(facts),
    renderer.closingComment(facts, []),
    ...facts.rounds.flatMap((round) => [
      renderer.productionPullRequest(facts, round).body,
      ...round.backMerges.map(({ target }) => renderer.backMergePullRequest(facts, round, target).body),
      renderer.tagMessage(facts, round),
      renderer.release(facts, round).body,
    ]),
  ];
}
