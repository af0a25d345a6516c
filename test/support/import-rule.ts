import { Lang, parse, type SgNode } from "@ast-grep/napi";
import { posix } from "node:path";

/** What a file in `src` may know: the rule of `src/README.md`, as a function from a file to complaints. */

interface Import {
  /** `src/incident/state.ts` for a file of ours, else the package or `node:` module. */
  readonly target: string;
  readonly isTypeOnly: boolean;
}

/** From the inside to the outside: a file may import its own layer and those before it. */
const LAYERS: readonly (readonly string[])[] = [
  ["src/incident/", "src/checks/", "src/documents/", "src/webhooks/", "src/config/"],
  ["src/notify/"],
  ["src/github/"],
  ["src/logger.ts"],
  ["src/reconcile/"],
  ["src/http/"],
  ["src/app.ts"],
  ["src/main.ts"],
];

/** Packages that pure code may use, by folder. All of them compute and do nothing else. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  "src/incident/": ["semver"],
  "src/checks/": [
    "@ast-grep/napi",
    "@ast-grep/lang-go",
    "@ast-grep/lang-java",
    "@ast-grep/lang-python",
    "@secretlint/core",
    "@secretlint/secretlint-rule-preset-recommend",
    "node-diff3",
    "picomatch",
    "semver",
  ],
  "src/documents/": ["handlebars", "yaml"],
  "src/webhooks/": [],
  "src/config/": ["@valibot/to-json-schema", "picomatch", "valibot", "yaml"],
};

/** Files of `config/` that touch the process and the disk, so that no others have to. */
const IMPURE = new Set([
  "src/config/environment.ts",
  "src/config/private-key.ts",
  "src/config/load-templates.ts",
]);

/** Steps outwards that are wanted. */
const EXCEPTIONS: Readonly<Record<string, { readonly from: string; readonly typeOnly: boolean }>> = {
  // The port only: which queue it is, the composition root decides.
  "src/reconcile/queue.ts": { from: "src/webhooks/", typeOnly: true },
};

const PROBOT = new Set(["src/main.ts", "src/app.ts", "src/github/client.ts"]);
const ENVIRONMENT = new Set([
  "src/config/environment.ts",
  "src/main.ts",
  "src/cli/hotfix.ts",
  // Gives git its PATH and keeps everything else from it.
  "src/drill/stand-in/git-process.ts",
]);
const DRAWERS = new Set([
  "utils",
  "util",
  "helpers",
  "helper",
  "common",
  "constants",
  "types",
  "misc",
  "shared",
  "lib",
  "index",
]);
const AMBIENT = [
  "Date.now",
  "new Date()",
  "Math.random",
  "performance.now",
  "crypto.randomUUID",
  "process",
  "setTimeout($$$)",
  "setInterval($$$)",
  "fetch($$$)",
];

/** `dependencies`: names that package.json lists for production. */
export function complaintsAbout(file: string, source: string, dependencies: ReadonlySet<string>): string[] {
  const root = parse(Lang.TypeScript, source).root();
  return [
    ...nameComplaints(file),
    ...importsOf(file, root).flatMap((imported) => importComplaints(file, imported, dependencies)),
    ...ambientComplaints(file, root),
  ];
}

function nameComplaints(file: string): string[] {
  const names = file
    .replace(/\.[^/]*$/u, "")
    .split("/")
    .slice(1);
  return names.flatMap((name) => [
    ...(DRAWERS.has(name) ? [`${file}: ${name} is a drawer; name it after what is in it`] : []),
    ...(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(name) ? [] : [`${file}: ${name} is not kebab-case`]),
  ]);
}

function importsOf(file: string, root: SgNode): Import[] {
  const statements = root.findAll({
    rule: { any: [{ kind: "import_statement" }, { kind: "export_statement" }] },
  });
  const fixed = statements.flatMap((node) => {
    const from = node.field("source");
    return from === null ? [] : [{ from, isTypeOnly: /^(?:import|export)\s+type\b/u.test(node.text()) }];
  });
  const dynamic = root
    .findAll({ rule: { kind: "call_expression", has: { field: "function", kind: "import" } } })
    .flatMap((node) => node.field("arguments")?.find({ rule: { kind: "string" } }) ?? [])
    .map((from) => ({ from, isTypeOnly: false }));
  return [...fixed, ...dynamic].map(({ from, isTypeOnly }) => ({
    target: targetOf(file, from.text().slice(1, -1)),
    isTypeOnly,
  }));
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(file), specifier);
  if (specifier.startsWith("node:")) return specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function importComplaints(file: string, imported: Import, dependencies: ReadonlySet<string>): string[] {
  const { target } = imported;
  const complain = (why: string): string[] => [`${file} imports ${target}: ${why}`];
  if (!/^src\/|^node:/u.test(target)) {
    if (/^(?:\.|test\/|bench\/|scripts\/)/u.test(target))
      return complain("src imports nothing from outside src");
    if (!dependencies.has(target)) return complain("not among the dependencies of package.json");
    return packageComplaints(file, imported, complain);
  }
  if (target.startsWith("node:")) {
    return pureFolderOf(file) === null ? [] : complain("pure code has no input and no output");
  }
  return isInward(file, imported) ? [] : complain("imports point inward");
}

function packageComplaints(
  file: string,
  { target, isTypeOnly }: Import,
  complain: (why: string) => string[],
): string[] {
  if (target === "probot" && !PROBOT.has(file)) return complain(`only ${[...PROBOT].join(", ")} know Probot`);
  if (target.startsWith("@octokit/") && !/^src\/(?:github|drill)\//u.test(file)) {
    const isPayload = target === "@octokit/webhooks-types" && isTypeOnly && file.startsWith("src/webhooks/");
    return isPayload ? [] : complain("only src/github knows Octokit");
  }
  const pure = pureFolderOf(file);
  return pure === null || PURE[pure]!.includes(target)
    ? []
    : complain(`${pure} may use ${PURE[pure]!.join(", ")}`);
}

function isInward(file: string, { target, isTypeOnly }: Import): boolean {
  // People and app of the drill meet only through HTTP and git.
  if (file.startsWith("src/drill/")) return target.startsWith("src/drill/");
  // Commands are entries like main.ts; the app is not one of their parts.
  if (file.startsWith("src/cli/")) return !/^src\/(?:main|app|http\/)/u.test(target);
  const exception = EXCEPTIONS[target];
  if (exception !== undefined && file.startsWith(exception.from) && (isTypeOnly || !exception.typeOnly))
    return true;
  if (pureFolderOf(file) !== null && IMPURE.has(target)) return false;
  const to = layerOf(target);
  return to !== -1 && to <= layerOf(file);
}

function layerOf(path: string): number {
  return LAYERS.findIndex((layer) => layer.some((place) => path.startsWith(place)));
}

/** null: the file may do input and output. */
function pureFolderOf(file: string): string | null {
  return IMPURE.has(file) ? null : (Object.keys(PURE).find((folder) => file.startsWith(folder)) ?? null);
}

function ambientComplaints(file: string, root: SgNode): string[] {
  const patterns = [
    ...(pureFolderOf(file) === null ? [] : AMBIENT),
    ...(ENVIRONMENT.has(file) ? [] : ["process.env"]),
  ];
  return patterns
    .filter((pattern) => root.find({ rule: { pattern } }) !== null)
    .map((pattern) => `${file} uses ${pattern}: it is given, not taken`);
}
