import { type Saying, saying } from "./say.ts";
import type { Quantity } from "./facts/metric-facts.ts";

/** From 0 to 1; the same three where no range was given. */
export interface Share {
  readonly share: number;
  readonly least: number;
  readonly most: number;
}

/** `at least` or `at most` where the sign was written. */
export interface Target extends Quantity {
  readonly direction: "at least" | "at most" | null;
}

/** What is wrong with a value, and what is allowed. */
export interface Wrong {
  readonly why: Saying;
}

const MOST = 1e12;

/** `70%`, `60-80%`, `60%-80%`. */
export function parseShare(text: string): Share | Wrong {
  const match = /^(\d{1,3}(?:[.,]\d{1,4})?)\s*(%?)(?:\s*(?:-|–|to)\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*%)?$/u.exec(
    text.trim(),
  );
  if (match === null || (match[2] === "" && match[3] === undefined)) {
    return wrongShare(text);
  }
  const least = decimal(match[1]!);
  const most = match[3] === undefined ? least : decimal(match[3]);
  if (least > 100 || most > 100) return wrongShare(text);
  if (most <= 0 || least <= 0) {
    return {
      why: saying(
        "a share of nothing is no impact: write a share above 0% and up to 100%, or say when it recovered with `/hotfix recovered <time>`",
      ),
    };
  }
  if (least > most) return wrongShare(text);
  return { share: (least + most) / 200, least: least / 100, most: most / 100 };
}

function wrongShare(text: string): Wrong {
  const share = JSON.stringify(text.slice(0, 40));
  return {
    why: saying("{share} is no share; write one above 0% and up to 100%, such as 70% or 60-80%", { share }),
  };
}

/** A whole number that may be grouped: `1,200`. */
export function parseCount(what: string): (text: string) => number | Wrong {
  return (text) => {
    const digits = text.trim();
    const isWhole =
      /^\d{1,13}$/u.test(digits) || /^[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3}){0,3}$/u.test(digits);
    const count = isWhole ? Number(digits.replace(/\D/gu, "")) : Number.NaN;
    return count <= MOST
      ? count
      : {
          why: saying(
            '{what}={text} is no whole number from 0 to 1,000,000,000,000; write one such as 47 or "1,200"',
            { what, text: JSON.stringify(text.slice(0, 40)) },
          ),
        };
  };
}

/** `97%`, `1200 ms`, `0.3`. */
export function parseQuantity(what: string): (text: string) => Quantity | Wrong {
  return (text) => {
    const match =
      /^(\d{1,16}(?:[.,]\d{1,6})?|[1-9]\d{0,2}(?:,\d{3}){1,4}(?:\.\d{1,6})?)\s*([%\p{L}µ°/][\p{L}\d%µ°/]{0,11})?$/u.exec(
        text.trim(),
      );
    const grouped = match !== null && /^[1-9]\d{0,2}(?:,\d{3})+(?:\.|$)/u.test(match[1]!);
    if (match === null) return noFigure(what, text);
    const value = grouped ? Number(match[1]!.replaceAll(",", "")) : decimal(match[1]!);
    const unit = match[2] ?? "";
    return value > MOST || (unit === "%" && value > 100) ? noFigure(what, text) : { value, unit };
  };
}

function noFigure(what: string, text: string): Wrong {
  return {
    why: saying(
      "{what}={text} is no figure; write a number from 0 to 1,000,000,000,000 with its unit, such as 97% (at most 100%) or 350ms",
      { what, text: JSON.stringify(text.slice(0, 40)) },
    ),
  };
}

/** A quantity, with `>=` or `<=` before it where that is not plain from before and after. */
export function parseTarget(text: string): Target | Wrong {
  const match = /^(>=?|≥|<=?|≤)?\s*(.*)$/su.exec(text.trim())!;
  const quantity = parseQuantity("target")(match[2]!);
  if ("why" in quantity) return quantity;
  const sign = match[1]?.[0];
  const direction = sign === undefined ? null : sign === ">" || sign === "≥" ? "at least" : "at most";
  return { ...quantity, direction };
}

function decimal(text: string): number {
  return Number(text.replace(",", "."));
}
