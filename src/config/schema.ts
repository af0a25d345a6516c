import * as v from "valibot";
import { isZone } from "../incident/zone.ts";
import { branchesSchema } from "./schema/branches-schema.ts";
import { byDefault } from "./schema/by-default.ts";
import { checksSchema } from "./schema/checks-schema.ts";
import { conflictsSchema } from "./schema/conflicts-schema.ts";
import { documentsSchema } from "./schema/documents-schema.ts";
import { followUpsSchema } from "./schema/follow-ups-schema.ts";
import { labelsSchema } from "./schema/labels-schema.ts";
import { mapOf } from "./schema/map-of.ts";
import { revenueSchema } from "./schema/revenue-schema.ts";
import { servicesSchema } from "./schema/services-schema.ts";
import { severitiesSchema } from "./schema/severities-schema.ts";
import { tagSchema } from "./schema/tag-schema.ts";
import { targetsSchema } from "./schema/targets-schema.ts";
import { text } from "./schema/text.ts";
import { triggerSchema } from "./schema/trigger-schema.ts";

const timezone = v.pipe(
  v.string(),
  v.maxCodePoints(64),
  v.check(isZone, "must be a time zone by its name, such as Europe/Berlin"),
);

const deploymentSchema = mapOf({
  environment: byDefault(
    text(255),
    "production",
    "Environment of GitHub whose deployments bring the fix to customers",
  ),
});

const mergeSchema = mapOf({
  backMerges: byDefault(
    v.picklist(["auto", "manual"]),
    "auto",
    "auto: merge back-merge pull requests where the repository allows auto-merge; manual: a person does",
  ),
});

const publicSchema = mapOf({
  money: byDefault(v.boolean(), false, "Whether a public repository shows revenue figures"),
  people: byDefault(v.boolean(), false, "Whether a public repository's documents name people"),
});

/**
 * The one definition of `.github/hotfix.yml`. Every key has a default, so an empty file (or none) is valid for a
 * repository with `main` and `develop`. The JSON Schema for editors and the reference in `docs/configuration.md` come from here.
 * Keys with more than a line to say have a file in `schema/`.
 */
export const configSchema = mapOf({
  version: byDefault(v.literal(1), 1, "Version of this file's format"),
  branches: v.optional(branchesSchema, {}),
  labels: v.optional(labelsSchema, {}),
  followUps: v.optional(followUpsSchema, {}),
  severities: byDefault(
    severitiesSchema,
    {
      critical: { sla: 30, aliases: ["sev1", "p1"], updates: {}, retrospective: { days: 3 } },
      high: {
        sla: 60,
        aliases: ["sev2", "p2"],
        updates: {},
        retrospective: { days: 5, count: "business" },
      },
      medium: { sla: 240, aliases: ["sev3", "p3"] },
      low: { sla: 1440, aliases: ["sev4", "p4"] },
    },
    "Severities by name, ordered from the highest to the lowest",
  ),
  services: byDefault(servicesSchema, {}, "Services by name"),
  revenue: v.optional(revenueSchema, {}),
  tag: v.optional(tagSchema, {}),
  release: byDefault(
    v.picklist(["create", "adopt", "off"]),
    "create",
    "create: publish a release for the tag; adopt: only use one that somebody made; off: none",
  ),
  deployment: v.optional(deploymentSchema, {}),
  trigger: v.optional(triggerSchema, {}),
  documents: v.optional(documentsSchema, {}),
  locale: byDefault(v.picklist(["en", "it"]), "en", "Language of everything that the app writes"),
  timezone: v.optional(
    v.pipe(timezone, v.description("Zone of the clock times that people write in commands; default: UTC")),
  ),
  targets: byDefault(targetsSchema, {}, "What the retrospective scores the time to resolution against"),
  merge: v.optional(mergeSchema, {}),
  conflicts: v.optional(conflictsSchema, {}),
  checks: v.optional(checksSchema, {}),
  public: v.optional(publicSchema, {}),
});

/** What a person may write: the configuration, and the file that it builds on. */
export const fileSchema = mapOf({
  _extends: v.optional(
    v.pipe(
      v.string(),
      v.description(
        "Repository of the same owner whose file this one builds on: `repository` or `repository:path`",
      ),
    ),
  ),
  ...configSchema.entries,
});

export type Config = v.InferOutput<typeof configSchema>;

export type ConfigInput = v.InferInput<typeof configSchema>;

/** The configuration that `input` stands for, with what holds by default. Throws where it is wrong. */
export function configOf(input: ConfigInput): Config {
  return v.parse(configSchema, input);
}

/** What holds in a repository without a configuration file. */
export const defaultConfig: Config = configOf({});
