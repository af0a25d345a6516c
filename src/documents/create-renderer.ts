import type { IncidentFacts } from "../incident/facts.ts";
import type { RoundFacts } from "../incident/facts/round-facts.ts";
import type { Config } from "../config/schema.ts";
import { fingerprint } from "../incident/fingerprint.ts";
import { capBody } from "./cap-body.ts";
import type { RenderTemplate } from "./compile-templates.ts";
import { compileTemplates, TemplateError } from "./compile-templates.ts";
import { frontMatter } from "./front-matter.ts";
import { factsFingerprint } from "./facts-fingerprint.ts";
import type { Rendered } from "./living-document.ts";
import { factsToldBy, newDocument, updatedDocument } from "./living-document.ts";
import { withoutSections } from "./managed-section.ts";
import { localisedTemplates } from "./localised-templates.ts";
import type { DocumentKind, Renderer, ReplyPoint, TurningPoint } from "./renderer.ts";
import { followUpView } from "./views/action-view.ts";
import { closingView, documentView } from "./views/document-view.ts";
import { backMergeView, roundView } from "./views/pull-request-view.ts";
import { overrideView } from "./views/override-view.ts";
import { proposalView } from "./views/proposal-view.ts";
import { incidentView } from "./views/incident-view.ts";
import { replyView } from "./views/reply-view.ts";
import type { IncidentIndex } from "./views/index-view.ts";
import { indexFrontMatter, indexView } from "./views/index-view.ts";
import { statusView } from "./views/status-view.ts";
import { turningPointView } from "./views/turning-point-view.ts";

const POINTS: readonly TurningPoint["kind"][] = [
  "ready",
  "conflict",
  "blocked",
  "released",
  "landed",
  "not-accepted",
  "held-back",
  "configuration",
  "empty-merge",
];

const NEEDED: readonly string[] = [
  "status",
  "reply",
  "override",
  ...[
    "production-pull-request",
    "back-merge-pull-request",
    "release",
    "documents-pull-request",
    "follow-up",
    "index-pull-request",
    "proposal",
  ].flatMap((name) => [name, `${name}-title.txt`]),
  "proposal-withdrawn",
  ...POINTS.map((kind) => `turning-point/${kind}`),
  "tag-message.txt",
  "incident-report",
  "retrospective",
  "stakeholder-update",
  "public-update",
  "edited-note",
  "incident-index",
  "closing",
  "cut-note",
  "report-cut",
];

/**
 * Compiles the templates once; afterwards nothing is read and nothing is remembered.
 * @param templates text by path below `templates/`, without `.hbs` (`config/load-templates.ts`)
 * @param own templates of a repository that stand in the place of those
 * @throws TemplateError if a template does not compile or is missing
 */
export function createRenderer(
  templates: Readonly<Record<string, string>>,
  locale: Config["locale"] = "en",
  own: Readonly<Record<string, string>> = {},
): Renderer {
  const texts = { ...localisedTemplates(templates, locale), ...own };
  const missing = NEEDED.find((name) => !Object.hasOwn(texts, name));
  if (missing !== undefined) throw new TemplateError(missing, "is missing");
  const render = compileTemplates(texts);
  const body = (name: string, view: object) => capBody(render(name, view), () => render("cut-note", {}));
  return {
    statusSection: (facts) => body("status", statusView(facts)),
    productionPullRequest: (facts, round) =>
      titleAndBody(render, "production-pull-request", roundView(facts, round)),
    backMergePullRequest: (facts, round, target) =>
      titleAndBody(render, "back-merge-pull-request", backMergeView(facts, round, target)),
    turningPoint: (facts, point) => body(`turning-point/${point.kind}`, turningPointView(facts, point)),
    reply: (facts, point) => reply(render, facts, point),
    override: (point) => body("override", overrideView(point)),
    followUp: (facts, action, missingLabel) =>
      titleAndBody(render, "follow-up", followUpView(facts, action, missingLabel)),
    tagMessage: (facts, round) => render("tag-message.txt", roundView(facts, round)),
    release: (facts, round) => releaseTexts(render, facts, round),
    document: (facts, kind) => newDocument(file(render, facts, kind)),
    documentAgain: (facts, kind, existing) => documentAgain(render, facts, kind, existing),
    documentsPullRequest: (facts) => titleAndBody(render, "documents-pull-request", documentView(facts)),
    proposal: (facts, point) => titleAndBody(render, "proposal", proposalView(facts, point)),
    withdrawal: (facts) => body("proposal-withdrawn", incidentView(facts)),
    incidentIndex: (index) => newDocument(indexFile(render, index)),
    indexPullRequest: (index) => titleAndBody(render, "index-pull-request", indexView(index)),
    incidentIndexAgain: (index, existing) => indexAgain(render, index, existing),
    closingComment: (facts, documents) => body("closing", closingView(facts, documents)),
  };
}

/** Where somebody asked for the report it stands below the answers, cut if need be; the note of the cut says where all of it is. */
function reply(render: RenderTemplate, facts: IncidentFacts, point: ReplyPoint): string {
  const view = replyView(facts, point);
  const answers = render("reply", view);
  if (!point.answers.some(({ kind }) => kind === "report")) {
    return capBody(answers, () => render("cut-note", {}));
  }
  const report = withoutSections(render("incident-report", documentView(facts)));
  return capBody(`${answers}\n\n${report}`, () => render("report-cut", view));
}

function titleAndBody(render: RenderTemplate, name: string, view: object): { title: string; body: string } {
  return {
    title: render(`${name}-title.txt`, view),
    body: capBody(render(name, view), () => render("cut-note", {})),
  };
}

/** A whole file: front matter first, where tools look for it. */
function file(render: RenderTemplate, facts: IncidentFacts, kind: DocumentKind): Rendered {
  return {
    frontMatter: frontMatter(facts, kind),
    body: render(kind, documentView(facts)),
    facts: factsFingerprint(facts),
  };
}

function indexFile(render: RenderTemplate, index: IncidentIndex): Rendered {
  const view = indexView(index);
  return {
    frontMatter: indexFrontMatter(index),
    body: render("incident-index", view),
    facts: fingerprint(JSON.stringify(index)),
  };
}

function indexAgain(render: RenderTemplate, index: IncidentIndex, existing: string): string | null {
  const told = factsToldBy(existing);
  const file = indexFile(render, index);
  if (told === null || told === file.facts) return null;
  const text = updatedDocument(existing, file, render("edited-note", {}));
  return text === existing ? null : text;
}

function documentAgain(
  render: RenderTemplate,
  facts: IncidentFacts,
  kind: DocumentKind,
  existing: string,
): string | null {
  const told = factsToldBy(existing);
  if (told === null || told === factsFingerprint(facts)) return null;
  const text = updatedDocument(existing, file(render, facts, kind), render("edited-note", {}));
  return text === existing ? null : text;
}

function releaseTexts(render: RenderTemplate, facts: IncidentFacts, round: RoundFacts) {
  const { title, body } = titleAndBody(render, "release", roundView(facts, round));
  return { name: title, body };
}
