import * as v from "valibot";
import { listOf } from "./list-of.ts";
import { byDefault } from "./by-default.ts";
import { globs } from "./glob.ts";
import { mapOf } from "./map-of.ts";
import { named } from "./named.ts";
import { refine } from "./refine.ts";
import { text } from "./text.ts";

interface PatternNode {
  readonly pattern?: string | undefined;
  readonly kind?: string | undefined;
  readonly regex?: string | undefined;
  readonly all?: readonly PatternNode[] | undefined;
  readonly any?: readonly PatternNode[] | undefined;
  readonly not?: PatternNode | undefined;
  readonly inside?: PatternNode | undefined;
  readonly has?: PatternNode | undefined;
  readonly follows?: PatternNode | undefined;
  readonly precedes?: PatternNode | undefined;
}

const patternSchema: v.GenericSchema<PatternNode> = v.lazy(() => patternNode);

const patterns = v.pipe(listOf(patternSchema, 20), v.minLength(1, "must not be empty"));

// What looks further than the neighbours of a node takes the square of a hostile file (faults S27), so `stopBy` is none of these.
export const patternNode = v.pipe(
  mapOf({
    pattern: v.optional(text(2000)),
    kind: v.optional(text(100)),
    regex: v.optional(text(1000)),
    all: v.optional(patterns),
    any: v.optional(patterns),
    not: v.optional(patternSchema),
    inside: v.optional(patternSchema),
    has: v.optional(patternSchema),
    follows: v.optional(patternSchema),
    precedes: v.optional(patternSchema),
  }),
  refine((node, refuse) => {
    if (Object.keys(node).length === 0) refuse([], "must name what to find, such as pattern");
  }),
);

const ruleId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,49}$/u, "must be words in lower case with hyphens, such as no-float-money"),
);

const metavariable = v.pipe(v.string(), v.regex(/^[A-Z_][A-Z0-9_]*$/u, "must be the name of a metavariable"));

export const patternRuleSchema = mapOf({
  id: v.pipe(ruleId, v.description("Name of the rule")),
  language: v.pipe(
    v.picklist(["JavaScript", "TypeScript", "Tsx", "Html", "Css", "python", "java", "go"]),
    v.description("Grammar of the code that the rule looks at"),
  ),
  rule: v.pipe(
    patternSchema,
    v.description("What to find, as an ast-grep rule object; relations are to neighbours only"),
  ),
  constraints: v.optional(
    v.pipe(named(metavariable, patternSchema), v.description("What metavariables must be, by their names")),
  ),
  message: v.pipe(text(300), v.description("What is wrong, one sentence")),
  severity: byDefault(v.picklist(["error", "warning"]), "error", "warning: the check does not fail for it"),
  fix: v.optional(
    v.pipe(
      v.string(),
      v.maxCodePoints(2000),
      v.description("What to write instead, with metavariables such as $A"),
    ),
  ),
  in: byDefault(
    v.pipe(globs, v.minLength(1, "must not be empty")),
    ["**"],
    "Globs of the files the rule looks at",
  ),
  unless: v.optional(v.pipe(text(200), v.description("A comment with this text allows the line"))),
  because: v.optional(v.pipe(text(500), v.description("Why the rule exists: an incident id or a reason"))),
});

export type PatternRule = v.InferOutput<typeof patternRuleSchema>;
