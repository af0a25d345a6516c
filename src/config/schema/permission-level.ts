import * as v from "valibot";

export const permissionLevel = v.picklist(["triage", "push", "maintain", "admin"]);

export type PermissionLevel = v.InferOutput<typeof permissionLevel>;
