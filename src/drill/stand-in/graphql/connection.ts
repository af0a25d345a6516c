import { GraphqlProblem } from "./problem.ts";
import type { Fields } from "./scope.ts";

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const LIMIT = 100;

/** Opaque to callers: the position of an entry. */
function cursorAt(index: number): string {
  return Buffer.from(`cursor:${index + 1}`).toString("base64");
}

function indexOf(cursor: string | null | undefined): number | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const text = Buffer.from(cursor, "base64").toString();
  const match = /^cursor:(\d+)$/.exec(text);
  if (match === null) {
    throw new GraphqlProblem(
      "INVALID_CURSOR_ARGUMENTS",
      `\`${cursor}\` does not appear to be a valid cursor.`,
    );
  }
  return Number(match[1]) - 1;
}

/** GitHub wants `first` or `last`, and no more than a hundred. */
function checkBounds(name: string, page: PageArguments): void {
  for (const bound of ["first", "last"] as const) {
    const value = page[bound];
    if (value === null || value === undefined) continue;
    if (value > LIMIT) {
      throw new GraphqlProblem(
        "EXCESSIVE_PAGINATION",
        `Requesting ${value} records on the \`${name}\` connection exceeds the \`${bound}\` limit of ${LIMIT} records.`,
      );
    }
    if (value < 0) {
      throw new GraphqlProblem(
        "ARGUMENT_LIMIT",
        `\`${bound}\` on the \`${name}\` connection cannot be less than zero.`,
      );
    }
  }
  const { first, last } = page;
  if ((first ?? null) !== null || (last ?? null) !== null) return;
  throw new GraphqlProblem(
    "MISSING_PAGINATION_BOUNDARIES",
    `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
  );
}

/** A connection over a list in its final order. Only the entries of the page are presented. */
export function connection<T>(
  name: string,
  items: readonly T[],
  page: PageArguments,
  present: (item: T) => unknown,
  extra: Fields = {},
): Fields {
  checkBounds(name, page);
  const start = (indexOf(page.after) ?? -1) + 1;
  const end = Math.min(indexOf(page.before) ?? items.length, items.length);
  const { first, last } = page;
  const from = typeof last === "number" && typeof first !== "number" ? Math.max(start, end - last) : start;
  const to = typeof first === "number" ? Math.min(end, from + first) : end;
  const slice = items.slice(from, Math.max(from, to));
  const nodes = slice.map((item) => () => present(item));
  return {
    totalCount: items.length,
    nodes: () => nodes.map((node) => node()),
    edges: () => nodes.map((node, index) => ({ cursor: cursorAt(from + index), node })),
    pageInfo: {
      hasNextPage: to < items.length,
      hasPreviousPage: from > 0,
      startCursor: slice.length === 0 ? null : cursorAt(from),
      endCursor: slice.length === 0 ? null : cursorAt(from + slice.length - 1),
    },
    ...extra,
  };
}
