import { z } from "./zod.ts";

export const minutes = z
  .number()
  .int()
  .positive()
  .max(60 * 24 * 30);
