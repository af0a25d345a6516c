import * as v from "valibot";
import { byDefault } from "./by-default.ts";
import { globs } from "./glob.ts";
import { mapOf } from "./map-of.ts";
import { refine } from "./refine.ts";
import { text } from "./text.ts";

export const forbidRuleSchema = v.pipe(
  mapOf({
    forbid: v.pipe(text(200), v.description("The property name that must not be used")),
    use: v.optional(v.pipe(text(200), v.description("The name to use instead"))),
    in: byDefault(
      v.pipe(globs, v.minLength(1, "must not be empty")),
      ["**"],
      "Globs of the files the rule looks at",
    ),
    unless: v.optional(v.pipe(text(200), v.description("A comment with this text allows the line"))),
    because: v.optional(v.pipe(text(500), v.description("Why the rule exists: an incident id or a reason"))),
  }),
  refine(({ forbid, use }, refuse) => {
    if (use === forbid) refuse(["use"], "must differ from forbid");
  }),
);

export type ForbidRule = v.InferOutput<typeof forbidRuleSchema>;

/** The first that is wrong with a rule, such as `use must differ from forbid`; null: nothing. */
export function complaintAboutRule(rule: ForbidRule): string | null {
  const [issue] = v.safeParse(forbidRuleSchema, rule).issues ?? [];
  return issue === undefined ? null : `${v.getDotPath(issue) ?? ""} ${issue.message}`.trim();
}
