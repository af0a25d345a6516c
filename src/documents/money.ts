import { formatNumber } from "./number.ts";

/** ISO 4217 currencies whose minor unit is not the usual hundredth. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
  ),
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
};

function minorDigits(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2;
}

/** `EUR 9,792`: whole units from 100 on and where nothing is lost; `EUR 0.83` below. For reading, never for computing. */
export function formatMoney(amount: number, currency: string): string {
  const digits = Math.abs(amount) >= 100 || Number.isInteger(amount) ? 0 : minorDigits(currency);
  return `${currency} ${formatNumber(amount, digits)}`;
}

/** `EUR 9,791.67`, `JPY 9,792`: to the minor unit of the currency. */
export function formatExactMoney(amount: number, currency: string): string {
  return `${currency} ${formatNumber(amount, minorDigits(currency))}`;
}

/** `9791.67` as a number, for machine-readable front matter. */
export function roundToMinorUnit(amount: number, currency: string): number {
  return Number(formatNumber(amount, minorDigits(currency)).replaceAll(",", ""));
}
