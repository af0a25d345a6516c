import { formatNumber } from "./number.ts";

/** `1 file`, `1,234 files`. */
export function counted(number: number, noun: string): string {
  return `${formatNumber(number)} ${noun}${number === 1 ? "" : "s"}`;
}
