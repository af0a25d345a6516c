import { forbidRuleSchema } from "./forbid-rule-schema.ts";
import { globs } from "./glob.ts";
import { patternRuleSchema } from "./pattern-rule-schema.ts";
import { z } from "./zod.ts";

const count = z.number().int().positive().max(1_000_000_000);

const checkMode = z.enum(["block", "advise", "off"]);

const modeMeaning =
  "block: the check fails; advise: it says the same under a name of its own and never fails; off: there is none";

export const checksSchema = z.strictObject({
  forbid: z
    .array(forbidRuleSchema)
    .max(200)
    .default([])
    .describe("Property names that must not be used, each with where and what instead"),
  rules: z
    .array(patternRuleSchema)
    .max(100)
    .default([])
    .describe("Code that must not be written, as ast-grep rule objects"),
  failOn: z
    .array(z.enum(["introduced", "touched", "elsewhere"]))
    .default(["introduced", "touched"])
    .describe(
      "Findings that fail the check: on lines the hotfix wrote, in files it touches, anywhere else; the others warn",
    ),
  scope: z
    .strictObject({
      mode: checkMode.default("block").describe(modeMeaning),
      files: count.default(20).describe("Most files that a hotfix may change"),
      lines: count.default(400).describe("Most lines that a hotfix may change, added and removed together"),
      services: count.default(1).describe("Most services that a hotfix may touch"),
      fileBytes: count.default(1_000_000).describe("Most bytes of a file that a hotfix adds or changes"),
    })
    .prefault({}),
  tests: z
    .strictObject({
      mode: checkMode.default("advise").describe(modeMeaning),
      tests: globs
        .default([
          "**/{test,tests,__tests__,spec,specs}/**",
          "**/*.{test,spec}.{js,jsx,mjs,cjs,ts,tsx,mts,cts}",
          "**/*_test.{go,py,rb,exs,dart,cc,cpp}",
          "**/test_*.py",
          "**/*_spec.rb",
          "**/*{Test,Tests,IT,Spec}.{java,kt,scala,groovy,cs,swift,php}",
        ])
        .describe("Globs of files that are tests"),
      code: globs
        .default([
          "**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,vue,svelte,py,rb,go,java,kt,scala,groovy,cs,swift,php,rs,c,cc,cpp,h,ex,exs,dart,sql}",
        ])
        .describe("Globs of files whose change must come with a test"),
    })
    .prefault({}),
  migrations: z.strictObject({ mode: checkMode.default("block").describe(modeMeaning) }).prefault({}),
  message: z
    .strictObject({
      mode: checkMode.default("advise").describe(modeMeaning),
      prefix: z.string().max(30).default("hotfix: ").describe("What the subject of a commit begins with"),
      subjectLength: z.number().int().min(20).max(200).default(72).describe("Most characters of a subject"),
      trailers: z
        .array(z.string().regex(/^[A-Za-z][A-Za-z-]{0,29}$/u, { error: "must be a word such as Impact" }))
        .max(10)
        .default(["Impact", "Incident"])
        .describe("Trailers that a commit message ends with"),
    })
    .prefault({}),
  review: z.strictObject({ mode: checkMode.default("block").describe(modeMeaning) }).prefault({}),
  backMerge: z
    .strictObject({
      mode: z
        .enum(["advise", "off"])
        .default("advise")
        .describe(
          "advise: say on the hotfix what merging it into each target would give; off: there is none",
        ),
    })
    .prefault({}),
  guard: z
    .enum(["hotfixes", "all"])
    .default("hotfixes")
    .describe(
      "Which pull requests the forbidden code is looked for in. hotfixes: those of incidents; all: every one of the repository",
    ),
});
