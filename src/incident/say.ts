import type { Config } from "../config/schema.ts";
import { italian } from "./italian.ts";
import type { NamesIn } from "./phrase-table.ts";

/**
 * Every sentence that this folder derives for people, in English with `{names}` for what varies. It is its own key: a sentence without an Italian one, or
 * with other names in it, does not compile.
 */
export type Phrase = keyof typeof italian;

type ValuesOf<Text extends string, Filling = string | number> = [NamesIn<Text>] extends [never]
  ? readonly []
  : readonly [values: Readonly<Record<NamesIn<Text>, Filling>>];

/** Says a phrase in the language of the repository. Values are raw text of anybody and stay as they are. */
export type Say = <Text extends Phrase>(phrase: Text, ...values: ValuesOf<Text>) => string;

/** A phrase with its values, where the language is not known yet. */
export interface Saying {
  readonly phrase: Phrase;
  readonly values: Readonly<Record<string, Value>>;
}

/** What varies may be said later, too. */
type Value = string | number | Saying;

export function sayIn(locale: Config["locale"]): Say {
  return (phrase, ...[values]) => filled(wordsOf(phrase, locale), values ?? {});
}

/** What is said later, by whoever knows the language. */
export function saying<Text extends Phrase>(phrase: Text, ...[values]: ValuesOf<Text, Value>): Saying {
  return { phrase, values: values ?? {} };
}

export function said({ phrase, values }: Saying, locale: Config["locale"]): string {
  const told = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "object" ? said(value, locale) : value,
  ]);
  return filled(wordsOf(phrase, locale), Object.fromEntries(told) as Record<string, string | number>);
}

/** A sentence without values that was derived where the language was not known: from a list that is the same for everybody. */
export function translated(text: string, locale: Config["locale"]): string {
  return isPhrase(text) ? wordsOf(text, locale) : text;
}

function isPhrase(text: string): text is Phrase {
  return Object.hasOwn(italian, text);
}

function wordsOf(phrase: Phrase, locale: Config["locale"]): string {
  switch (locale) {
    case "en":
      return phrase;
    case "it":
      return italian[phrase];
  }
}

/** In one go, so that a value which looks like a name in braces stays what it is. */
function filled(words: string, values: Readonly<Record<string, string | number>>): string {
  return words.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}
