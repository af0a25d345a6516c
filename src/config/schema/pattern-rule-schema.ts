import { globs } from "./glob.ts";
import { z } from "./zod.ts";

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

// What looks further than the neighbours of a node takes the square of a hostile file (faults S27), so `stopBy` is none of these.
const patternSchema: z.ZodType<PatternNode> = z.lazy(() =>
  z
    .strictObject({
      pattern: z.string().min(1).max(2000).optional(),
      kind: z.string().min(1).max(100).optional(),
      regex: z.string().min(1).max(1000).optional(),
      all: z.array(patternSchema).min(1).max(20).optional(),
      any: z.array(patternSchema).min(1).max(20).optional(),
      not: patternSchema.optional(),
      inside: patternSchema.optional(),
      has: patternSchema.optional(),
      follows: patternSchema.optional(),
      precedes: patternSchema.optional(),
    })
    .refine((rule) => Object.keys(rule).length > 0, { error: "must name what to find, such as pattern" }),
);

export const patternRuleSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,49}$/u, {
      error: "must be words in lower case with hyphens, such as no-float-money",
    })
    .describe("Name of the rule"),
  language: z
    .enum(["JavaScript", "TypeScript", "Tsx", "Html", "Css", "python", "java", "go"])
    .describe("Grammar of the code that the rule looks at"),
  rule: patternSchema.describe("What to find, as an ast-grep rule object; relations are to neighbours only"),
  constraints: z
    .record(
      z.string().regex(/^[A-Z_][A-Z0-9_]*$/u, { error: "must be the name of a metavariable" }),
      patternSchema,
    )
    .optional()
    .describe("What metavariables must be, by their names"),
  message: z.string().min(1).max(300).describe("What is wrong, one sentence"),
  severity: z.enum(["error", "warning"]).default("error").describe("warning: the check does not fail for it"),
  fix: z.string().max(2000).optional().describe("What to write instead, with metavariables such as $A"),
  in: globs.min(1).default(["**"]).describe("Globs of the files the rule looks at"),
  unless: z.string().min(1).max(200).optional().describe("A comment with this text allows the line"),
  because: z.string().min(1).max(500).optional().describe("Why the rule exists: an incident id or a reason"),
});

export type PatternRule = z.output<typeof patternRuleSchema>;
