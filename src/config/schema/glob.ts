import { isCheapGlob } from "../glob.ts";
import { z } from "./zod.ts";

export const glob = z.string().min(1).max(300).refine(isCheapGlob, {
  error: "must be a glob with at most four wildcards (two in one name), without ( ) | and repetition",
});

export const globs = z.array(glob).max(100);
