import type { Context, Reply } from "./router.ts";

const DEFAULT_SIZE = 30;
const MAX_SIZE = 100;

interface Page {
  /** 1-based. */
  readonly number: number;
  readonly size: number;
}

export function pageOf(query: URLSearchParams): Page {
  return {
    number: Math.max(1, whole(query.get("page")) ?? 1),
    size: Math.min(MAX_SIZE, Math.max(1, whole(query.get("per_page")) ?? DEFAULT_SIZE)),
  };
}

/** The part of `items` that the page asks for. */
export function slicePage<T>(query: URLSearchParams, items: readonly T[]): readonly T[] {
  const { number, size } = pageOf(query);
  return items.slice((number - 1) * size, number * size);
}

/** `Link` with `prev`, `next`, `last` and `first`, each where GitHub gives it; none when everything fits on one page. */
export function linkHeaders(context: Context, total: number): Readonly<Record<string, string>> {
  const { number, size } = pageOf(context.query);
  const last = Math.max(1, Math.ceil(total / size));
  const link = (relation: string, page: number): string => {
    const query = new URLSearchParams(context.query);
    query.set("page", String(page));
    return `<${context.apiRoot}${context.path}?${query.toString()}>; rel="${relation}"`;
  };
  const links = [
    ...(number > 1 ? [link("prev", number - 1)] : []),
    ...(number < last ? [link("next", number + 1), link("last", last)] : []),
    ...(number > 1 ? [link("first", 1)] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(", ") };
}

/** One page of a list that is wholly in memory, with its `Link` header. */
export async function listReply<T>(
  context: Context,
  items: readonly T[],
  present: (item: T) => unknown,
): Promise<Reply> {
  const body = await Promise.all(slicePage(context.query, items).map(present));
  return { status: 200, body, headers: linkHeaders(context, items.length) };
}

function whole(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}
