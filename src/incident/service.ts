import type { Config } from "../config/schema.ts";
import { slugOf } from "./names.ts";
import { sayIn } from "./say.ts";

/**
 * The service that is down: a label `service:payment`, else the form, else the only one configured. Where none is configured, any word will do as a
 * name; where some are, only those, because owners, paths and revenue hang on it.
 */
export function serviceOf(
  config: Config,
  labels: readonly string[],
  fromForm: string | null,
): { readonly service: string | null; readonly problems: readonly string[] } {
  const configured = Object.keys(config.services);
  const fromLabel = labels
    .map((label) => /^service[:/]\s*(.+)$/iu.exec(label)?.[1])
    .map((word) => (word === undefined ? null : named(configured, word)))
    .find((name) => name !== null);
  if (fromLabel !== undefined) return { service: fromLabel, problems: [] };
  if (fromForm === null) return { service: configured.length === 1 ? configured[0]! : null, problems: [] };
  const say = sayIn(config.locale);
  const chosen = named(configured, fromForm);
  if (chosen !== null) return { service: chosen, problems: [] };
  return {
    service: null,
    problems: [
      configured.length === 0
        ? say('"Service" must begin with a letter, such as payment, not {answer}', {
            answer: JSON.stringify(fromForm),
          })
        : say('"Service" must be one of {names}, not {answer}', {
            names: configured.join(", "),
            answer: JSON.stringify(fromForm),
          }),
    ],
  };
}

function named(configured: readonly string[], word: string): string | null {
  const name = slugOf(word).slice(0, 31).replace(/-+$/u, "");
  if (configured.length > 0)
    return (
      configured.find((each) => each === word.trim().toLowerCase()) ??
      (configured.includes(name) ? name : null)
    );
  // `slugOf` gives "incident" for a word without a usable letter, which is what no service is called anyway.
  return /^[a-z]/u.test(name) && name !== "incident" ? name : null;
}
