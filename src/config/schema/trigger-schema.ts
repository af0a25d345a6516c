import * as v from "valibot";
import { listOf } from "./list-of.ts";
import { byDefault } from "./by-default.ts";
import { mapOf } from "./map-of.ts";
import { permissionLevel } from "./permission-level.ts";
import { whole } from "./whole.ts";

const slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,99}$/u, "must be the slug of a GitHub App"));

export const triggerSchema = mapOf({
  label: byDefault(permissionLevel, "triage", "Permission that the person who puts the label needs"),
  commands: byDefault(permissionLevel, "push", "Permission for commands that change code or release"),
  apps: byDefault(listOf(slug, 20), [], "Slugs of other apps that may trigger"),
  atOnce: byDefault(
    v.pipe(whole, v.minValue(1), v.maxValue(1000)),
    50,
    "Most incidents that are opened of those that one person or app declares at once; the others wait for `/hotfix start`. GitHub lets an app open about 50 an hour",
  ),
});
