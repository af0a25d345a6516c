import type { Config } from "../config/schema.ts";
import { sayIn } from "./say.ts";

/**
 * The severity that holds now: a command says it, else a label (the highest of several), else the form, else the highest there is. The one in the
 * incident id is frozen; regrading changes the deadline, not the name.
 */
export function severityOf(
  config: Config,
  labels: readonly string[],
  fromForm: string | null,
  fromCommand: string | null = null,
): { readonly severity: string; readonly problems: readonly string[] } {
  const names = Object.keys(config.severities);
  const regraded = fromCommand === null ? null : configuredSeverity(config, fromCommand);
  if (regraded !== null) return { severity: regraded, problems: [] };
  const labelled = labels
    .map((label) => configuredSeverity(config, withoutPrefix(label)))
    .filter((name) => name !== null);
  const highest = names.find((name) => labelled.includes(name));
  if (highest !== undefined) return { severity: highest, problems: [] };
  if (fromForm === null) return { severity: names[0]!, problems: [] };
  const chosen = configuredSeverity(config, fromForm);
  if (chosen !== null) return { severity: chosen, problems: [] };
  return {
    severity: names[0]!,
    problems: [
      sayIn(config.locale)('"Severity" must be one of {names}, not {answer}; {highest} holds until then', {
        names: names.join(", "),
        answer: JSON.stringify(fromForm),
        highest: names[0]!,
      }),
    ],
  };
}

/** The configured severity that a word means, by name or alias. */
export function configuredSeverity(config: Config, word: string): string | null {
  const wanted = word.trim().toLowerCase();
  const found = Object.entries(config.severities).find(
    ([name, { aliases }]) => name === wanted || aliases.some((alias) => alias.toLowerCase() === wanted),
  );
  return found?.[0] ?? null;
}

function withoutPrefix(label: string): string {
  return label.replace(/^severity[:/]\s*/iu, "");
}
