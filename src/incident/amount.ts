import { type Say, sayIn } from "./say.ts";

/** A number somebody typed into a form. What can be read in two ways is refused with a sentence instead of guessed. */
export type Amount =
  | {
      readonly ok: true;
      readonly value: number;
      readonly currency: string | null;
      /** `value` is by the hour then; this says how it was written. Absent: by the hour, or without a time. */
      readonly per?: "minute";
    }
  | { readonly ok: false; readonly why: string };

const MAX_AMOUNT = 1e12;
const THREE_DECIMALS = new Set(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]);
const SYMBOLS: Readonly<Record<string, string>> = { "€": "EUR", "£": "GBP" };

const PER = /\s*(?:\/|per|an|a)\s*(?:(?<hour>h|hr|hour)|(?<minute>m|min|minute))$/iu;

/**
 * `50000`, `50,000`, `50.000`, `1,234.50`, `EUR 50,000/h`, `50k`; `EUR 833/min` gives what that is in an hour. An amount by the hour is never made of one
 * by the minute that was rounded, nor the other way round.
 */
export function parseAmount(text: string, say: Say = sayIn("en")): Amount {
  const perMinute = PER.exec(text.trim())?.groups?.minute !== undefined;
  const plain = text.trim().replace(PER, "").trim();
  const match =
    /^(?<before>[A-Z]{3}|[€£])?\s*(?<number>[\d.,'\u00a0\u202f ]*\d)\s*(?<kilo>k)?\s*(?<after>[A-Z]{3}|[€£])?$/iu.exec(
      plain,
    );
  if (match === null) return unreadable(text, say);
  const { before, number, kilo, after } = match.groups!;
  if (before !== undefined && after !== undefined) return unreadable(text, say);
  const currency = currencyOf(before ?? after);
  const value = parseNumber(number!, currency !== null && THREE_DECIMALS.has(currency));
  if (value === null) {
    return {
      ok: false,
      why: say("{text} can be read in two ways; write it with digits only", { text: JSON.stringify(text) }),
    };
  }
  const scaled = value * (kilo === undefined ? 1 : 1000) * (perMinute ? 60 : 1);
  return scaled > MAX_AMOUNT
    ? { ok: false, why: say("{text} is too large", { text: JSON.stringify(text) }) }
    : { ok: true, value: scaled, currency, ...(perMinute && { per: "minute" as const }) };
}

function currencyOf(text: string | undefined): string | null {
  return text === undefined ? null : (SYMBOLS[text] ?? text.toUpperCase());
}

/**
 * A separator followed by one or two digits at the end is the decimal one, groups of three are thousands. null: ambiguous, such as `0.500`, or
 * any lone group of three in a currency with three decimals.
 */
function parseNumber(text: string, hasThreeDecimals: boolean): number | null {
  if (/^\d+$/u.test(text)) return Number(text);
  const decimal = /^(?<whole>\d[\d.,'\u00a0\u202f ]*)(?<point>[.,])(?<fraction>\d{1,2})$/u.exec(text);
  if (decimal !== null) {
    const { whole, point, fraction } = decimal.groups!;
    const thousands = /^\d+$/u.test(whole!) ? whole! : ungroup(whole!);
    return thousands === null || whole!.includes(point!) ? null : Number(`${thousands}.${fraction}`);
  }
  const isLoneGroup = /^\d+[.,]\d{3}$/u.test(text);
  if (isLoneGroup && (hasThreeDecimals || text.startsWith("0"))) return null;
  const whole = ungroup(text);
  return whole === null ? null : Number(whole);
}

/** Digits of `1,234,567`: one to three, then groups of three behind one and the same separator. */
function ungroup(text: string): string | null {
  const match = /^[1-9]\d{0,2}(?:(?<separator>[.,'\u00a0\u202f ])\d{3})(?:\k<separator>\d{3})*$/u.exec(text);
  return match === null ? null : text.replace(/\D/gu, "");
}

function unreadable(text: string, say: Say): Amount {
  return {
    ok: false,
    why: say("{text} cannot be read as an amount; write it like 50000 or EUR 50000", {
      text: JSON.stringify(text),
    }),
  };
}
