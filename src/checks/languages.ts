/** Grammars that the parser has built in; names are the parser's own. */
export type BuiltInGrammar = "JavaScript" | "TypeScript" | "Tsx" | "Html" | "Css";
/** Grammars that come in packages of their own and are there once registered (`grammars.ts`). */
export type PackagedGrammar = "python" | "java" | "go";
export type Grammar = BuiltInGrammar | PackagedGrammar;

/** `Svelte`: HTML with code between single braces. `text`: no grammar, names are found as words. */
export type Language = Grammar | "Svelte" | "text";

const LANGUAGES: Readonly<Record<string, Grammar | "Svelte">> = {
  js: "JavaScript",
  mjs: "JavaScript",
  cjs: "JavaScript",
  jsx: "JavaScript",
  ts: "TypeScript",
  mts: "TypeScript",
  cts: "TypeScript",
  tsx: "Tsx",
  html: "Html",
  htm: "Html",
  xhtml: "Html",
  vue: "Html",
  svelte: "Svelte",
  css: "Css",
  py: "python",
  pyi: "python",
  java: "java",
  go: "go",
};

/** By the file's name alone, so that one blob under one kind of name always gives the same answer. */
export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  if (dot <= 0) return "text";
  const extension = name.slice(dot + 1).toLowerCase();
  return Object.hasOwn(LANGUAGES, extension) ? LANGUAGES[extension]! : "text";
}

/** What parses a language; null: nothing does. */
export function grammarOf(language: Language): Grammar | null {
  switch (language) {
    case "text":
      return null;
    case "Svelte":
      return "Html";
    default:
      return language;
  }
}

/** For sentences: `TypeScript`, `HTML`, `Python`. */
export function languageName(language: Language): string {
  switch (language) {
    case "JavaScript":
    case "TypeScript":
    case "Svelte":
      return language;
    case "Tsx":
      return "TSX";
    case "Html":
      return "HTML";
    case "Css":
      return "CSS";
    case "python":
      return "Python";
    case "java":
      return "Java";
    case "go":
      return "Go";
    case "text":
      return "text";
  }
}
