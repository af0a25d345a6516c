import { parse, YAMLError } from "yaml";
import { z } from "zod";

/**
 * The one definition of the data on top of every document, for tools that read them. `front-matter.schema.json` comes from here. Times are ISO 8601
 * in UTC, `seconds` whole seconds, money in units of the currency. A new key is not a new version; a changed meaning is.
 */

const instant = z.iso.datetime().nullable();
const seconds = z.number().int().nonnegative().nullable();
const id = z.string().regex(/^[A-Z][A-Z0-9-]*-\d{3,10}$/u);
const service = z.string().nullable();

const fullSchema = z.object({
  schema: z.enum([
    "hotfix-responder/incident-report/1",
    "hotfix-responder/retrospective/1",
    "hotfix-responder/stakeholder-update/1",
  ]),
  incident: id,
  issue: z.number().int().positive(),
  url: z.url(),
  title: z.string(),
  service,
  severity: z.string(),
  sla: z.object({ minutes: z.number().int().positive(), deadline: instant, met: z.boolean().nullable() }),
  times: z.object({
    impact_started: instant,
    detected: instant.default(null),
    declared: instant,
    acknowledged: instant,
    first_fix_pushed: instant,
    merged: instant,
    released: instant,
    deployed: instant.default(null),
    recovered: instant.default(null),
    verified: instant.default(null),
    landed: instant,
  }),
  seconds: z.object({
    to_detect: seconds.default(null),
    to_acknowledge: seconds,
    to_fix: seconds,
    to_review: seconds,
    to_release: seconds,
    to_deploy: seconds.default(null),
    to_recover: seconds.default(null),
    to_land: seconds,
    declared_to_released: seconds,
  }),
  impact: z
    .object({
      currency: z.string().regex(/^[A-Z]{3}$/u),
      revenue_per_hour: z.number().nonnegative(),
      seconds,
      loss: z.number().nonnegative().nullable(),
      loss_range: z.tuple([z.number().nonnegative(), z.number().nonnegative()]).nullable().default(null),
    })
    .nullable(),
  rounds: z.array(
    z.object({
      round: z.number().int().positive(),
      tag: z.string().nullable(),
      pull_request: z.number().int().positive().nullable(),
      merge_commit: z.string().nullable(),
    }),
  ),
  /** What a person confirmed: the commit, or null where they said it in words only. */
  cause: z.object({ commit: z.string().nullable(), tag: z.string().nullable() }).nullable().default(null),
  metrics: z
    .array(
      z.object({
        name: z.string(),
        unit: z.string(),
        before: z.number().nullable(),
        after: z.number().nullable(),
        target: z.number().nullable(),
      }),
    )
    .default([]),
  retrospective_due: z.iso.date().nullable(),
  actions: z
    .array(
      z.object({
        issue: z.number().int().positive().nullable(),
        what: z.string(),
        type: z.enum(["prevent", "mitigate", "detect", "process"]),
        due: z.iso.date(),
        owner: z.string().nullable(),
        state: z.enum(["open", "done", "not-doing", "gone"]),
      }),
    )
    .default([]),
});

const publicSchema = z.object({
  schema: z.literal("hotfix-responder/public-update/1"),
  incident: id,
  service,
  severity: z.string(),
  times: z.object({ impact_started: instant, declared: instant, released: instant }),
});

const indexSchema = z.object({
  schema: z.literal("hotfix-responder/index/1"),
  incidents: z.number().int().nonnegative(),
  // What a new incident of the same service is told of and compared with, newest first.
  services: z
    .array(
      z.object({
        service,
        incident: id,
        issue: z.number().int().positive(),
        declared: instant,
        open: z.array(z.object({ issue: z.number().int().positive(), due: z.iso.date() })),
        seconds: z
          .object({
            to_acknowledge: seconds,
            to_fix: seconds,
            to_review: seconds,
            to_release: seconds,
            to_land: seconds,
            declared_to_released: seconds,
          })
          .nullable()
          .default(null),
      }),
    )
    .default([]),
});

const frontMatterSchema = z.discriminatedUnion("schema", [fullSchema, publicSchema, indexSchema]);

export type FullFrontMatter = z.output<typeof fullSchema>;
export type PublicFrontMatter = z.output<typeof publicSchema>;

export type FrontMatterReading =
  | { readonly ok: true; readonly data: z.output<typeof frontMatterSchema> }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The data on top of a document; what is wrong with it, one sentence each. */
export function readFrontMatter(text: string): FrontMatterReading {
  const yaml = /^---\r?\n([\s\S]*?)^---[^\S\n]*$/mu.exec(text)?.[1];
  if (yaml === undefined || !text.startsWith("---")) {
    return { ok: false, problems: ["there is no front matter between --- lines on top"] };
  }
  try {
    const result = frontMatterSchema.safeParse(parse(yaml, { maxAliasCount: 0 }));
    if (result.success) return { ok: true, data: result.data };
    const problems = result.error.issues.map(
      ({ path, message }) => `${["front matter", ...path].join(".")}: ${message}`,
    );
    return { ok: false, problems };
  } catch (error) {
    if (error instanceof YAMLError || error instanceof ReferenceError) {
      return { ok: false, problems: [`front matter: ${error.message}`] };
    }
    throw error;
  }
}

/** The text of `front-matter.schema.json`. */
export function frontMatterSchemaText(): string {
  const schema = {
    title: "Hotfix Responder: front matter",
    ...z.toJSONSchema(frontMatterSchema, { io: "input" }),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
