import { isZone } from "../incident/zone.ts";
import { branchesSchema } from "./schema/branches-schema.ts";
import { checksSchema } from "./schema/checks-schema.ts";
import { conflictsSchema } from "./schema/conflicts-schema.ts";
import { documentsSchema } from "./schema/documents-schema.ts";
import { followUpsSchema } from "./schema/follow-ups-schema.ts";
import { labelsSchema } from "./schema/labels-schema.ts";
import { revenueSchema } from "./schema/revenue-schema.ts";
import { servicesSchema } from "./schema/services-schema.ts";
import { severitiesSchema } from "./schema/severities-schema.ts";
import { tagSchema } from "./schema/tag-schema.ts";
import { targetsSchema } from "./schema/targets-schema.ts";
import { triggerSchema } from "./schema/trigger-schema.ts";
import { z } from "./schema/zod.ts";

/**
 * The one definition of `.github/hotfix.yml`. Every key has a default, so an empty file (or none) is valid for a
 * repository with `main` and `develop`. The JSON Schema for editors and the reference in `docs/configuration.md` come from here.
 * Keys with more than a line to say have a file in `schema/`.
 */
export const configSchema = z.strictObject({
  version: z.literal(1).default(1).describe("Version of this file's format"),
  branches: branchesSchema.prefault({}),
  labels: labelsSchema.prefault({}),
  followUps: followUpsSchema.prefault({}),
  severities: severitiesSchema
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
  services: servicesSchema.prefault({}).describe("Services by name"),
  revenue: revenueSchema.prefault({}),
  tag: tagSchema.prefault({}),
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
  trigger: triggerSchema.prefault({}),
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
  conflicts: conflictsSchema.prefault({}),
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

/** What holds in a repository without a configuration file. */
export const defaultConfig: Config = configSchema.parse({});
