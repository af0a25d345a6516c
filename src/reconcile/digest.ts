import { createHash } from "node:crypto";

/** Short name of a text: equal texts have equal ones. 16 hexadecimal digits. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
