import { type Change, writtenLines } from "../change-list.ts";
import type { PropertyFinding } from "../property-finding.ts";
import { SQL_DOWN } from "./missing-way-back.ts";

/** Statements that lose data or break the code that still runs, in SQL and in the words of the tools. All patterns of a row are in the line. */
const DESTRUCTIVE: readonly (readonly [what: string, ...patterns: RegExp[]])[] = [
  [
    "drops a table",
    /\bdrop\s+table\b|\bdrop_?table(?:ifexists)?\s*\(|\bdrop_(?:join_)?table\b|\bDeleteModel\b/iu,
  ],
  [
    "drops a column",
    /\bdrop\s+column\b|\bdrop_?columns?\s*\(|\bremove_?columns?\b|\bremove_(?:reference|belongs_to|timestamps)\b|\bt\.remove\b|\bRemoveField\b/iu,
  ],
  [
    "drops a column",
    /\balter\s+table\b/iu,
    /\bdrop\s+(?!(?:constraint|index|key|foreign|primary|check|default|not|partition|expression|identity|trigger|view)\b)["`\w]/iu,
  ],
  ["drops a schema or database", /\bdrop\s+(?:schema|database)\b|\bdrop_?(?:schema|database)\s*\(/iu],
  ["empties a table", /\btruncate(?:\s+table)?\s+["`\w:]|\.truncate\s*\(\s*\)|\bclear_?table\s*\(/iu],
  ["deletes rows without a condition", /\bdelete\s+from\s+[\w."`]+\s*(?:;|["'`]|$)/iu],
  [
    "renames what running code uses",
    /\brename\s+(?:to|column|table)\b|\brename_?(?:column|table)\b|\bnew_column_name\s*=|\bRename(?:Field|Model)\b/iu,
  ],
  [
    "changes the type of a column",
    /\balter\s+column\s+\S+\s+(?:set\s+data\s+)?type\b|\bmodify\s+(?:column\b|["`\w]+\s+\w)|\bchange_?column\b|\.alter\s*\(\s*\)|\bAlterField\b/iu,
  ],
  ["changes the type of a column", /\balter_column\b/u, /\btype_\s*=/u],
];

/** Only what runs on the way forward: the way back is meant to undo. */
export function destructiveFindings(change: Change): readonly PropertyFinding[] {
  const forward = forwardLines(change.text ?? "", change.path);
  const isSql = change.path.endsWith(".sql");
  return writtenLines(change)
    .filter(({ line, text }) => forward.has(line) && !/^\s*(?:--|\/\/|\/?\*|#)/u.test(text))
    .map(({ line, text }) => ({ line, text: isSql ? text.split("--", 1)[0]! : text }))
    .filter(({ text }, index, lines) => !isLimitedBelow(text, lines[index + 1]?.text))
    .flatMap(({ line, text }) => {
      const found = DESTRUCTIVE.find(([, ...patterns]) => patterns.every((pattern) => pattern.test(text)));
      return found === undefined
        ? []
        : [
            {
              code: "destructive",
              level: "warning" as const,
              path: change.path,
              line,
              sentence: `This statement ${found[0]}: rolling back the code does not bring it back.`,
              nextStep: "Do it in a later release, when nothing needs it any more.",
            },
          ];
    });
}

/** `delete from a` with its condition on the next line. */
function isLimitedBelow(text: string, next: string | undefined): boolean {
  return /\bdelete\s+from\s+[\w."`]+\s*$/iu.test(text) && /^\s*(?:where|using)\b/iu.test(next ?? "");
}

/** Where the way back begins, in files that hold both ways. */
const BACKWARD =
  /\b(?:async\s+)?(?:function\s+)?(?:down|downgrade)\s*[:=(]|exports\.down\b|\bdef\s+(?:self\.)?(?:down|downgrade)\b/iu;

const FORWARD =
  /^\s*--\s*(?:migrate:up\b|\+(?:goose|migrate)\s+up\b|up\s+migration\b)|\b(?:async\s+)?(?:function\s+)?(?:up|upgrade)\s*[:=(]|exports\.up\b|\bdef\s+(?:self\.)?(?:up|upgrade|change)\b/iu;

function forwardLines(text: string, path: string): ReadonlySet<number> {
  const forward = new Set<number>();
  let isForward = !/(?:^|[./_-])down\.[a-z]+$/iu.test(path) && !/\/U\d[^/]*\.sql$/u.test(path);
  for (const [index, line] of text.split("\n").entries()) {
    if (SQL_DOWN.test(line) || BACKWARD.test(line)) isForward = false;
    else if (FORWARD.test(line)) isForward = true;
    if (isForward) forward.add(index + 1);
  }
  return forward;
}
