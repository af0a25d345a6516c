import * as v from "valibot";
import { isCheapGlob } from "../glob.ts";
import { listOf } from "./list-of.ts";
import { text } from "./text.ts";

export const glob = v.pipe(
  text(300),
  v.check(
    isCheapGlob,
    "must be a glob with at most four wildcards (two in one name), without ( ) | and repetition",
  ),
);

export const globs = listOf(glob, 100);
