import { label } from "./label.ts";
import { minutes } from "./minutes.ts";
import { withoutPrototype } from "./without-prototype.ts";
import { z } from "./zod.ts";

const updatesSchema = z.strictObject({
  first: minutes.default(5).describe("Minutes from declaration to the first update"),
  every: minutes.default(20).describe("Minutes from one update to the next"),
  until: minutes.default(120).describe("Minutes after declaration at which no further ones are due"),
});

const retrospectiveSchema = z.strictObject({
  days: z.number().int().positive().max(90).describe("Days from the landing to the day it is due"),
  count: z.enum(["calendar", "business"]).default("calendar").describe("Which days count"),
});

const severitySchema = z.strictObject({
  sla: minutes.describe("Minutes from declaration to recovery that the team promises"),
  updates: updatesSchema.optional().describe("When stakeholders hear of it; none where it is left out"),
  retrospective: retrospectiveSchema
    .optional()
    .describe("When the retrospective is due; no day where it is left out"),
  aliases: z
    .array(label)
    .max(20)
    .default([])
    .describe("Other labels or words that mean this severity, such as sev1"),
});

export const severitiesSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9-]{0,19}$/u, { error: "must be a lower-case word" }), severitySchema)
  .superRefine(refineSeverities)
  .transform(withoutPrototype);

/** A label or a word in the issue must mean one severity. */
function refineSeverities(
  severities: Readonly<Record<string, { readonly aliases: readonly string[] }>>,
  context: z.RefinementCtx,
): void {
  if (Object.keys(severities).length === 0) {
    context.addIssue({ code: "custom", path: [], message: "must name at least one severity" });
  }
  const owners = new Map<string, string>();
  for (const [name, { aliases }] of Object.entries(severities)) {
    for (const word of [name, ...aliases].map((alias) => alias.toLowerCase())) {
      const other = owners.get(word);
      if (other !== undefined && other !== name) {
        const message = `must name each word once (${word} also means ${other})`;
        context.addIssue({ code: "custom", path: [name, "aliases"], message });
      }
      owners.set(word, name);
    }
  }
}
