import { createHash } from "node:crypto";
import type { Evaluation } from "../../checks/evaluation.ts";
import type { Finding } from "../../checks/finding.ts";
import type { CompiledPattern, CompiledRule, RuleSet } from "../../checks/rule-set.ts";
import { pathInUrl } from "../../incident/path-in-url.ts";

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifReport(evaluation: Evaluation, { rules, patterns }: RuleSet): string {
  const ids = [...rules, ...patterns].map(({ id }) => id);
  const incomplete = evaluation.notes.filter((note) => note.incomplete);
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "hotfix check", rules: [...rules.map(ruleOf), ...patterns.map(patternOf)] } },
        columnKind: "unicodeCodePoints",
        originalUriBaseIds: { ROOT: { description: { text: "The root of the repository" } } },
        invocations: [
          {
            executionSuccessful: incomplete.length === 0,
            toolExecutionNotifications: evaluation.notes.map((note) => ({
              level: note.incomplete ? "error" : "note",
              message: { text: note.sentence },
              locations: [{ physicalLocation: { artifactLocation: artifactOf(note.path) } }],
            })),
          },
        ],
        results: resultsOf(evaluation.findings, ids),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ id, rule }: CompiledRule) {
  const instead = rule.use === undefined ? "" : ` Use "${rule.use}" instead.`;
  return {
    id,
    shortDescription: { text: `"${rule.forbid}" must not be used.${instead}` },
    ...(rule.because === undefined ? {} : { fullDescription: { text: `Why: ${rule.because}` } }),
    defaultConfiguration: { level: "error" },
  };
}

function patternOf({ id, rule }: CompiledPattern) {
  return {
    id,
    shortDescription: { text: rule.message },
    ...(rule.because === undefined ? {} : { fullDescription: { text: `Why: ${rule.because}` } }),
    defaultConfiguration: { level: rule.severity },
  };
}

/** Lines move and paths do not: a finding stays the same one for its rule, file, line text and place among equals. */
function resultsOf(findings: readonly Finding[], ids: readonly string[]) {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const identity = JSON.stringify([finding.rule, finding.path, finding.excerpt]);
    const nth = seen.get(identity) ?? 0;
    seen.set(identity, nth + 1);
    return resultOf(finding, ids.indexOf(finding.rule), `${identity}#${nth}`);
  });
}

function resultOf(finding: Finding, ruleIndex: number, identity: string) {
  const { line, endLine, column, endColumn } = finding.place;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: finding.isAdvice === true ? "warning" : "error",
    message: { text: finding.message },
    locations: [{ physicalLocation: { artifactLocation: artifactOf(finding.path), region } }],
    partialFingerprints: { "hotfix/v1": createHash("sha256").update(identity).digest("hex") },
    ...(finding.fix === null
      ? {}
      : {
          fixes: [
            {
              artifactChanges: [
                {
                  artifactLocation: artifactOf(finding.path),
                  replacements: [{ deletedRegion: region, insertedContent: { text: finding.fix.text } }],
                },
              ],
            },
          ],
        }),
  };
}

/** Every character that could mean something in an address is encoded: a colon would make a scheme of a name. */
function artifactOf(path: string): { readonly uri: string; readonly uriBaseId: string } {
  return { uri: pathInUrl(path), uriBaseId: "ROOT" };
}
