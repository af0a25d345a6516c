import { globs } from "./glob.ts";
import { z } from "./zod.ts";

export const forbidRuleSchema = z
  .strictObject({
    forbid: z.string().min(1).max(200).describe("The property name that must not be used"),
    use: z.string().min(1).max(200).optional().describe("The name to use instead"),
    in: globs.min(1).default(["**"]).describe("Globs of the files the rule looks at"),
    unless: z.string().min(1).max(200).optional().describe("A comment with this text allows the line"),
    because: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe("Why the rule exists: an incident id or a reason"),
  })
  .refine((rule) => rule.use !== rule.forbid, { path: ["use"], error: "must differ from forbid" });

export type ForbidRule = z.output<typeof forbidRuleSchema>;
