import picomatch from "picomatch";
import { z } from "zod";
import { isZone } from "../incident/zone.ts";
import { isCheapGlob } from "./glob.ts";

// Writing a function for each schema pays off after thousands of configurations; a process reads a handful, and the command line one.
z.config({ jitless: true });

/**
 * The one definition of `.github/hotfix.yml`. Every key has a default, so an empty file (or none) is valid for a
 * repository with `main` and `develop`. The JSON Schema for editors and the reference in `docs/configuration.md` come from here.
 */

// The rules of `git check-ref-format`, and what GitHub refuses besides: 40 hexadecimal digits, a leading `refs/`.
const branchName = z
  .string()
  .min(1)
  .max(200)
  .regex(
    /^(?!refs\/)(?![0-9a-f]{40}$)(?!-)(?!(?:HEAD|@)$)(?!\/)(?!.*(?:\.\.|@\{|\/\/|[\u0000-\u0020\u007f\s~^:?*[\\]))(?!\.)(?!.*\/\.)(?!.*\.lock(?:\/|$))(?!.*[./]$).+$/u,
    { error: "must be a branch name, not a ref path, a commit SHA or a name git refuses" },
  );

const prefix = z.string().regex(/^(?!.*\.\.)(?!.*\.(?:lock)?\/)[a-z0-9][a-z0-9._-]{0,30}\/$/u, {
  error: "must be a branch prefix in lower case that ends in a slash, such as hotfix/",
});

// No part may begin with a dot, so that no document can land in .git, .github or beside the repository (faults S25).
const folder = z
  .string()
  .regex(/^(?=.{1,100}$)[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*\/?$/u, {
    error: "must be a folder inside the repository, such as incidents or docs/incidents",
  });

const label = z.string().min(1).max(50);
const glob = z.string().min(1).max(300).refine(isCheapGlob, {
  error: "must be a glob with at most four wildcards (two in one name), without ( ) | and repetition",
});
const globs = z.array(glob).max(100);

const currency = z.string().regex(/^[A-Z]{3}$/u, { error: "must be an ISO 4217 code such as EUR" });
const money = z.number().nonnegative().max(1e12);

const owner = z.string().regex(/^@?[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\/[A-Za-z0-9._-]{1,100})?$/u, {
  error: "must be a GitHub user or team, such as @alice or @acme/payments",
});

const count = z.number().int().positive().max(1_000_000_000);

const minutes = z
  .number()
  .int()
  .positive()
  .max(60 * 24 * 30);

const days = z.number().int().positive().max(731);

const permissionLevel = z.enum(["triage", "push", "maintain", "admin"]);

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

const serviceSchema = z.strictObject({
  paths: globs.default([]).describe("Globs of the files that belong to the service"),
  owners: z.array(owner).max(20).default([]).describe("Users or teams asked to review its hotfixes"),
  revenuePerHour: money.optional().describe("What the service sells in an hour"),
  currency: currency.optional().describe("ISO 4217 code of `revenuePerHour`; default: `revenue.currency`"),
});

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

const patternRuleSchema = z.strictObject({
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

const checkMode = z.enum(["block", "advise", "off"]);

const modeMeaning =
  "block: the check fails; advise: it says the same under a name of its own and never fails; off: there is none";

const checksSchema = z.strictObject({
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

const branchesSchema = z
  .strictObject({
    production: branchName.default("main").describe("Branch that is shipped; hotfixes start and end here"),
    integration: branchName
      .default("develop")
      .describe("Branch where the next version grows; every hotfix must land here too"),
    release: glob.default("release/*").describe("Glob of release branches"),
    hotfixPrefix: prefix.default("hotfix/").describe("What the names of hotfix branches begin with"),
    backMergePrefix: prefix
      .default("backmerge/")
      .describe("What the names of back-merge branches begin with"),
  })
  .superRefine(refineBranches);

const documentsSchema = z
  .strictObject({
    reports: folder.default("incidents").describe("Folder of incident reports, on the integration branch"),
    retrospectives: folder
      .default("retrospectives")
      .describe("Folder of retrospectives, on the integration branch"),
    communication: folder
      .default("communication")
      .describe("Folder of stakeholder updates, on the integration branch"),
  })
  .superRefine(refineFolders);

const targetsSchema = z
  .strictObject({
    excellent: minutes.default(15).describe("Minutes from declaration to resolution that are excellent"),
    good: minutes.default(20).describe("Minutes that are good"),
    minimum: minutes.default(30).describe("Minutes that are still enough"),
  })
  .refine(({ excellent, good, minimum }) => excellent <= good && good <= minimum, {
    path: ["excellent"],
    error: "must not be above targets.good, nor that above targets.minimum",
  });

export const configSchema = z.strictObject({
  version: z.literal(1).default(1).describe("Version of this file's format"),
  branches: branchesSchema.prefault({}),
  labels: z
    .strictObject({
      incident: label.default("incident").describe("Label that declares an incident"),
      followUp: label
        .default("incident-follow-up")
        .describe("Label of the issues that the app opens for action items; made where it is missing"),
    })
    .refine((labels) => labels.followUp.toLowerCase() !== labels.incident.toLowerCase(), {
      path: ["followUp"],
      error: "must differ from labels.incident, because every follow-up would be an incident",
    })
    .prefault({}),
  followUps: z
    .strictObject({
      days: z
        .strictObject({
          sprint: days.default(14).describe("Days until an action item of this sprint is due"),
          next: days.default(28).describe("Days until an action item of the next sprint is due"),
          quarter: days.default(90).describe("Days until an action item of the quarter is due"),
        })
        .prefault({})
        .describe("When action items without a date of their own are due"),
    })
    .prefault({}),
  severities: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,19}$/u, { error: "must be a lower-case word" }),
      severitySchema,
    )
    .superRefine(refineSeverities)
    .transform(withoutPrototype)
    .prefault({
      critical: { sla: 30, aliases: ["sev1", "p1"], updates: {}, retrospective: { days: 3 } },
      high: {
        sla: 60,
        aliases: ["sev2", "p2"],
        updates: {},
        retrospective: { days: 5, count: "business" },
      },
      medium: { sla: 240, aliases: ["sev3", "p3"] },
      low: { sla: 1440, aliases: ["sev4", "p4"] },
    })
    .describe("Severities by name, ordered from the highest to the lowest"),
  services: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,30}$/u, { error: "must be a lower-case word" }),
      serviceSchema,
    )
    .transform(withoutPrototype)
    .prefault({})
    .describe("Services by name"),
  revenue: z
    .strictObject({
      perHour: money.optional().describe("Where neither the service nor the issue names a figure"),
      currency: currency.default("EUR").describe("ISO 4217 code of figures that name none"),
    })
    .prefault({}),
  tag: z
    .strictObject({
      format: z
        .string()
        .max(100)
        .regex(/^(?!.*(?:\.\.|\/\/|\/\.|\.lock\/|\.\/))(?:[A-Za-z0-9][A-Za-z0-9._/-]*)?\{\{version\}\}$/u, {
          error: "must end in {{version}}, such as v{{version}}",
        })
        .default("v{{version}}")
        .describe("Name of the tag of a version"),
      first: z
        .string()
        .regex(/^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})$/u, {
          error: "must be a version such as 1.0.0",
        })
        .default("0.0.1")
        .describe("The first version where no tag exists yet"),
    })
    .prefault({}),
  release: z
    .enum(["create", "adopt", "off"])
    .default("create")
    .describe("create: publish a release for the tag; adopt: only use one that somebody made; off: none"),
  deployment: z
    .strictObject({
      environment: z
        .string()
        .min(1)
        .max(255)
        .default("production")
        .describe("Environment of GitHub whose deployments bring the fix to customers"),
    })
    .prefault({}),
  trigger: z
    .strictObject({
      label: permissionLevel
        .default("triage")
        .describe("Permission that the person who puts the label needs"),
      commands: permissionLevel
        .default("push")
        .describe("Permission for commands that change code or release"),
      apps: z
        .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/u, { error: "must be the slug of a GitHub App" }))
        .max(20)
        .default([])
        .describe("Slugs of other apps that may trigger"),
      atOnce: z
        .number()
        .int()
        .min(1)
        .max(1000)
        .default(50)
        .describe(
          "Most incidents that are opened of those that one person or app declares at once; the others wait for `/hotfix start`. GitHub lets an app open about 50 an hour",
        ),
    })
    .prefault({}),
  documents: documentsSchema.prefault({}),
  locale: z.enum(["en", "it"]).default("en").describe("Language of everything that the app writes"),
  timezone: z
    .string()
    .max(64)
    .refine(isZone, { error: "must be a time zone by its name, such as Europe/Berlin" })
    .optional()
    .describe("Zone of the clock times that people write in commands; default: UTC"),
  targets: targetsSchema
    .prefault({})
    .describe("What the retrospective scores the time to resolution against"),
  merge: z
    .strictObject({
      backMerges: z
        .enum(["auto", "manual"])
        .default("auto")
        .describe(
          "auto: merge back-merge pull requests where the repository allows auto-merge; manual: a person does",
        ),
    })
    .prefault({}),
  conflicts: z
    .strictObject({
      policy: z
        .enum(["instructions", "draft"])
        .default("instructions")
        .describe(
          "What the app does where the fix conflicts with a target. instructions: say which lines, and how to resolve them; draft: also commit the merge with conflict markers to the back-merge branch, whose pull request stays a draft",
        ),
      versionFiles: z
        .array(
          z.strictObject({
            path: glob.describe("Glob of the files"),
            kind: z
              .enum(["package", "package-lock", "changelog"])
              .describe(
                "What is settled. package and package-lock: the version of the package; changelog: new sections at the head",
              ),
          }),
        )
        .max(50)
        .default([
          { path: "package.json", kind: "package" },
          { path: "package-lock.json", kind: "package-lock" },
          { path: "CHANGELOG.md", kind: "changelog" },
        ])
        .describe("Files whose conflicts the app resolves itself: the target keeps the higher version"),
    })
    .prefault({}),
  checks: checksSchema.prefault({}),
  public: z
    .strictObject({
      money: z.boolean().default(false).describe("Whether a public repository shows revenue figures"),
      people: z.boolean().default(false).describe("Whether a public repository's documents name people"),
    })
    .prefault({}),
});

