import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Evaluation } from "../../checks/evaluation.ts";
import type { Finding } from "../../checks/finding.ts";
import type { CompiledPattern, CompiledRule, RuleSet } from "../../checks/rule-set.ts";
import { pathInUrl } from "../../incident/path-in-url.ts";
import { sentenceOf } from "./report.ts";

/**
 * SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, with what GitHub asks of it:
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifReport(evaluation: Evaluation, { rules, patterns }: RuleSet): string {
  const ids = [...rules, ...patterns].map(({ id }) => id);
  const incomplete = evaluation.notes.filter((note) => note.incomplete);
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "hotfix check",
            semanticVersion: VERSION,
            rules: [...rules.map(ruleOf), ...patterns.map(patternOf)],
          },
        },
        columnKind: "unicodeCodePoints",
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository" } } },
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

const { version: VERSION } = JSON.parse(
  readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
) as { readonly version: string };

/** Where paths begin, as it is usually called. */
const ROOT = "%SRCROOT%";

function ruleOf({ id, rule }: CompiledRule) {
  const instead = rule.use === undefined ? "Remove it" : `Use "${rule.use}" instead`;
  const unless =
    rule.unless === undefined ? "" : `, or put the comment "${rule.unless}" on the line where it is right`;
  return descriptorOf(id, "error", {
    what: `"${rule.forbid}" must not be used.`,
    because: rule.because,
    help: `${instead}${unless}.`,
  });
}

function patternOf({ id, rule }: CompiledPattern) {
  const unless =
    rule.unless === undefined ? "" : ` The comment "${rule.unless}" allows the line where it is right.`;
  const help = rule.fix === undefined ? `${rule.message}${unless}` : `Write ${rule.fix} instead.${unless}`;
  return descriptorOf(id, rule.severity, {
    what: rule.message,
    because: rule.because,
    help,
  });
}

/** GitHub shows the full description and the help, and takes no rule without them. */
function descriptorOf(
  id: string,
  level: "error" | "warning",
  says: { readonly what: string; readonly because: string | undefined; readonly help: string },
) {
  const because = says.because === undefined ? "" : ` Why: ${says.because}`;
  return {
    id,
    shortDescription: { text: says.what },
    fullDescription: { text: `${says.what}${because}` },
    help: { text: says.help },
    defaultConfiguration: { level },
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
    message: { text: sentenceOf(finding) },
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
  return { uri: pathInUrl(path), uriBaseId: ROOT };
}
