import type { Quantity } from "../incident/facts/metric-facts.ts";
import { formatNumber } from "./number.ts";

const MOST_DECIMALS = 6;

/** `97 %`, `1,200 ms`, `0.25`: as many decimals as the number has. The unit is text of a person, not yet escaped. */
export function formatQuantity({ value, unit }: Quantity): string {
  const number = formatNumber(value, decimalsOf(value));
  return unit === "" ? number : `${number} ${unit}`;
}

function decimalsOf(value: number): number {
  return Math.min(MOST_DECIMALS, /\.(\d+)$/u.exec(String(value))?.[1]?.length ?? 0);
}