/** What a person may write: the configuration, and the file that it builds on. */
export const fileSchema = z.strictObject({
  _extends: z
    .string()
    .optional()
    .describe(
      "Repository of the same owner whose file this one builds on: `repository` or `repository:path`",
    ),
  ...configSchema.shape,
});

export type Config = z.output<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;
export type PatternRule = Config["checks"]["rules"][number];
export type ForbidRule = Config["checks"]["forbid"][number];
export type PermissionLevel = z.output<typeof permissionLevel>;

/** What holds in a repository without a configuration file. */
export const defaultConfig: Config = configSchema.parse({});

interface BranchesInput {
  readonly production: string;
  readonly integration: string;
  readonly release: string;
  readonly hotfixPrefix: string;
  readonly backMergePrefix: string;
}

/** The files of an incident have the same name in each folder. */
function refineFolders(
  folders: Readonly<Record<string, string>>,
  context: z.RefinementCtx<Readonly<Record<string, string>>>,
): void {
  const taken = new Map<string, string>();
  for (const [key, folderName] of Object.entries(folders)) {
    const name = withoutSlash(folderName);
    const other = taken.get(name);
    if (other !== undefined) {
      const message = `must differ from documents.${other}, because the files have the same names`;
      context.addIssue({ code: "custom", path: [key], message });
    }
    taken.set(name, key);
  }
}

