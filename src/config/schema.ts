import { z } from "zod";

/**
 * The one definition of `.github/hotfix.yml`. Every key has a default, so an empty file (or none) is valid for a
 * repository with `main` and `develop`. The JSON Schema for editors is generated from here (`npm run schema`).
 */

const branchName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?!refs\/)(?![0-9a-f]{40}$)(?!-)(?!.*(?:\.\.|@\{|\/\/|[\s~^:?*[\\]))(?!.*(?:\.lock|\.|\/)$).+$/u, {
    error: "must be a branch name, not a ref path, a commit SHA or a name git refuses",
  });

const prefix = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,30}\/$/u, {
  error: "must be a branch prefix that ends in a slash, such as hotfix/",
});

const folder = z
  .string()
  .regex(/^(?!\.git)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9_][A-Za-z0-9_./-]{0,100}$/u, {
    error: "must be a folder inside the repository, such as incidents",
  });

const label = z.string().min(1).max(50);
const glob = z.string().min(1).max(300);
const currency = z.string().regex(/^[A-Z]{3}$/u, { error: "must be an ISO 4217 code such as EUR" });
const money = z.number().nonnegative().max(1e12);

const owner = z.string().regex(/^@?[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\/[A-Za-z0-9._-]{1,100})?$/u, {
  error: "must be a GitHub user or team, such as @alice or @acme/payments",
});

const minutes = z
  .number()
  .int()
  .positive()
  .max(60 * 24 * 30);

const severitySchema = z.strictObject({
  /** Minutes from declaration to recovery that the team promises. */
  sla: minutes.describe("Minutes from declaration to recovery that the team promises"),
  aliases: z.array(label).default([]).describe("Other labels or words that mean this severity, such as sev1"),
});

const serviceSchema = z.strictObject({
  paths: z.array(glob).default([]).describe("Globs of the files that belong to the service"),
  owners: z.array(owner).default([]).describe("Users or teams asked to review its hotfixes"),
  revenuePerHour: money.optional().describe("What the service sells in an hour"),
  currency: currency.optional(),
});

const forbidRuleSchema = z.strictObject({
  forbid: z.string().min(1).max(200).describe("The property name that must not be used"),
  use: z.string().min(1).max(200).optional().describe("The name to use instead"),
  in: z.array(glob).min(1).default(["**"]).describe("Globs of the files the rule looks at"),
  unless: z.string().min(1).max(200).optional().describe("A comment with this text allows the line"),
  because: z.string().min(1).max(500).optional().describe("Why the rule exists: an incident id or a reason"),
});

const permissionLevel = z.enum(["triage", "push", "maintain", "admin"]);

export const configSchema = z.strictObject({
  version: z.literal(1).default(1),
  branches: z
    .strictObject({
      production: branchName.default("main"),
      integration: branchName.default("develop"),
      release: glob.default("release/*").describe("Glob of release branches"),
      hotfixPrefix: prefix.default("hotfix/"),
      backMergePrefix: prefix.default("backmerge/"),
    })
    .prefault({}),
  labels: z.strictObject({ incident: label.default("incident") }).prefault({}),
  /** Ordered from the highest to the lowest. */
  severities: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,19}$/u, { error: "must be a lower-case word" }),
      severitySchema,
    )
    .refine((all) => Object.keys(all).length > 0, { error: "must name at least one severity" })
    .default({
      critical: { sla: 30, aliases: ["sev1", "p1"] },
      high: { sla: 60, aliases: ["sev2", "p2"] },
      medium: { sla: 240, aliases: ["sev3", "p3"] },
      low: { sla: 1440, aliases: ["sev4", "p4"] },
    }),
  services: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,30}$/u, { error: "must be a lower-case word" }),
      serviceSchema,
    )
    .default({}),
  /** Used where the service and the issue name no figure. */
  revenue: z.strictObject({ perHour: money.optional(), currency: currency.default("EUR") }).prefault({}),
  tag: z
    .strictObject({
      format: z
        .string()
        .max(100)
        .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*\{\{version\}\}$|^\{\{version\}\}$/u, {
          error: "must end in {{version}}, such as v{{version}}",
        })
        .default("v{{version}}"),
      first: z
        .string()
        .regex(/^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})$/u, {
          error: "must be a version such as 1.0.0",
        })
        .default("0.0.1")
        .describe("The first version where no tag exists yet"),
    })
    .prefault({}),
  release: z.enum(["create", "adopt", "off"]).default("create"),
  trigger: z
    .strictObject({
      label: permissionLevel
        .default("triage")
        .describe("Permission that the person who puts the label needs"),
      commands: permissionLevel
        .default("push")
        .describe("Permission for commands that change code or release"),
      apps: z.array(z.string().min(1)).default([]).describe("Slugs of other apps that may trigger"),
    })
    .prefault({}),
  documents: z
    .strictObject({
      reports: folder.default("incidents"),
      retrospectives: folder.default("retrospectives"),
    })
    .prefault({}),
  merge: z
    .strictObject({
      backMerges: z
        .enum(["auto", "manual"])
        .default("auto")
        .describe("auto: merge back-merge pull requests when GitHub allows it; manual: a person does"),
    })
    .prefault({}),
  checks: z.strictObject({ forbid: z.array(forbidRuleSchema).max(200).default([]) }).prefault({}),
  /** What a public repository may publish in comments and documents. */
  public: z
    .strictObject({ money: z.boolean().default(false), people: z.boolean().default(false) })
    .prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;
export type ForbidRule = Config["checks"]["forbid"][number];
export type ServiceConfig = Config["services"][string];
export type PermissionLevel = z.output<typeof permissionLevel>;

/** What holds in a repository without a configuration file. */
export const defaultConfig: Config = configSchema.parse({});
