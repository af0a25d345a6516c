import * as v from "valibot";
import { listOf } from "./list-of.ts";
import { byDefault } from "./by-default.ts";
import { label } from "./label.ts";
import { mapOf } from "./map-of.ts";
import { minutes } from "./minutes.ts";
import { named } from "./named.ts";
import { positive } from "./positive.ts";
import { refine, type Refuse } from "./refine.ts";

const updatesSchema = mapOf({
  first: byDefault(minutes, 5, "Minutes from declaration to the first update"),
  every: byDefault(minutes, 20, "Minutes from one update to the next"),
  until: byDefault(minutes, 120, "Minutes after declaration at which no further ones are due"),
});

const retrospectiveSchema = mapOf({
  days: v.pipe(positive(90), v.description("Days from the landing to the day it is due")),
  count: byDefault(v.picklist(["calendar", "business"]), "calendar", "Which days count"),
});

const severitySchema = mapOf({
  sla: v.pipe(minutes, v.description("Minutes from declaration to recovery that the team promises")),
  updates: v.optional(
    v.pipe(updatesSchema, v.description("When stakeholders hear of it; none where it is left out")),
  ),
  retrospective: v.optional(
    v.pipe(retrospectiveSchema, v.description("When the retrospective is due; no day where it is left out")),
  ),
  aliases: byDefault(listOf(label, 20), [], "Other labels or words that mean this severity, such as sev1"),
});

export const severitiesSchema = v.pipe(
  named(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,19}$/u, "must be a lower-case word")), severitySchema),
  refine((severities, refuse) => refineSeverities(severities, refuse)),
);

/** A label or a word in the issue must mean one severity. */
function refineSeverities(
  severities: Readonly<Record<string, { readonly aliases: readonly string[] }>>,
  refuse: Refuse,
): void {
  if (Object.keys(severities).length === 0) refuse([], "must name at least one severity");
  const owners = new Map<string, string>();
  for (const [name, { aliases }] of Object.entries(severities)) {
    for (const word of [name, ...aliases].map((alias) => alias.toLowerCase())) {
      const other = owners.get(word);
      if (other !== undefined && other !== name) {
        refuse([name, "aliases"], `must name each word once (${word} also means ${other})`);
      }
      owners.set(word, name);
    }
  }
}
