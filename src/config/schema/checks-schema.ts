import * as v from "valibot";
import { listOf } from "./list-of.ts";
import { byDefault } from "./by-default.ts";
import { forbidRuleSchema } from "./forbid-rule-schema.ts";
import { globs } from "./glob.ts";
import { mapOf } from "./map-of.ts";
import { patternRuleSchema } from "./pattern-rule-schema.ts";
import { positive } from "./positive.ts";
import { whole } from "./whole.ts";

const count = positive(1_000_000_000);

const checkMode = v.picklist(["block", "advise", "off"]);

const modeMeaning =
  "block: the check fails; advise: it says the same under a name of its own and never fails; off: there is none";

const trailer = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z-]{0,29}$/u, "must be a word such as Impact"));

const scopeSchema = mapOf({
  mode: byDefault(checkMode, "block", modeMeaning),
  files: byDefault(count, 20, "Most files that a hotfix may change"),
  lines: byDefault(count, 400, "Most lines that a hotfix may change, added and removed together"),
  services: byDefault(count, 1, "Most services that a hotfix may touch"),
  fileBytes: byDefault(count, 1_000_000, "Most bytes of a file that a hotfix adds or changes"),
});

const testsSchema = mapOf({
  mode: byDefault(checkMode, "advise", modeMeaning),
  tests: byDefault(
    globs,
    [
      "**/{test,tests,__test__,__tests__,spec,specs,e2e,cypress,androidTest}/**",
      "**/*.{test,spec,cy,e2e,e2e-spec}.{js,jsx,mjs,cjs,ts,tsx,mts,cts}",
      "**/*_test.{go,py,rb,exs,dart,c,cc,cpp}",
      "**/test_*.{py,c,cc,cpp}",
      "**/tests.py",
      "**/*_spec.{rb,lua}",
      "**/*.bats",
      "**/*{Test,Tests,TestCase,IT,Spec}.{java,kt,scala,groovy,cs,swift,php}",
      "**/Test[A-Z]*.{java,kt}",
    ],
    "Globs of files that are tests",
  ),
  code: byDefault(
    globs,
    [
      "**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,vue,svelte,py,rb,go,java,kt,scala,groovy,cs,swift,php,rs,c,cc,cpp,h,ex,exs,dart,sql}",
    ],
    "Globs of files whose change must come with a test",
  ),
});

const messageSchema = mapOf({
  mode: byDefault(checkMode, "advise", modeMeaning),
  prefix: byDefault(
    v.pipe(v.string(), v.maxCodePoints(30)),
    "hotfix: ",
    "What the subject of a commit begins with",
  ),
  subjectLength: byDefault(
    v.pipe(whole, v.minValue(20), v.maxValue(200)),
    72,
    "Most characters of a subject",
  ),
  trailers: byDefault(
    listOf(trailer, 10),
    ["Impact", "Incident"],
    "Trailers that a commit message ends with",
  ),
});

const backMergeSchema = mapOf({
  mode: byDefault(
    v.picklist(["advise", "off"]),
    "advise",
    "advise: say on the hotfix what merging it into each target would give; off: there is none",
  ),
});

export const checksSchema = mapOf({
  forbid: byDefault(
    listOf(forbidRuleSchema, 200),
    [],
    "Property names that must not be used, each with where and what instead",
  ),
  rules: byDefault(
    listOf(patternRuleSchema, 100),
    [],
    "Code that must not be written, as ast-grep rule objects",
  ),
  failOn: byDefault(
    v.array(v.picklist(["introduced", "touched", "elsewhere"])),
    ["introduced", "touched"],
    "Findings that fail the check: on lines the hotfix wrote, in files it touches, anywhere else; the others warn",
  ),
  scope: v.optional(scopeSchema, {}),
  tests: v.optional(testsSchema, {}),
  migrations: v.optional(mapOf({ mode: byDefault(checkMode, "block", modeMeaning) }), {}),
  message: v.optional(messageSchema, {}),
  review: v.optional(mapOf({ mode: byDefault(checkMode, "block", modeMeaning) }), {}),
  backMerge: v.optional(backMergeSchema, {}),
  guard: byDefault(
    v.picklist(["hotfixes", "all"]),
    "hotfixes",
    "Which pull requests the forbidden code is looked for in. hotfixes: those of incidents; all: every one of the repository",
  ),
});
