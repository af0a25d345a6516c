import { z } from "./zod.ts";

export const tagSchema = z.strictObject({
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
});
