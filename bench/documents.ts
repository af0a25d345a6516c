import { loadTemplates } from "../src/config/load-templates.ts";
import { createRenderer } from "../src/documents/create-renderer.ts";
import { formatDuration } from "../src/documents/duration.ts";
import { factsFingerprint } from "../src/documents/facts-fingerprint.ts";
import { frontMatter } from "../src/documents/front-matter.ts";
import { formatDay, formatInstant, formatTimeOfDay } from "../src/documents/instant.ts";
import { newDocument } from "../src/documents/living-document.ts";
import { code, inline, link, prose } from "../src/documents/markdown.ts";
import { formatMoney } from "../src/documents/money.ts";
import type { DocumentKind } from "../src/documents/renderer.ts";
import { sampleIncident } from "../src/documents/sample-incident.ts";
import type { IncidentFacts, TimelineEntry } from "../src/incident/facts.ts";
import { figure } from "./figure.ts";

const ENTRIES = 500;
const ROUNDS = 40;
const KINDS: readonly DocumentKind[] = [
  "incident-report",
  "retrospective",
  "stakeholder-update",
  "public-update",
];

/** All documents of an incident with 500 timeline entries, against template literals that escape with the same module; both warm, taken in turn. */
export async function documents(): Promise<boolean> {
  const renderer = createRenderer(await loadTemplates());
  const times: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // New facts each time, as each pass has them: what is remembered for the old ones must not help.
    const [facts, same] = [longIncident(), longIncident()];
    times.push(time(() => KINDS.map((kind) => renderer.document(facts, kind))));
    plain.push(time(() => KINDS.map((kind) => literalDocument(same, kind))));
  }
  const [ours, literal] = [median(times.slice(ROUNDS / 2)), median(plain.slice(ROUNDS / 2))];
  console.log(`    templates ${ours.toFixed(2)} ms, template literals ${literal.toFixed(2)} ms`);
  return [
    figure(`all documents, ${ENTRIES} timeline entries`, round2(ours), 50, " ms"),
    figure("times template literals", round2(ours / literal), 5),
  ].every(Boolean);
}

function longIncident(): IncidentFacts {
  const facts = sampleIncident();
  const start = Date.parse(facts.times.declared);
  const timeline = Array.from(
    { length: ENTRIES },
    (_, index): TimelineEntry => ({
      at: new Date(start + index * 2000).toISOString(),
      recordedAt: new Date(start + index * 2000).toISOString(),
      kind: "pushed",
      text: `Pushed ${index.toString(16).padStart(7, "0")} (Make \`step_${index}\` wait for #8 | and *not* for @dana)`,
      actor: "dana",
      url: `${facts.repository.url}/commit/${index}`,
    }),
  );
  return { ...facts, timeline };
}

function literalDocument(facts: IncidentFacts, kind: DocumentKind): string {
  const body = kind === "incident-report" ? literalReport(facts) : literalSummary(facts);
  return newDocument({ frontMatter: frontMatter(facts, kind), body, facts: factsFingerprint(facts) });
}

function literalReport(facts: IncidentFacts): string {
  const { impact, times } = facts;
  const declared = Date.parse(times.declared);
  const rows = facts.timeline.map(
    (entry) =>
      `| ${formatDay(entry.at)} ${formatTimeOfDay(entry.at)} | ${formatDuration(Date.parse(entry.at) - declared)} | ${prose(entry.text).markdown} | ${inline(entry.actor ?? "").markdown} | ${link("link", entry.url, facts.repository.url).markdown} |`,
  );
  return `${literalSummary(facts)}

<!-- hotfix:begin impact -->
| | |
| --- | --- |
| Started | ${formatInstant(times.impactStarted!)} |
| Loss | ${formatMoney(impact!.loss!, impact!.currency)} |
<!-- hotfix:end impact -->

<!-- hotfix:begin timeline -->
| Time | T+ | What happened | Who | Evidence |
| --- | ---: | --- | --- | --- |
${rows.join("\n")}
<!-- hotfix:end timeline -->`;
}

function literalSummary(facts: IncidentFacts): string {
  return `# ${facts.id}: ${inline(facts.title).markdown}

<!-- hotfix:begin summary -->
- **What happened:** ${inline(facts.title).markdown}. Severity ${facts.severity}; declared ${formatInstant(facts.times.declared)}.
- **How it ended:** ${code(facts.rounds[0]!.tag!).markdown} was released ${formatDuration(facts.durations.total!)} after the declaration.

> ${inline(facts.description!).markdown}
<!-- hotfix:end summary -->`;
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
