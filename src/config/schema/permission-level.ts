import { z } from "./zod.ts";

export const permissionLevel = z.enum(["triage", "push", "maintain", "admin"]);

export type PermissionLevel = z.output<typeof permissionLevel>;
