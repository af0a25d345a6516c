import { counted } from "../../documents/counted.ts";
import { formatNumber } from "../../documents/number.ts";
import type { Evaluation } from "../../checks/evaluation.ts";
import type { Finding } from "../../checks/finding.ts";

/** For people: one line per finding in the form that terminals and editors make clickable, the verdict last. `fix`: what replaces, such as `--fix`. */
export function textReport(evaluation: Evaluation, rules: number, fix: string): string {
  const { findings, notes } = evaluation;
  const lines = [
    ...findings.flatMap((finding) => [
      `${inert(finding.path)}:${finding.place.line}:${finding.place.column}: ${finding.isAdvice === true ? "warning: " : ""}${visible(sentenceOf(finding))}`,
      `    ${inert(finding.excerpt)}`,
    ]),
    ...notes.map(
      (note) => `${inert(note.path)}: ${note.incomplete ? "not checked: " : ""}${visible(note.sentence)}`,
    ),
    verdictLine(evaluation, rules, fix),
  ];
  return `${lines.join("\n")}\n`;
}

export function jsonReport(evaluation: Evaluation): string {
  return `${JSON.stringify({ version: 1, ...evaluation }, null, 2)}\n`;
}

/** Workflow commands: annotations in a run of GitHub Actions. */
export function githubReport(evaluation: Evaluation, rules: number, fix: string): string {
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
    return `::${finding.isAdvice === true ? "warning" : "error"} ${parts.join(",")}::${escapeData(visible(sentenceOf(finding)))}`;
  });
  const notes = evaluation.notes.map(
    (note) =>
      `::${note.incomplete ? "error" : "notice"} file=${escapeProperty(note.path)}::${escapeData(visible(note.sentence))}`,
  );
  return `${[...commands, ...notes, verdictLine(evaluation, rules, fix)].join("\n")}\n`;
}

/** What was found, what was not looked at, and what to do. */
function verdictLine(
  { findings, omitted, filesChecked, notes }: Evaluation,
  rules: number,
  fix: string,
): string {
  if (rules === 0) return "No rule is configured: nothing was checked.";
  const where = `${counted(filesChecked, "file")}, ${counted(rules, "rule")}`;
  const warnings = findings.filter(({ isAdvice }) => isAdvice === true).length;
  const uses = findings.length - warnings + omitted;
  const warned = warnings === 0 ? [] : [counted(warnings, "warning")];
  const unchecked = notes.filter(({ incomplete }) => incomplete).length;
  const fixable = findings.filter(({ fix }) => fix !== null).length;
  const help = fixable === 0 ? "" : ` With ${fix} ${replaced(fixable, findings.length + omitted)} replaced.`;
  if (uses > 0) {
    const missed = unchecked === 0 ? "" : ` ${counted(unchecked, "file")} not checked.`;
    return `${[counted(uses, "forbidden use"), ...warned].join(", ")} (${where}).${missed}${help}`;
  }
  if (unchecked > 0) {
    return `Not passed: ${[`${counted(unchecked, "file")} not checked`, ...warned].join(", ")} (${where}).`;
  }
  return `Clean: ${[where, ...warned].join(", ")}.`;
}

function replaced(fixable: number, all: number): string {
  if (fixable === all) return all === 1 ? "it is" : "they are";
  return fixable === 1 ? "1 is" : `${formatNumber(fixable)} are`;
}

/** What is wrong and why, on one line. */
export function sentenceOf({ message, because }: Finding): string {
  return `${message}${because === null ? "" : ` (${because})`}`.replace(/\s+/gu, " ");
}

/**
 * Text of files as runners of GitHub Actions do not obey it, either: a line that begins with `::`, or has `##[` somewhere, would be a command, and could
 * end all that follow. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function inert(text: string): string {
  return visible(text)
    .replace(/^(\s*):(?=:)/u, "$1\uFFFD")
    .replaceAll("##[", "#\uFFFD[");
}

/** One line without anything that a terminal would obey: text of files is hostile. */
export function visible(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
