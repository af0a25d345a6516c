import type { Config } from "../config/schema.ts";

type Templates = Readonly<Record<string, string>>;

/** Folders of languages beside the English templates, which stand at the top. */
const FOLDER = /^([a-z]{2})\/(.+)$/u;

/** The templates of one language under their plain names. What a language has no text of its own for is said in English. */
export function localisedTemplates(templates: Templates, locale: Config["locale"]): Templates {
  const english = Object.entries(templates).filter(([name]) => !FOLDER.test(name));
  const own = Object.entries(templates).flatMap(([name, text]): [string, string][] => {
    const [, language, plain] = FOLDER.exec(name) ?? [];
    return language === locale && plain !== undefined ? [[plain, text]] : [];
  });
  return Object.fromEntries([...english, ...own]);
}
