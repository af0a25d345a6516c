import type { Validator } from "../validator.ts";
import { openApiValidator } from "./validator.ts";

let known: Validator | undefined;

/** Compiling schemas takes longer than anything else here, and keeps no state: one for all stand-ins of a process. */
export function knownValidator(): Validator {
  known ??= openApiValidator();
  return known;
}
