import { parse, YAMLError } from "yaml";
import * as v from "valibot";
import { publishedSchema } from "./published-schema.ts";
import { kindOf } from "./read-yaml.ts";

/**
 * The one definition of the data on top of every document, for tools that read them. `front-matter.schema.json` comes from here. Times are ISO 8601
 * in UTC, `seconds` whole seconds, money in units of the currency. A new key is not a new version; a changed meaning is.
 */

const LEAP_DAY = /(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29/u.source;
const DAY =
  /\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8]))/u
    .source;
const TIME = /(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z)/u.source;

const date = v.pipe(
  v.string(),
  v.metadata({ format: "date" }),
  v.regex(new RegExp(`^(?:${LEAP_DAY}|${DAY})$`, "u"), "must be a day such as 2026-02-28"),
);
const instant = v.nullable(
  v.pipe(
    v.string(),
    v.metadata({ format: "date-time" }),
    v.regex(
      new RegExp(`^(?:${LEAP_DAY}|${DAY})T(?:${TIME})$`, "u"),
      "must be a time in UTC such as 2026-02-28T09:30:00Z",
    ),
  ),
);
const whole = v.pipe(v.number(), v.integer("must be a whole number"));
const number = v.pipe(
  whole,
  v.gtValue(0, "must be above 0"),
  v.maxValue(Number.MAX_SAFE_INTEGER, "must be smaller"),
);
const count = v.pipe(
  whole,
  v.minValue(0, "must not be below 0"),
  v.maxValue(Number.MAX_SAFE_INTEGER, "must be smaller"),
);
const amount = v.pipe(v.number(), v.finite("must be finite"), v.minValue(0, "must not be below 0"));
const measure = v.nullable(v.pipe(v.number(), v.finite("must be finite")));
const seconds = v.nullable(count);
const text = v.nullable(v.string());
const id = v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9-]*-\d{3,10}$/u, "must be the id of an incident"));

const fullSchema = v.object({
  schema: v.picklist([
    "hotfix-responder/incident-report/1",
    "hotfix-responder/retrospective/1",
    "hotfix-responder/stakeholder-update/1",
  ]),
  incident: id,
  issue: number,
  url: v.pipe(v.string(), v.url("must be an address")),
  title: v.string(),
  service: text,
  severity: v.string(),
  sla: v.object({ minutes: number, deadline: instant, met: v.nullable(v.boolean()) }),
  times: v.object({
    impact_started: instant,
    detected: v.optional(instant, null),
    declared: instant,
    acknowledged: instant,
    first_fix_pushed: instant,
    merged: instant,
    released: instant,
    deployed: v.optional(instant, null),
    recovered: v.optional(instant, null),
    verified: v.optional(instant, null),
    landed: instant,
  }),
  seconds: v.object({
    to_detect: v.optional(seconds, null),
    to_acknowledge: seconds,
    to_fix: seconds,
    to_review: seconds,
    to_release: seconds,
    to_deploy: v.optional(seconds, null),
    to_recover: v.optional(seconds, null),
    to_land: seconds,
    declared_to_released: seconds,
  }),
  impact: v.nullable(
    v.object({
      currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/u, "must be an ISO 4217 code such as EUR")),
      revenue_per_hour: amount,
      seconds,
      loss: v.nullable(amount),
      loss_range: v.optional(v.nullable(v.strictTuple([amount, amount])), null),
    }),
  ),
  rounds: v.array(
    v.object({ round: number, tag: text, pull_request: v.nullable(number), merge_commit: text }),
  ),
  /** What a person confirmed: the commit, or null where they said it in words only. */
  cause: v.optional(v.nullable(v.object({ commit: text, tag: text })), null),
  metrics: v.optional(
    v.array(
      v.object({ name: v.string(), unit: v.string(), before: measure, after: measure, target: measure }),
    ),
    [],
  ),
  retrospective_due: v.nullable(date),
  actions: v.optional(
    v.array(
      v.object({
        issue: v.nullable(number),
        what: v.string(),
        type: v.picklist(["prevent", "mitigate", "detect", "process"]),
        due: date,
        owner: text,
        state: v.picklist(["open", "done", "not-doing", "gone"]),
      }),
    ),
    [],
  ),
});

const publicSchema = v.object({
  schema: v.literal("hotfix-responder/public-update/1"),
  incident: id,
  service: text,
  severity: v.string(),
  times: v.object({ impact_started: instant, declared: instant, released: instant }),
});

const indexSchema = v.object({
  schema: v.literal("hotfix-responder/index/1"),
  incidents: count,
  // What a new incident of the same service is told of and compared with, newest first.
  services: v.optional(
    v.array(
      v.object({
        service: text,
        incident: id,
        issue: number,
        declared: instant,
        open: v.array(v.object({ issue: number, due: date })),
        seconds: v.optional(
          v.nullable(
            v.object({
              to_acknowledge: seconds,
              to_fix: seconds,
              to_review: seconds,
              to_release: seconds,
              to_land: seconds,
              declared_to_released: seconds,
            }),
          ),
          null,
        ),
      }),
    ),
    [],
  ),
});

const frontMatterSchema = v.variant("schema", [fullSchema, publicSchema, indexSchema]);

export type FullFrontMatter = v.InferOutput<typeof fullSchema>;
export type PublicFrontMatter = v.InferOutput<typeof publicSchema>;

export type FrontMatterReading =
  | { readonly ok: true; readonly data: v.InferOutput<typeof frontMatterSchema> }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The data on top of a document; what is wrong with it, one sentence each. */
export function readFrontMatter(text: string): FrontMatterReading {
  const yaml = /^---\r?\n([\s\S]*?)^---[^\S\n]*$/mu.exec(text)?.[1];
  if (yaml === undefined || !text.startsWith("---")) {
    return { ok: false, problems: ["there is no front matter between --- lines on top"] };
  }
  try {
    const result = v.safeParse(frontMatterSchema, parse(yaml, { maxAliasCount: 0 }));
    return result.success
      ? { ok: true, data: result.output }
      : { ok: false, problems: result.issues.map(problemOf) };
  } catch (error) {
    if (error instanceof YAMLError || error instanceof ReferenceError) {
      return { ok: false, problems: [`front matter: ${error.message}`] };
    }
    throw error;
  }
}

/** Quotes nothing of what was found, which anybody may have written. */
function problemOf(issue: v.BaseIssue<unknown>): string {
  const place = ["front matter", ...(issue.path ?? []).map(({ key }) => String(key))].join(".");
  if (issue.kind === "validation") return `${place}: ${issue.message}`;
  if (issue.input === undefined) return `${place}: missing`;
  return `${place}: found ${kindOf(issue.input)}; allowed is ${inWords(issue.expected ?? "nothing")}`;
}

const WORDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  Array: "a list",
  Object: "a map",
};

/** `("a" | "b")`: a or b. */
function inWords(expected: string): string {
  const parts = expected.replaceAll(/[()"]/gu, "").split(" | ");
  return parts.map((part) => WORDS[part] ?? part).join(" or ");
}

/** The text of `front-matter.schema.json`. */
export function frontMatterSchemaText(): string {
  return `${JSON.stringify(publishedSchema("Hotfix Responder: front matter", frontMatterSchema), null, 2)}\n`;
}