/** Two roles that one branch could play would make the app merge a branch into itself, or take a trunk for a hotfix. */
function refineBranches(branches: BranchesInput, context: z.RefinementCtx<BranchesInput>): void {
  const refuse = (key: keyof BranchesInput, message: string): void =>
    context.addIssue({ code: "custom", path: [key], message });
  const { production, integration, release, hotfixPrefix, backMergePrefix } = branches;
  if (hotfixPrefix === backMergePrefix) refuse("backMergePrefix", "must differ from branches.hotfixPrefix");
  for (const key of ["hotfixPrefix", "backMergePrefix"] as const) {
    const folderName = branches[key].slice(0, -1);
    // Git keeps a ref either as a file or as a folder of refs.
    if (folderName === production || folderName === integration) {
      refuse(key, "must not be the name of a branch and a slash, because git cannot keep both");
    }
  }
  for (const key of ["hotfixPrefix", "backMergePrefix"] as const) {
    if (/^hotfix-(?:documents|proposals)\/$/u.test(branches[key])) {
      refuse(
        key,
        "must not be where the app keeps its own pull requests (hotfix-documents/, hotfix-proposals/)",
      );
    }
  }
  const isRelease = picomatch(release);
  const taken = [production, integration, `${hotfixPrefix}1-a`, `${backMergePrefix}1-a`].find((name) =>
    isRelease(name),
  );
  if (taken !== undefined) refuse("release", `must not match other branches (it matches ${taken})`);
}

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

/** Names come from issues too, so a look-up of `constructor` must find nothing. */
function withoutPrototype<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.assign(Object.create(null) as Record<string, Value>, record);
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/u, "");
}
