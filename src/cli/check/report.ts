import type { Evaluation } from "../../checks/evaluation.ts";
import type { Finding } from "../../checks/finding.ts";

/** For people: one line per finding in the form that terminals and editors make clickable, the verdict last. */
export function textReport(evaluation: Evaluation, rules: number): string {
  const { findings, notes, filesChecked, omitted } = evaluation;
  const lines = [
    ...findings.flatMap((finding) => [
      `${visible(finding.path)}:${finding.place.line}:${finding.place.column}: ${sentenceOf(finding)}`,
      `    ${visible(finding.excerpt)}`,
    ]),
    ...notes.map(
      (note) => `${visible(note.path)}: ${note.incomplete ? "not checked: " : ""}${visible(note.sentence)}`,
    ),
    verdictLine(findings.length + omitted, filesChecked, rules),
  ];
  return `${lines.join("\n")}\n`;
}

export function jsonReport(evaluation: Evaluation): string {
  return `${JSON.stringify({ version: 1, ...evaluation }, null, 2)}\n`;
}

/** Workflow commands: annotations in a run of GitHub Actions. */
export function githubReport(evaluation: Evaluation, rules: number): string {
  const commands = evaluation.findings.map((finding) => {
    const { line, endLine, column, endColumn } = finding.place;
    const properties = {
      file: finding.path,
      line,
      endLine,
      ...(line === endLine ? { col: column, endColumn: endColumn - 1 } : {}),
      title: finding.rule,
    };
    const parts = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
    return `::error ${parts.join(",")}::${escapeData(sentenceOf(finding))}`;
  });
  const notes = evaluation.notes.map(
    (note) =>
      `::${note.incomplete ? "error" : "notice"} file=${escapeProperty(note.path)}::${escapeData(note.sentence)}`,
  );
  const total = evaluation.findings.length + evaluation.omitted;
  return `${[...commands, ...notes, verdictLine(total, evaluation.filesChecked, rules)].join("\n")}\n`;
}

function verdictLine(findings: number, files: number, rules: number): string {
  if (rules === 0) return "No rule is configured: nothing was checked.";
  const where = `${count(files, "file")}, ${count(rules, "rule")}`;
  return findings === 0 ? `Clean: ${where}.` : `${count(findings, "forbidden use")} (${where}).`;
}

function sentenceOf(finding: Finding): string {
  const because = finding.because === null ? "" : ` (${finding.because})`;
  return visible(`${finding.message}${because}`);
}

/** One line without anything that a terminal would obey: text of files is hostile. */
function visible(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
