import type { Context, Reply } from "./router.ts";

const DEFAULT_PER_PAGE = 30;
const MAX_PER_PAGE = 100;

export interface PageRequest {
  readonly page: number;
  readonly perPage: number;
}

export function pageRequest(query: URLSearchParams): PageRequest {
  const number = (name: string, fallback: number): number => {
    const value = Number.parseInt(query.get(name) ?? "", 10);
    return Number.isNaN(value) || value < 1 ? fallback : value;
  };
  return { page: number("page", 1), perPage: Math.min(number("per_page", DEFAULT_PER_PAGE), MAX_PER_PAGE) };
}

/**
 * One page of a list with its `Link` header.
 *
 * @param items the whole list in its final order; only the entries of the page are presented
 * @param wrap puts the page into an object, for lists such as `{ total_count, check_runs }`
 */
export async function paginate<T>(
  context: Context,
  items: readonly T[],
  present: (item: T) => unknown,
  wrap: (page: readonly unknown[]) => unknown = (page) => page,
): Promise<Reply> {
  const { page, perPage } = pageRequest(context.query);
  const slice = items.slice((page - 1) * perPage, page * perPage);
  const body = wrap(await Promise.all(slice.map((item) => present(item))));
  return { status: 200, body, headers: linkHeader(context, page, Math.ceil(items.length / perPage)) };
}

/** `Link` with `prev`, `next`, `last`, `first`; no header when everything fits on one page. */
export function linkHeader(context: Context, page: number, lastPage: number): Record<string, string> {
  if (lastPage <= 1) return {};
  const link = (target: number, rel: string): string => {
    const query = new URLSearchParams(context.query);
    query.set("page", String(target));
    return `<${context.apiRoot}${context.path}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev")] : []),
    ...(page < lastPage ? [link(page + 1, "next"), link(lastPage, "last")] : []),
    ...(page > 1 ? [link(1, "first")] : []),
  ];
  return { link: links.join(", ") };
}
