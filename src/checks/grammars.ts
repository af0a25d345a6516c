import { registerDynamicLanguage } from "@ast-grep/napi";
import go from "@ast-grep/lang-go";
import java from "@ast-grep/lang-java";
import python from "@ast-grep/lang-python";
import type { Grammar } from "./languages.ts";

const PACKAGED = { python, java, go } as const;

let available: ReadonlySet<string> | null = null;

/**
 * Whether this machine can parse the grammar. The packaged grammars are native libraries, built for the common platforms only; they
 * are loaded when the first file needs one, so that a repository without them pays nothing.
 */
export function hasGrammar(grammar: Grammar): boolean {
  if (!(grammar in PACKAGED)) return true;
  available ??= registerPackaged();
  return available.has(grammar);
}

/** The parser takes registrations once per process, so all that are there are given together. */
function registerPackaged(): ReadonlySet<string> {
  const found = Object.entries(PACKAGED).flatMap(([name, grammar]) => {
    try {
      return [[name, { ...grammar, libraryPath: grammar.libraryPath }] as const];
    } catch (error) {
      // What the packages throw where they hold no library for the platform.
      if (error instanceof Error && error.message.startsWith("No parser found")) return [];
      throw error;
    }
  });
  registerDynamicLanguage(Object.fromEntries(found));
  return new Set(found.map(([name]) => name));
}
