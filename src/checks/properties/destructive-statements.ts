import { type Change, writtenLines } from "../change-list.ts";
import type { PropertyFinding } from "../property-finding.ts";

/** Statements that lose data or break the code that still runs, in SQL and in the words of the tools. */
const DESTRUCTIVE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["drops a table", /\bdrop\s+table\b|\bdrop_?table\s*\(|\bdrop_table\b/iu],
  ["drops a column", /\bdrop\s+column\b|\bdrop_?columns?\s*\(|\bremove_?columns?\b/iu],
  ["drops a schema or database", /\bdrop\s+(?:schema|database)\b/iu],
  ["empties a table", /\btruncate\b/iu],
  ["deletes rows without a condition", /\bdelete\s+from\s+[\w."`]+\s*(?:;|$)/iu],
  ["renames what running code uses", /\brename\s+(?:to|column|table)\b|\brename_?(?:column|table)\b/iu],
  [
    "changes the type of a column",
    /\balter\s+column\s+\S+\s+(?:set\s+data\s+)?type\b|\bmodify\s+column\b|\bchange_column\b/iu,
  ],
];

/** Only what runs on the way forward: the way back is meant to undo. */
export function destructiveFindings(change: Change): readonly PropertyFinding[] {
  const forward = forwardLines(change.text ?? "", change.path);
  return writtenLines(change)
    .filter(({ line, text }) => forward.has(line) && !/^\s*(?:--|\/\/|#|\*)/u.test(text))
    .flatMap(({ line, text }) => {
      const found = DESTRUCTIVE.find(([, pattern]) => pattern.test(text));
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

/** Where the way back begins, in files that hold both ways. */
const BACKWARD =
  /^\s*--\s*(?:migrate:down|\+goose\s+down)|\b(?:async\s+)?(?:function\s+)?(?:down|downgrade)\s*[:=(]|exports\.down\b|\bdef\s+(?:self\.)?(?:down|downgrade)\b/iu;

const FORWARD =
  /^\s*--\s*(?:migrate:up|\+goose\s+up)|\b(?:async\s+)?(?:function\s+)?(?:up|upgrade)\s*[:=(]|exports\.up\b|\bdef\s+(?:self\.)?(?:up|upgrade|change)\b/iu;

function forwardLines(text: string, path: string): ReadonlySet<number> {
  const forward = new Set<number>();
  let isForward = !/(?:^|[./_-])down\.[a-z]+$/iu.test(path) && !/\/U\d[^/]*\.sql$/u.test(path);
  for (const [index, line] of text.split("\n").entries()) {
    if (BACKWARD.test(line)) isForward = false;
    else if (FORWARD.test(line)) isForward = true;
    if (isForward) forward.add(index + 1);
  }
  return forward;
}
