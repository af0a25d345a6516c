import { permissionLevel } from "./permission-level.ts";
import { z } from "./zod.ts";

export const triggerSchema = z.strictObject({
  label: permissionLevel.default("triage").describe("Permission that the person who puts the label needs"),
  commands: permissionLevel.default("push").describe("Permission for commands that change code or release"),
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
});
