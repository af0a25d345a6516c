import { z } from "./zod.ts";

export const label = z.string().min(1).max(50);
